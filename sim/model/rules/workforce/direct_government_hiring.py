"""Direct government hiring: social workers whom a government employs itself instead of buying services.

They are paid above the outside wage and come from the seekers of the city; where these are too few, vacant government
posts attract staff of agencies.  They relieve unmet need, and build up no presence in communities.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.engine.rng.distributions import binomial
from sim.model.rules.contracts.contract_forms_and_prices import post_hours
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.active_agencies import nth_government
from sim.model.rules.shared.unmet_need import unmet_hours
from sim.model.rules.workforce.quits_and_tenure import lose_experience, remove_staff
from sim.model.state.agency_fields import COHORTS, LICENSED, SETTLED

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, GovernmentRow
    from sim.model.state.world import World

LEVEL_STRIDE = 16
"""Offset, for each level of government, of the draw numbers about an agency's staff."""


@rule
def run_direct_hiring(world: World, city: CityRow) -> None:
    """Let every government staff its own posts, as far as the year's budget for them goes."""
    for n in range(city.districts + 1):
        g = nth_government(city, n)
        government = world.governments[g]
        government.direct_vacancies = 0
        if government.direct_budget <= 0 and government.direct_staff == 0:
            continue
        process_direct_quits(world, city, government)
        posts = affordable_posts(world, city, government)
        if government.direct_staff > posts:
            lay_off_direct_staff(city, government, government.direct_staff - posts)
        else:
            government.direct_vacancies = posts - government.direct_staff
            hire_direct_staff(world, city, government)
            recruit_from_agencies(world, city, g)
        pay_direct_staff(world, city, government)


@rule
def direct_worker_pay(world: World, city: CityRow) -> float:
    """Quarterly pay of one government social worker, fen: the outside wage plus a premium."""
    return 3.0 * city.market_wage * (1.0 + world.rules[0].direct_hiring_premium)


