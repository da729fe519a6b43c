"""Quits of agencies' staff, what goes with people who leave, and tenure.

People are whole numbers by time in post (four quarters of the first year, then settled) and licence.
Experienced people who leave take skill, and presence in communities, with them; all take what they know of clients.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import binomial
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    months_of_wages,
    supervisors_of,
)
from sim.model.rules.workforce.posts_filled_by_pay import relative_pay
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
    """Draw who quits, by agency, time in post and licence.

    Somebody always stays with a nonprofit, the longest in post: how its director leaves is a rule of its own.
    """
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
        staying = 1 if agency.kind == Kind.NONPROFIT else 0
        settled_leaving = 0
        for cohort in range(COHORTS):
            p = settled_quit if cohort == SETTLED else new_quit
            for licence in range(2):
                n = agency.cohorts[cohort, licence]
                if n == 0:
                    continue
                leaving = binomial(clock, n, p, Stream.QUIT, agency.id, 2 * cohort + licence)
                leaving = min(leaving, agency.staff - staying)
                remove_staff(agency, cohort, licence, leaving)
                assign_leavers(world, agency, cohort, licence, leaving)
                agency.quits += leaving
                if cohort == SETTLED:
                    settled_leaving += leaving
                else:
                    agency.first_year_quits += leaving
        lose_experience(world, a, settled_leaving, staff - agency.staff, staff)


@rule
def settled_tenure(agency: AgencyRow) -> float:
    """Mean quarters in post of an agency's settled people."""
    early = 0
    for younger in range(SETTLED):
        early += younger * (agency.cohorts[younger, 0] + agency.cohorts[younger, 1])
    return (agency.tenure - early) / max(agency.settled, 1)


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
        tenure = settled_tenure(agency)
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
