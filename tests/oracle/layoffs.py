"""Hiring and layoffs, with what an agency still owes to people whom it lays off."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from tests.oracle.agency import COHORTS, LICENCES, SETTLED, Agency
from tests.oracle.events import record
from tests.oracle.filling_posts import fill_posts
from tests.oracle.own_posts import plan_posts, staff_to_hire_for, staff_to_keep
from tests.oracle.quits_and_hiring import lose_experience, remove_staff

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def adjust_staff(model: Sector, city: City) -> None:
    """Agencies plan posts, hire for them, and lay off people whom they neither need nor can afford."""
    for agency in city.members:
        plan_posts(model, agency)
        agency.vacancies = min(max(staff_to_hire_for(agency) - agency.staff, 0), agency.hiring_limit())
        surplus = agency.staff - staff_to_keep(agency)
        months = agency.own_reserve(model.quarter) / max(agency.monthly_cost(agency.staff), 1.0)
        first_team = model.quarter - agency.founded < 4 and months >= 1.0
        if surplus > 0 and months < model.rules.closing_layoff_reserve and not first_team:
            # Contracts of the first year are for a term; others take time to end.
            new = min(surplus, agency.staff - agency.settled)
            lay_off(model, agency, new + ceil(model.rules.closing_layoff_speed * (surplus - new)))
    city.vacancies = sum(agency.vacancies for agency in city.members)
    fill_posts(model, city)


def lay_off(model: Sector, agency: Agency, count: int) -> None:
    """Last in, first out; people laid off become seekers."""
    before = agency.staff
    gone, settled_gone, months = 0, 0, 0.0
    for cohort in COHORTS:
        for licence in LICENCES:
            leaving = min(agency.cohorts[cohort][licence], count - gone)
            if leaving > 0:
                months += leaving * months_due(agency, cohort)
            remove_staff(agency, cohort, licence, leaving)
            for place in (agency.city.seekers, agency.city.movers, agency.movers):
                place[licence] += leaving
            gone += leaving
            settled_gone += leaving if cohort == SETTLED else 0
    if gone == 0:
        return
    agency.laid_off += gone
    amount = round(model.rules.closing_severance * months * agency.wage)
    if agency.held and amount > 0:
        agency.severance, agency.severed = amount, gone
    lose_experience(agency, settled_gone, gone, before)
    record(model, Event.LAID_OFF, Cause.NO_WORK, agency, agency.district, amount=agency.severance, persons=gone)


def months_due(agency: Agency, cohort: int) -> float:
    """Half a month's pay under half a year in post, a month under a year, then a month a year up to twelve."""
    if cohort < SETTLED:
        return 0.5 if cohort < 2 else 1.0
    return min(max(agency.settled_tenure() / 4.0, 1.0), 12.0)
