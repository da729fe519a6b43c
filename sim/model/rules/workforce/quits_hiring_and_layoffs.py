"""Quits, hiring and layoffs of agencies' staff, and tenure.

People are whole numbers by time in post (four quarters of the first year, then settled) and licence.
Experienced people who leave take skill, and presence in communities, with them; all take what they know of clients.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import binomial
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    hiring_limit,
    months_of_reserves,
    months_of_wages,
    planned_posts,
    staff_to_hire_for,
    staff_to_keep,
    supervisors_of,
)
from sim.model.rules.workforce.own_posts_and_reserve_policy import plan_own_posts
from sim.model.rules.workforce.posts_filled_by_pay import fill_posts, relative_pay
from sim.model.state.agency_fields import COHORTS, LICENSED, SETTLED

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def better_offer(world: World, agency: AgencyRow, wage: float) -> float:
    """Chance that an offer from outside is better than a wage, relative to that at the outside wage: 2 at most."""
    ratio = relative_pay(wage, world.cities[agency.city].market_wage)
    return 2.0 / (1.0 + ratio ** (2.0 * world.rules[0].people_wage_elasticity))


@rule
def quit_strain(world: World, agency: AgencyRow) -> float:
    """Factor of what makes people leave whatever they earn, on the hazard that they quit.

    It rises with wages owed, administrative tasks, lack of operational autonomy and little work under contract for next
    year.
    """
    rules = world.rules[0]
    strain = rules.people_arrears_effect * months_of_wages(world, agency, agency.overdue_wages)
    strain += rules.people_load_effect * (agency.administrative - rules.delivery_base_tasks)
    strain += rules.people_autonomy_effect * (rules.people_autonomy_reference - agency.last_autonomy)
    strain += rules.people_insecurity_effect * (0.5 - agency.contract_cover)
    return exp(min(strain, 5.0))


@rule
def quit_hazards(world: World, agency: AgencyRow) -> tuple[float, float]:
    """Quarterly hazards that a settled person, and one in the first year, leaves.

    Who gets better offers leaves; supervisors earn more.  In their first year people still find out whether the post
    suits them.
    """
    rules = world.rules[0]
    rate = rules.people_quit_rate * quit_strain(world, agency)
    worker = better_offer(world, agency, agency.wage)
    supervisor = better_offer(world, agency, agency.wage * (1.0 + rules.costs_supervisor_premium))
    guiding = supervisors_of(world, agency) / max(agency.settled, 1)
    settled = rate * (worker + guiding * (supervisor - worker))
    return settled, rate * rules.people_first_year_factor * worker


@rule
def process_quits(world: World, city: CityRow) -> None:
    """Draw who quits, by agency, time in post and licence."""
    clock = world.clock[0]
    city.movers[:] = 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.movers[:] = 0
        if agency.staff == 0:
            continue
        settled_hazard, new_hazard = quit_hazards(world, agency)
        settled_quit = 1.0 - exp(-settled_hazard)
        new_quit = 1.0 - exp(-new_hazard)
        staff = agency.staff
        settled_leaving = 0
        for cohort in range(COHORTS):
            p = settled_quit if cohort == SETTLED else new_quit
            for licence in range(2):
                n = agency.cohorts[cohort, licence]
                if n == 0:
                    continue
                leaving = binomial(clock, n, p, Stream.QUIT, agency.id, 2 * cohort + licence)
                remove_staff(agency, cohort, licence, leaving)
                assign_leavers(world, agency, cohort, licence, leaving)
                agency.quits += leaving
                if cohort == SETTLED:
                    settled_leaving += leaving
                else:
                    agency.first_year_quits += leaving
        lose_experience(world, a, settled_leaving, staff - agency.staff, staff)


@rule
def remove_staff(agency: AgencyRow, cohort: int, licence: int, leaving: int) -> None:
    """Remove people from the staff; settled people take the mean of settled tenure with them.

    Parameters
    ----------
    cohort : int
        Time in post: 0 to 3 quarters, then settled.
    licence : int
        0 without, 1 with a licence.
    leaving : int
        People.
    """
    if cohort == SETTLED:
        early = 0
        for younger in range(SETTLED):
            early += younger * (agency.cohorts[younger, 0] + agency.cohorts[younger, 1])
        tenure = (agency.tenure - early) / max(agency.settled, 1)
        agency.settled -= leaving
    else:
        tenure = float(cohort)
    agency.tenure -= tenure * leaving
    agency.cohorts[cohort, licence] -= leaving
    agency.staff -= leaving
    if licence == LICENSED:
        agency.licensed -= leaving


@rule
def assign_leavers(world: World, agency: AgencyRow, cohort: int, licence: int, leaving: int) -> None:
    """Draw who of the leavers leaves the field; the others become seekers.

    Parameters
    ----------
    cohort : int
        Time in post: 0 to 3 quarters, then settled.
    licence : int
        0 without, 1 with a licence.
    leaving : int
        People.
    """
    city = world.cities[agency.city]
    away = binomial(
        world.clock[0], leaving, world.rules[0].people_leave_field, Stream.LEAVE_FIELD, agency.id, 2 * cohort + licence
    )
    city.outside[licence] += away
    city.seekers[licence] += leaving - away
    agency.movers[licence] += leaving - away
    city.movers[licence] += leaving - away


@rule
def lose_experience(world: World, a: int, settled: int, leaving: int, staff: int) -> None:
    """Lose skill and quarters of presence with settled people who left, knowledge of clients with all who left.

    Parameters
    ----------
    a : int
        Index of the agency.
    settled, leaving : int
        Settled people who left, and all who left.
    staff : int
        Staff before they left.
    """
    if leaving == 0:
        return
    rules = world.rules[0]
    kept = 1.0 - rules.people_skill_loss * (settled / staff)
    known = 1.0 - rules.people_knowledge_loss * (leaving / staff)
    if settled > 0:
        for f in range(world.skills.shape[1]):
            world.skills[a, f] *= kept
    n = world.agencies[a].first_presence
    while n >= 0:
        presence = world.presences[n]
        presence.quarters *= kept
        presence.known *= known
        n = presence.next


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
        kept = staff_to_keep(posts)
        if agency.staff > kept and months_of_reserves(world, agency) < world.rules[0].closing_layoff_reserve:
            lay_off_staff(world, a, agency.staff - kept)
    fill_posts(world, city)


@rule
def lay_off_staff(world: World, a: int, count: int) -> None:
    """Lay off `count` people, last in first out; they become seekers, and other agencies may hire them at once."""
    agency = world.agencies[a]
    city = world.cities[agency.city]
    gone = 0
    settled_gone = 0
    staff = agency.staff
    for cohort in range(COHORTS):
        for licence in range(2):
            leaving = min(agency.cohorts[cohort, licence], count - gone)
            if leaving <= 0:
                continue
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
    lose_experience(world, a, settled_gone, gone, staff)
    record_event(world, Event.LAID_OFF, Cause.NO_WORK, a, agency.district, -1, -1, 0, gone)


@rule
def advance_tenure(world: World, city: CityRow) -> None:
    """End of the quarter: all staff are one quarter longer in post."""
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.tenure += agency.staff
        for licence in range(2):
            joining = agency.cohorts[SETTLED - 1, licence]
            agency.cohorts[SETTLED, licence] += joining
            agency.settled += joining
            for cohort in range(SETTLED - 1, 0, -1):
                agency.cohorts[cohort, licence] = agency.cohorts[cohort - 1, licence]
            agency.cohorts[0, licence] = 0
