"""Agency founding: founders and their hazards."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, Kind, Origin
from sim.declarations.random_streams import Stream
from tests.oracle.bidding import probability_undetected
from tests.oracle.new_agency import Founders, newcomers_gifts, start_agency
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def found_agencies(model: Sector, city: City) -> None:
    """Colleges, staff of large agencies, groups, investors, companies and officials decide."""
    existing = list(city.members)
    found_by_colleges(model, city)
    found_spin_offs(model, existing)
    convert_groups(model, city)
    found_for_profits(model, city)
    found_by_companies(model, city)
    found_by_officials(model, city)


def rate_to_probability(rate: float) -> float:
    """Probability that an event of this quarterly hazard happens within a quarter."""
    return 1.0 - exp(-max(rate, 0.0))


def prospects(model: Sector, district: Government, nonprofit: bool = True) -> float:
    """How promising a new agency looks in a district, from 0 to 1: legitimacy times demand.

    Legitimacy rises with the number of agencies.  Demand is the purchasing that a newcomer could win, shared with the
    agencies that have no work either, and what donors would give it, relative to what makes an agency viable.
    """
    rules = model.rules
    city = district.city
    legitimacy = city.agencies / (city.agencies + rules.founding_legitimacy)
    money = contestable(district) + contestable(city.government) / len(city.districts)
    money += add_up(contestable(institution) for institution in district.institutions)
    money *= city.filled
    gifts = newcomers_gifts(model, city) if nonprofit else 0.0
    demand = (money / (1.0 + district.idle_agencies) + gifts) / (rules.founding_viable_income * city.cost_index)
    return (0.2 + 0.8 * legitimacy) * demand * demand / (1.0 + demand * demand)


def contestable(purchaser: Any) -> float:
    """Yearly purchasing open to a newcomer: what is uncommitted, and a share of the rest."""
    free = max(purchaser.unbound, 0)
    held = min(purchaser.running, purchaser.money_for_contracts)
    return free + purchaser.model.rules.founding_contestable_share * held


def encouraged(district: Government) -> float:
    """Factor of officials' promotion."""
    return 0.2 + 0.8 * district.promotion_push


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
            start_agency(model, place, Founders(college, college.id, Origin.COLLEGE))


def found_spin_offs(model: Sector, existing: list[Agency]) -> None:
    """Settled staff of a large nonprofit leave to found a sister in the same district."""
    for agency in existing:
        if agency.kind != Kind.NONPROFIT or agency.settled < model.rules.founding_spin_off_size:
            continue
        rate = model.rules.founding_spin_off_rate * prospects(model, agency.district)
        if model.happens(rate_to_probability(rate), Stream.SPIN_OFF, agency.id, 0):
            leaving = 2 + int(model.uniform(Stream.SPIN_OFF, agency.id, 1) * agency.settled / 4.0)
            start_agency(model, agency.district, Founders(agency, agency.id, Origin.SPIN_OFF, leaving=leaving))


def convert_groups(model: Sector, city: City) -> None:
    """A group of company form seeks registration; the attempt shows whether it succeeds."""
    for district in city.districts:
        rate = model.rules.founding_conversion_rate * encouraged(district) * district.commercial_groups
        if model.happens(rate_to_probability(rate), Stream.CONVERSION, district.id, 0):
            district.commercial_groups -= start_agency(
                model, district, Founders(district, district.id, Origin.CONVERTED)
            )


def found_for_profits(model: Sector, city: City) -> None:
    """Investors enter a district that admits them where the expected margin exceeds their hurdle."""
    for district in city.districts:
        if district.own_budget <= 0 or district.for_profits_admission == Admission.BARRED:
            continue
        margin = min(expected_margin(model, district), district.for_profits_profit_cap)
        rate = model.rules.founding_for_profit_rate * (margin - model.rules.founding_hurdle)
        rate *= prospects(model, district, nonprofit=False)
        if model.happens(rate_to_probability(rate), Stream.FOR_PROFIT_ENTRY, district.id, 0):
            owners = model.outside[Party.OWNERS]
            start_agency(model, district, Founders(owners, district.id, Origin.COMMERCIAL, Kind.FOR_PROFIT))


def expected_margin(model: Sector, district: Government) -> float:
    """Ceiling price against the cost of an hour at the sector's wage, with profitable shading."""
    rules = model.rules
    pay = 3.0 * district.city.sector_wage * (1.0 + rules.costs_social_insurance)
    cost = pay + (rules.costs_rent + rules.costs_overhead) * district.city.cost_index
    hours = rules.people_hours * (1.0 - rules.delivery_base_tasks)
    # Investors are strangers to the purchaser.
    shaded = rules.delivery_shading_propensity * probability_undetected(district, relation=0.0)
    return 1.0 - cost / hours * (1.0 - shaded) / district.hourly_ceiling


def found_by_companies(model: Sector, city: City) -> None:
    """A company founds in the one of two districts with more pressure of need, if it would pay another agency.

    That is its first, or one more for which there is money enough.
    """
    rules = model.rules
    for sponsor in city.sponsors:
        a_year = sponsor.budget * exp(sponsor.cycle * city.economy)
        enough = sponsor.agencies == 0 or a_year / (sponsor.agencies + 1) >= rules.founding_corporate_money
        if sponsor.drive == 0 or not enough or not sponsor.takes_another:
            continue
        picks = [model.pick(len(city.districts), Stream.CORPORATE_FOUNDING, sponsor.id, n) for n in (1, 2)]
        place = max((city.districts[n] for n in picks), key=lambda district: district.mean_pressure)
        rate = rules.founding_corporate_rate * sponsor.drive * place.mean_pressure
        if model.happens(rate_to_probability(rate), Stream.CORPORATE_FOUNDING, sponsor.id, 0):
            start_agency(model, place, Founders(sponsor, sponsor.id, Origin.CORPORATE))


def found_by_officials(model: Sector, city: City) -> None:
    """Officials with money for services and no agency in the district try to have a first one founded."""
    for district in city.districts:
        if district.agencies == 0 and district.budget > district.direct_budget:
            rate = model.rules.founding_official_rate * district.promotion_push
            if model.happens(rate_to_probability(rate), Stream.OFFICIAL_FOUNDING, district.id, 0):
                start_agency(model, district, Founders(district, district.id, Origin.GOVERNMENT))
