"""Agency founding: founders and their hazards."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, Kind, Origin
from sim.declarations.random_streams import Stream
from tests.oracle.bid_offers import fine_feared
from tests.oracle.company_form_groups import convert_groups
from tests.oracle.founding_attempt import try_to_found
from tests.oracle.founding_prospects import encouraged, newcomer_cost, prospects, rate_to_probability, viable_income
from tests.oracle.guise import hides
from tests.oracle.new_agency import Founders
from tests.oracle.random_draws import child_id

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City, Sponsor


def found_agencies(model: Sector, city: City) -> None:
    """Colleges, staff of large agencies, groups, investors, companies and officials decide."""
    existing = list(city.members)
    found_by_colleges(model, city)
    found_spin_offs(model, existing)
    convert_groups(model, city, existing)
    found_for_profits(model, city)
    found_by_companies(model, city)
    found_by_officials(model, city)


def found_by_colleges(model: Sector, city: City) -> None:
    """A college founds in the district with better prospects of two, as drive and supervision allow."""
    districts = city.districts
    for college in city.colleges:
        one, other = (districts[model.pick(len(districts), Stream.COLLEGE_FOUNDING, college.id, n)] for n in (1, 2))
        place = other if prospects(model, other) > prospects(model, one) else one
        free = max(1.0 - college.affiliates / max(2.0 * college.supervision, 1e-9), 0.1)
        rate = model.rules.founding_college_rate * college.drive * encouraged(place)
        rate *= prospects(model, place) * free
        if model.happens(rate_to_probability(rate), Stream.COLLEGE_FOUNDING, college.id, 0):
            try_to_found(model, place, Founders(college, college.id, Origin.COLLEGE))


def found_spin_offs(model: Sector, existing: list[Agency]) -> None:
    """Settled staff of a large nonprofit leave to found a sister in the same district."""
    for agency in existing:
        if agency.kind != Kind.NONPROFIT or agency.settled < model.rules.founding_spin_off_size:
            continue
        rate = model.rules.founding_spin_off_rate * prospects(model, agency.district)
        if model.happens(rate_to_probability(rate), Stream.SPIN_OFF, agency.id, 0):
            leaving = 2 + int(model.uniform(Stream.SPIN_OFF, agency.id, 1) * agency.settled / 4.0)
            try_to_found(model, agency.district, Founders(agency, agency.id, Origin.SPIN_OFF, leaving=leaving))


def found_for_profits(model: Sector, city: City) -> None:
    """Investors enter a district that admits them where the expected margin exceeds their hurdle."""
    for district in city.districts:
        entity = child_id(district.id, Origin.COMMERCIAL, model.quarter, 0)
        if district.own_budget <= 0:
            continue
        if district.for_profits_admission == Admission.BARRED and not hides(model, entity):
            continue
        margin = expected_margin(model, district)
        if city.firm_income > 0:
            earned = max(1.0 - city.firm_cost / city.firm_income, -1.0)
            margin += model.rules.founding_firm_example * (earned - margin)
        margin = min(margin, district.for_profits_profit_cap)
        rate = model.rules.founding_for_profit_rate * (margin - model.rules.founding_hurdle)
        rate *= prospects(model, district, nonprofit=False)
        if model.happens(rate_to_probability(rate), Stream.FOR_PROFIT_ENTRY, district.id, 0):
            owners = model.outside[Party.OWNERS]
            try_to_found(model, district, Founders(owners, district.id, Origin.COMMERCIAL, Kind.FOR_PROFIT))


def note_returns_of_firms(model: Sector, city: City) -> None:
    """Investors see what the firms at work earn, a tenth of the way a quarter."""
    firms = [agency for agency in city.members if agency.kind == Kind.FOR_PROFIT and agency.contracts > 0]
    if firms:
        city.firm_income += 0.1 * (sum(firm.income for firm in firms) - city.firm_income)
        city.firm_cost += 0.1 * (sum(firm.cost for firm in firms) - city.firm_cost)


def expected_margin(model: Sector, district: Government) -> float:
    """Ceiling price against the cost of an hour at the sector's wage, with the team that leaves most."""
    rules = model.rules
    cost = newcomer_cost(district.city)
    hours = rules.people_hours * (1.0 - rules.delivery_base_tasks)
    least = rules.bidding_least_staffing
    # Investors are strangers to the purchaser, and new agencies have a reputation of 0.3.
    return max(
        1.0 - cost / hours / district.hourly_ceiling * staffing - fine_feared(district, 0.0, staffing, 0.3)
        for staffing in (least, (1.0 + least) / 2.0, 1.0)
    )


def found_by_companies(model: Sector, city: City) -> None:
    """A company founds in the one of two districts with more pressure of need, if it would pay another agency."""
    rules = model.rules
    for sponsor in city.sponsors:
        if sponsor.drive == 0 or not affords_another(model, sponsor):
            continue
        picks = [model.pick(len(city.districts), Stream.CORPORATE_FOUNDING, sponsor.id, n) for n in (1, 2)]
        place = max((city.districts[n] for n in picks), key=lambda district: district.mean_pressure)
        rate = rules.founding_corporate_rate * sponsor.drive * place.mean_pressure
        if model.happens(rate_to_probability(rate), Stream.CORPORATE_FOUNDING, sponsor.id, 0):
            try_to_found(model, place, Founders(sponsor, sponsor.id, Origin.CORPORATE))


def affords_another(model: Sector, sponsor: Sponsor) -> bool:
    """Whether a company would pay its first agency, or one more for which there is money enough."""
    a_year = sponsor.budget * exp(sponsor.cycle * sponsor.city.economy)
    enough = sponsor.agencies == 0 or a_year / (sponsor.agencies + 1) >= model.rules.founding_corporate_money
    return enough and sponsor.takes_another


def found_by_officials(model: Sector, city: City) -> None:
    """Officials have an agency founded where money finds no taker and agencies are too few to live on the budget."""
    for district in city.districts:
        if district.own_budget > 0:
            unused = min(max(district.unbound, 0) / district.own_budget, 1.0)
            short = max(1.0 - district.agencies * viable_income(city) / district.own_budget, 0.0)
            rate = model.rules.founding_official_rate * district.promotion_push * unused * short
            if model.happens(rate_to_probability(rate), Stream.OFFICIAL_FOUNDING, district.id, 0):
                try_to_found(model, district, Founders(district, district.id, Origin.GOVERNMENT))