@rule
def affordable_posts(world: World, city: CityRow, government: GovernmentRow) -> int:
    """Government posts that this quarter's money pays for, social insurance included."""
    money = max(min(government.direct_budget // 4, government.cash), 0)
    return int(money / (direct_worker_pay(world, city) * (1.0 + world.rules[0].costs_social_insurance)))


@rule
def process_direct_quits(world: World, city: CityRow, government: GovernmentRow) -> None:
    """Let government social workers quit at the base rate; some of them leave the field."""
    clock = world.clock[0]
    rules = world.rules[0]
    quitting = 1.0 - exp(-rules.people_quit_rate)
    for licence in range(2):
        leaving = binomial(clock, government.workers[licence], quitting, Stream.DIRECT_HIRING, government.id, licence)
        away = binomial(clock, leaving, rules.people_leave_field, Stream.DIRECT_HIRING, government.id, 2 + licence)
        change_direct_staff(government, licence, -leaving)
        city.outside[licence] += away
        city.seekers[licence] += leaving - away


@rule
def change_direct_staff(government: GovernmentRow, licence: int, persons: int) -> None:
    """Add people to the staff of a government; a negative number removes them.

    Parameters
    ----------
    licence : int
        0 without, 1 with a licence.
    persons : int
        People.
    """
    government.workers[licence] += persons
    government.direct_staff += persons


@rule
def lay_off_direct_staff(city: CityRow, government: GovernmentRow, count: int) -> None:
    """Lay off `count` people, those without licence first; they become seekers."""
    unlicensed = min(government.workers[0], count)
    city.seekers[0] += unlicensed
    city.seekers[LICENSED] += count - unlicensed
    change_direct_staff(government, 0, -unlicensed)
    change_direct_staff(government, LICENSED, unlicensed - count)


@rule
def hire_direct_staff(world: World, city: CityRow, government: GovernmentRow) -> None:
    """Fill vacant government posts from the seekers of the city, with licence in proportion to their share there."""
    seekers = city.seekers[0] + city.seekers[LICENSED]
    hired = min(government.direct_vacancies, seekers)
    if hired <= 0:
        return
    share = city.seekers[LICENSED] / seekers
    licensed = binomial(world.clock[0], hired, share, Stream.DIRECT_HIRING, government.id, 4)
    licensed = max(min(licensed, city.seekers[LICENSED]), hired - city.seekers[0])
    city.seekers[0] -= hired - licensed
    city.seekers[LICENSED] -= licensed
    change_direct_staff(government, 0, hired - licensed)
    change_direct_staff(government, LICENSED, licensed)
    government.direct_vacancies -= hired


@rule
def recruit_from_agencies(world: World, city: CityRow, g: int) -> None:
    """Let staff of agencies move to vacant government posts, with a hazard that rises with vacancies per person."""
    government = world.governments[g]
    if government.direct_vacancies <= 0:
        return
    local = government.level == Level.DISTRICT
    first = g if local else city.first_district
    last = g + 1 if local else city.first_district + city.districts
    staff = 0
    for d in range(first, last):
        a = world.governments[d].first_agency
        while a >= 0:
            staff += world.agencies[a].staff
            a = world.agencies[a].next_in_district
    if staff == 0:
        return
    hazard = world.rules[0].direct_hiring_pull * min(government.direct_vacancies / staff, 1.0)
    for d in range(first, last):
        a = world.governments[d].first_agency
        while a >= 0:
            recruit_from_agency(world, government, a, 1.0 - exp(-hazard))
            a = world.agencies[a].next_in_district


@rule
def recruit_from_agency(world: World, government: GovernmentRow, a: int, p: float) -> None:
    """Draw how many of an agency's staff move to government posts, while some are vacant.

    Parameters
    ----------
    a : int
        Index of the agency.
    p : float
        Probability for each person.
    """
    agency = world.agencies[a]
    staff = agency.staff
    settled = 0
    for cohort in range(COHORTS):
        for licence in range(2):
            n = agency.cohorts[cohort, licence]
            if n == 0 or government.direct_vacancies == 0:
                continue
            index = LEVEL_STRIDE * (1 + government.level) + 2 * cohort + licence
            leaving = binomial(world.clock[0], n, p, Stream.DIRECT_HIRING, agency.id, index)
            leaving = min(leaving, government.direct_vacancies)
            remove_staff(agency, cohort, licence, leaving)
            change_direct_staff(government, licence, leaving)
            government.direct_vacancies -= leaving
            agency.quits += leaving
            if cohort == SETTLED:
                settled += leaving
            else:
                agency.first_year_quits += leaving
    lose_experience(world, a, settled, staff - agency.staff, staff)


@rule
def pay_direct_staff(world: World, city: CityRow, government: GovernmentRow) -> None:
    """Pay government social workers for the quarter, before any contract is paid."""
    wages = direct_worker_pay(world, city) * government.direct_staff
    insurance = wages * world.rules[0].costs_social_insurance
    households = world.externals[Party.HOUSEHOLDS]
    transfer(world, government, households, Purpose.DIRECT_WAGES, -1, min(to_fen_down(wages), government.cash))
    fund = world.externals[Party.SOCIAL_INSURANCE]
    transfer(world, government, fund, Purpose.INSURANCE, -1, min(to_fen_down(insurance), government.cash))


@rule
def deliver_direct_services(world: World, city: CityRow, fade: float) -> None:
    """Let government social workers relieve unmet need by activities alone, in proportion to the hours unmet.

    Parameters
    ----------
    fade : float
        Share of need that returns in a quarter.
    """
    for n in range(city.districts + 1):
        government = world.governments[nth_government(city, n)]
        if government.direct_staff == 0:
            continue
        effective = government.direct_staff * post_hours(world) * world.rules[0].direct_hiring_quality
        first = government.first_community
        unmet = 0.0
        for c in range(first, first + government.communities):
            unmet += unmet_hours(world, c)
        relieved = min(effective * fade / max(unmet, 1e-9), 1.0)
        for c in range(first, first + government.communities):
            for f in range(world.needs.shape[1]):
                world.needs[c, f].unmet -= relieved * world.needs[c, f].unmet
