"""Posts filled by pay: agencies that pay better fill more of their vacancies.

People who just left other agencies come first, because they know the work and are known.  The rest comes from the
seekers of the city.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Admission, Kind
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import binomial
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_wages
from sim.model.rules.workforce.job_moves import assign_movers
from sim.model.state.agency_fields import LICENSED

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World

PAY_LIMIT = 100.0
"""Ratio of a wage to the outside wage, or of this to that, beyond which pay makes no further difference."""

EXPECTATION_SPEED = 0.25
"""Speed, 1/quarter, at which people's expectations follow what they see of the labour market."""


@rule
def relative_pay(wage: float, market_wage: float) -> float:
    """A wage over the outside wage, within `PAY_LIMIT`."""
    return min(max(wage / market_wage, 1.0 / PAY_LIMIT), PAY_LIMIT)


@rule
def attraction(world: World, agency: AgencyRow) -> float:
    """Attraction of an agency's posts: 1 at the outside wage, more where it pays better, less where wages are owed.

    What makes people leave keeps others from coming: few join an agency that has not paid those who are there.
    """
    rules = world.rules[0]
    ratio = relative_pay(agency.wage, world.cities[agency.city].market_wage)
    owed = rules.people_arrears_effect * months_of_wages(world, agency, agency.overdue_wages)
    return ratio**rules.people_recruit_elasticity * exp(-min(owed, 5.0))


@rule
def fill_posts(world: World, city: CityRow) -> None:
    """Fill the vacancies of a city's agencies: with people who left other agencies this quarter, then with seekers."""
    for a in active_agencies_in(world, city):
        world.agencies[a].unfilled = world.agencies[a].vacancies
    if city.vacancies == 0:
        update_finding(city, 0, city.seekers[0] + city.seekers[LICENSED])
        return
    hire_leavers(world, city)
    hire_seekers(world, city)


@rule
def hire_leavers(world: World, city: CityRow) -> None:
    """Let people who left agencies this quarter, and look for another, choose among the vacancies of the others."""
    leavers = min(city.movers[0], city.seekers[0]) + min(city.movers[LICENSED], city.seekers[LICENSED])
    if leavers == 0:
        return
    weighted = 0.0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.vacancies > 0:
            weighted += agency.vacancies * attraction(world, agency)
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        others = leavers - agency.movers[0] - agency.movers[LICENSED]
        if agency.vacancies == 0 or others <= 0:
            continue
        p = 1.0 - exp(-others * attraction(world, agency) / weighted)
        unlicensed = max(min(city.movers[0] - agency.movers[0], city.seekers[0]), 0)
        licensed = max(min(city.movers[LICENSED] - agency.movers[LICENSED], city.seekers[LICENSED]), 0)
        people = hire_people(world, a, p, Stream.MOVERS_HIRED, unlicensed, licensed)
        assign_movers(world, a, people[0], people[1])


@rule
def hire_seekers(world: World, city: CityRow) -> None:
    """Fill open posts from the seekers of a city; where seekers are too few, all agencies fill fewer in proportion."""
    matching = world.rules[0].people_matching
    seekers = city.seekers[0] + city.seekers[LICENSED]
    posts = 0
    for a in active_agencies_in(world, city):
        posts += world.agencies[a].unfilled
    expected = 0.0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.unfilled > 0:
            expected += agency.unfilled * (1.0 - exp(-matching * seekers / posts * attraction(world, agency)))
    scarcity = min(1.0, seekers / max(expected, 1e-9))
    left_open = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.unfilled > 0:
            p = scarcity * (1.0 - exp(-matching * seekers / posts * attraction(world, agency)))
            hire_people(world, a, p, Stream.HIRE, city.seekers[0], city.seekers[LICENSED])
            left_open += agency.unfilled
    update_finding(city, posts - left_open, seekers)
    city.filled += EXPECTATION_SPEED * (1.0 - left_open / city.vacancies - city.filled)


@rule
def hire_people(
    world: World, a: int, p: float, stream: int, most_unlicensed: int, most_licensed: int
) -> tuple[int, int]:
    """Draw how many open posts of an agency are filled, and how many of them with licence holders.

    Parameters
    ----------
    a : int
        Agency.
    p : float
        Chance that a post is filled.
    stream : Stream
        Stream of both draws.
    most_unlicensed, most_licensed : int
        People who may be hired, without and with licence.

    Returns
    -------
    tuple of (int, int)
        People hired without and with licence.
    """
    clock = world.clock[0]
    agency = world.agencies[a]
    there = most_unlicensed + most_licensed
    if there == 0:
        return 0, 0
    hired = min(binomial(clock, agency.unfilled, p, stream, agency.id, 0), there)
    share = licence_preference(world, agency) * (most_licensed / there)
    licensed = binomial(clock, hired, share, stream, agency.id, 1)
    licensed = max(min(licensed, most_licensed), hired - most_unlicensed)
    add_new_staff(world.cities[agency.city], agency, hired - licensed, licensed)
    agency.hired += hired
    agency.unfilled -= hired
    return int(hired - licensed), int(licensed)


@rule
def licence_preference(world: World, agency: AgencyRow) -> float:
    """Share of licence holders that an agency hires, relative to their share of those who may be hired.

    Firms are content with fewer, except where their home district admits only firms that have them.
    """
    government = world.governments[agency.district]
    asked = int(government.for_profits_admission) == Admission.QUALIFIED and government.for_profits_qualification > 0.0
    if agency.kind != Kind.FOR_PROFIT or (asked and not agency.guise):
        return 1.0
    return float(world.rules[0].founding_firm_licensed)


@rule
def add_new_staff(city: CityRow, agency: AgencyRow, unlicensed: int, licensed: int) -> None:
    """Move seekers, without (`unlicensed`) and with licence, onto an agency's staff."""
    city.seekers[0] -= unlicensed
    city.seekers[LICENSED] -= licensed
    agency.cohorts[0, 0] += unlicensed
    agency.cohorts[0, LICENSED] += licensed
    agency.staff += unlicensed + licensed
    agency.licensed += licensed


@rule
def update_finding(city: CityRow, hired: int, seekers: int) -> None:
    """Move the chance to find a post, as people who think of entering see it; not where nobody looks for one."""
    if seekers > 0:
        city.finding += EXPECTATION_SPEED * (hired / seekers - city.finding)
