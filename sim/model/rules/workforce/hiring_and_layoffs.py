"""Hiring and layoffs: agencies plan posts, hire for them, and lay off people whom they neither need nor can afford.

Commitments stay: contracts of people in their first year are for a term and end at once, settled people go by parts and
are due severance.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    hiring_limit,
    monthly_cost,
    own_reserve,
    planned_posts,
    staff_to_hire_for,
    staff_to_keep,
)
from sim.model.rules.workforce.own_posts_and_reserve_policy import plan_own_posts
from sim.model.rules.workforce.posts_filled_by_pay import fill_posts
from sim.model.rules.workforce.quits_and_tenure import lose_experience, remove_staff, settled_tenure
from sim.model.state.agency_fields import COHORTS, SETTLED

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World

FIRST_TEAM = 4
"""Quarters from its founding for which an agency keeps its first team while it has a month's reserve."""

HALF_A_YEAR = 2
"""Quarters in post below which severance is half a month's pay."""

MOST_YEARS_PAID = 12.0
"""Years in post that severance counts at most."""


@rule
def hire_and_lay_off(world: World, city: CityRow) -> None:
    """Let agencies plan posts, hire for them, and lay off people whom they neither need nor can afford."""
    city.vacancies = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        plan_own_posts(world, agency)
        posts = planned_posts(world, agency)
        agency.vacancies = min(max(staff_to_hire_for(posts) - agency.staff, 0), hiring_limit(world, agency))
        city.vacancies += agency.vacancies
        surplus = agency.staff - staff_to_keep(posts)
        if surplus > 0 and has_to_save(world, agency):
            lay_off_staff(world, a, people_to_lay_off(world, agency, surplus))
    fill_posts(world, city)


@rule
def has_to_save(world: World, agency: AgencyRow) -> bool:
    """Whether reserves are too thin to keep people without work; founders keep their first team a little longer."""
    quarter = world.clock[0].quarter
    months = own_reserve(world, agency, quarter) / max(monthly_cost(world, agency, agency.staff), 1.0)
    if quarter - agency.founded < FIRST_TEAM and months >= 1.0:
        return False
    return bool(months < world.rules[0].closing_layoff_reserve)


@rule
def people_to_lay_off(world: World, agency: AgencyRow, surplus: int) -> int:
    """People laid off this quarter, of a `surplus` without work: all in their first year, and a part of the others."""
    new = min(surplus, agency.staff - agency.settled)
    return int(new + ceil(world.rules[0].closing_layoff_speed * (surplus - new)))


@rule
def lay_off_staff(world: World, a: int, count: int) -> None:
    """Lay off `count` people, last in first out; they become seekers, and other agencies may hire them at once."""
    agency = world.agencies[a]
    city = world.cities[agency.city]
    gone = 0
    settled_gone = 0
    months = 0.0
    staff = agency.staff
    for cohort in range(COHORTS):
        for licence in range(2):
            leaving = min(agency.cohorts[cohort, licence], count - gone)
            if leaving <= 0:
                continue
            months += leaving * months_of_severance(agency, cohort)
            remove_staff(agency, cohort, licence, leaving)
            city.seekers[licence] += leaving
            agency.movers[licence] += leaving
            city.movers[licence] += leaving
            gone += leaving
            if cohort == SETTLED:
                settled_gone += leaving
    if gone == 0:
        return
    agency.laid_off += gone
    owe_severance(world, agency, gone, months)
    lose_experience(world, a, settled_gone, gone, staff)
    record_event(world, Event.LAID_OFF, Cause.NO_WORK, a, agency.district, -1, -1, agency.severance, gone)


@rule
def months_of_severance(agency: AgencyRow, cohort: int) -> float:
    """Months of pay due to one person laid off, at a month for each year in post; `cohort` is the time in post."""
    if cohort < HALF_A_YEAR:
        return 0.5
    if cohort < SETTLED:
        return 1.0
    return min(max(settled_tenure(agency) / 4.0, 1.0), MOST_YEARS_PAID)


@rule
def owe_severance(world: World, agency: AgencyRow, people: int, months: float) -> None:
    """Owe so many people severance, which is paid with this quarter's wages.

    Founders of an agency that never held a contract do not ask each other for it.
    """
    amount = to_fen(world.rules[0].closing_severance * months * agency.wage)
    if not agency.held or amount == 0:
        return
    agency.severance = amount
    agency.severed = people
