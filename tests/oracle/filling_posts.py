"""Posts are filled by pay: with people who just left other agencies first, then with seekers."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Admission, Kind
from sim.declarations.random_streams import Stream
from tests.oracle.agency import LICENSED, UNLICENSED, Agency
from tests.oracle.job_moves import assign_movers
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def fill_posts(model: Sector, city: City) -> None:
    """Fill the vacancies of a city; what is seen of the labour market forms the expectations of those who enter."""
    for agency in city.members:
        agency.unfilled = agency.vacancies
    hire_leavers(model, city)
    looking = sum(city.seekers)
    found = hire_seekers(model, city, looking)
    if looking > 0:
        city.finding += 0.25 * (found / looking - city.finding)
    if city.vacancies > 0:
        unfilled = sum(agency.unfilled for agency in city.members)
        city.filled += 0.25 * (1.0 - unfilled / city.vacancies - city.filled)


def attraction(agency: Agency) -> float:
    """Attraction of an agency's posts: 1 at the outside wage; few come where wages are owed."""
    rules = agency.model.rules
    owed = rules.people_arrears_effect * agency.months_of_wages(agency.overdue_wages)
    return agency.relative_pay(agency.wage) ** rules.people_recruit_elasticity * exp(-min(owed, 5.0))


def hire_leavers(model: Sector, city: City) -> None:
    """Those who left agencies this quarter, and were not taken on by founders, choose by pay among the others."""
    leavers = sum(min(moving, seeking) for moving, seeking in zip(city.movers, city.seekers, strict=True))
    weighted = add_up(agency.vacancies * attraction(agency) for agency in city.members)
    for agency in city.members:
        others = leavers - sum(agency.movers)
        if agency.vacancies > 0 and others > 0:
            p = 1.0 - exp(-others * attraction(agency) / weighted)
            left = [
                max(min(moving - own, seeking), 0)
                for moving, own, seeking in zip(city.movers, agency.movers, city.seekers, strict=True)
            ]
            assign_movers(model, agency, hire(model, agency, p, Stream.MOVERS_HIRED, left))


def hire_seekers(model: Sector, city: City, seekers: int) -> int:
    """Fill open posts from the seekers; return how many found one."""
    open_posts = [agency for agency in city.members if agency.unfilled > 0]
    posts = sum(agency.unfilled for agency in open_posts)
    rate = model.rules.people_matching * seekers / max(posts, 1)
    chances = {agency: 1.0 - exp(-rate * attraction(agency)) for agency in open_posts}
    expected = add_up(agency.unfilled * chance for agency, chance in chances.items())
    scarcity = min(1.0, seekers / max(expected, 1e-9))
    return sum(sum(hire(model, one, scarcity * p, Stream.HIRE, city.seekers)) for one, p in chances.items())


def hire(model: Sector, agency: Agency, p: float, stream: Stream, most: list[int]) -> list[int]:
    """Draw how many open posts are filled, without and with licence, at most so many of either."""
    there = sum(most)
    if there == 0:
        return [0, 0]
    hired = min(model.count(agency.unfilled, p, stream, agency.id, 0), there)
    wanted = 1.0
    district = agency.district
    qualified = district.for_profits_admission == Admission.QUALIFIED and district.for_profits_qualification > 0
    asked = qualified and not agency.guise
    if agency.kind == Kind.FOR_PROFIT and not asked:
        wanted = model.rules.founding_firm_licensed
    licensed = model.count(hired, wanted * (most[LICENSED] / there), stream, agency.id, 1)
    licensed = max(min(licensed, most[LICENSED]), hired - most[UNLICENSED])
    people = [hired - licensed, licensed]
    for licence, number in enumerate(people):
        agency.city.seekers[licence] -= number
        agency.cohorts[0][licence] += number
    agency.hired += hired
    agency.unfilled -= hired
    return people
