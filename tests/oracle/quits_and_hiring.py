"""Quits of staff, and tenure.

Experienced people who leave take skill, and presence in communities, with them.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.random_streams import Stream
from tests.oracle.agency import COHORTS, LICENCES, SETTLED, Agency

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
    """Draw who quits, by time in post and licence; the last of a nonprofit stays, whose leaving is a shock."""
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
                leaving = min(leaving, agency.staff - (agency.kind == Kind.NONPROFIT))
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
    each = agency.settled_tenure() if cohort == SETTLED else float(cohort)
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


def update_tenure(model: Sector, city: City) -> None:
    """Everybody is a quarter longer in post; settled after four."""
    for agency in city.members:
        agency.tenure += agency.staff
        first, second, third, fourth, settled = agency.cohorts
        agency.cohorts = [[0, 0], first, second, third, [old + new for old, new in zip(settled, fourth, strict=True)]]
