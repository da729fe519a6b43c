"""Labour market of a city: graduates enter, seekers leave the field and return, wages inside and outside.

Every qualified person is either on the staff of an agency, a seeker, or outside the sector; licence holders are
counted separately throughout.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import exponential
from sim.engine.compilation import rule
from sim.engine.rng.distributions import binomial
from sim.engine.rng.philox import IntLike
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.workforce.licence_exam import EXAM_SEASON, hold_licence_exam

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World

GRADUATION_SEASON = 2
"""Classes graduate in the third quarter."""


@rule
def update_labour_market(world: World, city: CityRow) -> None:
    """Advance outside wages, seekers, graduates and licences by one quarter."""
    clock = world.clock[0]
    if clock.season == 0 and clock.quarter > 0:
        city.wage_index *= 1.0 + city.outside_growth
        city.cost_index *= 1.0 + world.rules[0].costs_inflation
        city.candidates_index *= 1.0 + city.other_growth
    city.market_wage = city.outside_wage * city.wage_index
    city.graduates_entering = 0
    exchange_with_outside(world, city)
    if clock.season == GRADUATION_SEASON:
        quota = world.governments[city.government].profession_college_quota
        add_graduates(world, city, round(city.graduates * quota), city.id)
        for n in range(city.first_college, city.first_college + city.colleges):
            college = world.colleges[n]
            add_graduates(world, city, round(college.graduates * quota), college.id)
    if clock.season == EXAM_SEASON:
        hold_licence_exam(world, city)


@rule
def entry_probability(world: World, city: CityRow) -> float:
    """Probability that a qualified person looks for work in the sector.

    A logit of the wage relative to outside, and of the profession's prospects: how many of those who look find a post.
    """
    rules = world.rules[0]
    base = log(city.entry / (1.0 - city.entry))
    pull = city.entry_slope * log(city.sector_wage / city.market_wage)
    pull += rules.people_prospects * (city.finding - rules.people_usual_finding)
    return 1.0 / (1.0 + exponential(-base - pull))


@rule
def exchange_with_outside(world: World, city: CityRow) -> None:
    """Some seekers leave for work outside; some people outside return, more where the sector pays well."""
    clock = world.clock[0]
    back = min(city.reentry_rate * entry_probability(world, city) / city.entry, 1.0)
    for licence in range(2):
        leaving = binomial(clock, city.seekers[licence], city.exit_rate, Stream.LEAVE_FIELD, city.id, licence)
        returning = binomial(clock, city.outside[licence], back, Stream.LEAVE_FIELD, city.id, 2 + licence)
        city.seekers[licence] += returning - leaving
        city.outside[licence] += leaving - returning


@rule
def add_graduates(world: World, city: CityRow, graduates: int, entity: IntLike) -> None:
    """Let a class graduate; those who do not look for work in the sector go outside.

    Parameters
    ----------
    graduates : int
        Size of the class.
    entity : int
        Id of its college, or of the city, that keys the draw.
    """
    entering = binomial(world.clock[0], graduates, entry_probability(world, city), Stream.GRADUATES, entity, 0)
    city.seekers[0] += entering
    city.outside[0] += graduates - entering
    city.trained += graduates
    city.graduates_entering += entering


@rule
def update_sector_wage(world: World, city: CityRow) -> None:
    """Set the mean wage of staff in a city; the outside wage where there is no staff."""
    wages = 0.0
    staff = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        wages += agency.wage * agency.staff
        staff += agency.staff
    city.sector_wage = wages / staff if staff > 0 else city.market_wage
