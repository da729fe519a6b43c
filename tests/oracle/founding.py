"""Agency founding: founders and their hazards."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind, Origin
from sim.declarations.random_streams import Stream
from tests.oracle.company_form_groups import convert_groups
from tests.oracle.entry_of_firms import found_for_profits
from tests.oracle.founding_attempt import try_to_found
from tests.oracle.founding_prospects import encouraged, prospects, rate_to_probability, viable_income
from tests.oracle.new_agency import Founders, can_pay_for_sister

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
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


def found_in_other_cities(model: Sector) -> None:
    """A large nonprofit founds a sister in a district of another city, if it has the money."""
    if len(model.cities) == 1:
        return
    for city in model.cities:
        for agency in list(city.members):
            large = agency.settled >= model.rules.founding_spin_off_size
            # Who begins does not know yet what reserve it wants.
            if not large or agency.kind != Kind.NONPROFIT or model.quarter <= max(agency.founded, 0):
                continue
            others = [one for one in model.cities if one is not city]
            other = others[model.pick(len(others), Stream.SISTER_ELSEWHERE, agency.id, 1)]
            place = other.districts[model.pick(len(other.districts), Stream.SISTER_ELSEWHERE, agency.id, 2)]
            chance = rate_to_probability(model.rules.founding_chain_rate * prospects(model, place))
            if model.happens(chance, Stream.SISTER_ELSEWHERE, agency.id, 0) and can_pay_for_sister(agency, place):
                try_to_found(model, place, Founders(agency, agency.id, Origin.SPIN_OFF))


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
