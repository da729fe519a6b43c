"""Quits and hiring of staff, layoffs, and tenure.

Experienced people who leave take skill, and presence in communities, with them.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.agency import COHORTS, LICENCES, SETTLED, Agency
from tests.oracle.events import record
from tests.oracle.filling_posts import fill_posts
from tests.oracle.own_posts import plan_posts, staff_to_hire_for, staff_to_keep

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def better_offer(agency: Agency, wage: float) -> float:
    """Chance that an outside offer is better than a wage, relative to that at equal wages."""
    return 2.0 / (1.0 + agency.relative_pay(wage) ** (2.0 * agency.model.rules.people_wage_elasticity))


def quit_hazards(agency: Agency) -> list[float]:
    """Quarterly hazards to leave, by time in post.

    They rise with better offers outside, wages owed, administrative tasks, lack of autonomy, and insecurity.
    """
    rules = agency.model.rules
    months_owed = agency.months_of_wages(agency.overdue_wages)
    strain = rules.people_arrears_effect * months_owed
    strain += rules.people_load_effect * (agency.administrative - rules.delivery_base_tasks)
    strain += rules.people_autonomy_effect * (rules.people_autonomy_reference - agency.last_autonomy)
    strain += rules.people_insecurity_effect * (0.5 - agency.contract_cover)
    rate = rules.people_quit_rate * exp(min(strain, 5.0))
    worker = better_offer(agency, agency.wage)
    supervisor = better_offer(agency, agency.wage * (1.0 + rules.costs_supervisor_premium))
    guiding = agency.supervisors_needed() / max(agency.settled, 1)
    first = rate * rules.people_first_year_factor * worker
    return [first, first, first, first, rate * (worker + guiding * (supervisor - worker))]


def let_staff_quit(model: Sector, city: City) -> None:
    """Draw who quits, by time in post and licence."""
    city.movers = [0, 0]
    for agency in city.members:
        agency.movers = [0, 0]
        if agency.staff == 0:
            continue
        before = agency.staff
        hazards = quit_hazards(agency)
        settled_leaving = 0
        for cohort in COHORTS:
            p = 1.0 - exp(-hazards[cohort])
            for licence in LICENCES:
                there = agency.cohorts[cohort][licence]
                leaving = model.count(there, p, Stream.QUIT, agency.id, 2 * cohort + licence)
                remove_staff(agency, cohort, licence, leaving)
                place_leavers(model, agency, cohort, licence, leaving)
                agency.quits += leaving
                if cohort == SETTLED:
                    settled_leaving += leaving
                else:
                    agency.first_year_quits += leaving
        lose_experience(agency, settled_leaving, before - agency.staff, before)


def remove_staff(agency: Agency, cohort: int, licence: int, leaving: int) -> None:
    """Remove people from the staff, with their quarters in post; settled people take the settled mean."""
    each = float(cohort)
    if cohort == SETTLED:
        early = sum(younger * sum(agency.cohorts[younger]) for younger in range(SETTLED))
        each = (agency.tenure - early) / max(agency.settled, 1)
    agency.tenure -= each * leaving
    agency.cohorts[cohort][licence] -= leaving


def place_leavers(model: Sector, agency: Agency, cohort: int, licence: int, leaving: int) -> None:
    """Leavers leave the field, or become seekers."""
    away = model.count(leaving, model.rules.people_leave_field, Stream.LEAVE_FIELD, agency.id, 2 * cohort + licence)
    agency.city.outside[licence] += away
    for place in (agency.city.seekers, agency.city.movers, agency.movers):
        place[licence] += leaving - away


def lose_experience(agency: Agency, settled: int, leavers: int, before: int) -> None:
    """Lose skill and presence with settled leavers, and knowledge of clients with all leavers, by their shares."""
    rules = agency.model.rules
    if leavers == 0:
        return
    kept = 1.0 - rules.people_skill_loss * (settled / before)
    known = 1.0 - rules.people_knowledge_loss * (leavers / before)
    agency.skills = [skill * kept for skill in agency.skills]
    for presence in agency.presences.values():
        presence.quarters *= kept
        presence.known *= known


def adjust_staff(model: Sector, city: City) -> None:
    """Agencies plan posts, hire for them, and lay off people whom they neither need nor can afford."""
    for agency in city.members:
        plan_posts(model, agency)
        agency.vacancies = min(max(staff_to_hire_for(agency) - agency.staff, 0), agency.hiring_limit())
        kept = staff_to_keep(agency)
        poor = agency.months_of_reserve() < model.rules.closing_layoff_reserve
        if agency.staff > kept and poor:
            lay_off(model, agency, agency.staff - kept)
    city.vacancies = sum(agency.vacancies for agency in city.members)
    fill_posts(model, city)


def lay_off(model: Sector, agency: Agency, count: int) -> None:
    """Last in, first out; people laid off become seekers."""
    before = agency.staff
    gone, settled_gone = 0, 0
    for cohort in COHORTS:
        for licence in LICENCES:
            leaving = min(agency.cohorts[cohort][licence], count - gone)
            remove_staff(agency, cohort, licence, leaving)
            for place in (agency.city.seekers, agency.city.movers, agency.movers):
                place[licence] += leaving
            gone += leaving
            settled_gone += leaving if cohort == SETTLED else 0
    agency.laid_off += gone
    lose_experience(agency, settled_gone, gone, before)
    record(model, Event.LAID_OFF, Cause.NO_WORK, agency, agency.district, persons=gone)


def update_tenure(model: Sector, city: City) -> None:
    """Everybody is a quarter longer in post; settled after four."""
    for agency in city.members:
        agency.tenure += agency.staff
        first, second, third, fourth, settled = agency.cohorts
        agency.cohorts = [[0, 0], first, second, third, [old + new for old, new in zip(settled, fourth, strict=True)]]
