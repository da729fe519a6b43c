"""Director departure: a nonprofit's director leaves the field, and somebody takes over or nobody does.

Founders of small agencies often are the agency.  Who has settled colleagues, or somebody outside who has a stake in the
agency, finds a successor; what only the director had, ties above all, is lost in part.  Owners of firms appoint.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.lifecycle.agency_closure import close_agency
from sim.model.rules.lifecycle.dormancy_and_deregistration import become_dormant, may_become_dormant
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_wages
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability
from sim.model.rules.workforce.posts_filled_by_pay import add_new_staff
from sim.model.rules.workforce.quits_and_tenure import lose_experience, remove_staff
from sim.model.state.agency_fields import LICENSED, SETTLED

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World

STRAINING_MONTHS = 3.0
"""Months of wages owed that strain a director as much as no contract does."""


@rule
def change_directors(world: World, city: CityRow) -> None:
    """Draw which directors of a city's nonprofits leave; agencies without a successor stop."""
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE or agency.kind != Kind.NONPROFIT or agency.staff == 0:
            continue
        leaves = rate_to_probability(departure_rate(world, agency))
        if bernoulli(world.clock[0], leaves, Stream.DIRECTOR, agency.id, 0):
            replace_director(world, a)


@rule
def departure_rate(world: World, agency: AgencyRow) -> float:
    """Quarterly hazard that the director leaves: it rises with years in office, wages owed and lack of work."""
    rules = world.rules[0]
    years = (world.clock[0].quarter - agency.director_since) / 4.0
    strain = min(months_of_wages(world, agency, agency.overdue_wages) / STRAINING_MONTHS, 1.0)
    strain += 1.0 if agency.contracts == 0 else 0.0
    fatigue = years / max(years + rules.shocks_honeymoon, 1e-9)
    return rules.shocks_director_rate / 4.0 * fatigue * (1.0 + rules.shocks_director_strain * strain)


@rule
def replace_director(world: World, a: int) -> None:
    """Let the director leave; install a successor, or stop work where there is none."""
    agency = world.agencies[a]
    city = world.cities[agency.city]
    remove_director(world, a)
    within = 1.0 - exp(-agency.settled / world.rules[0].shocks_succession_size)
    outside = 1.0 - (1.0 - world.rules[0].shocks_backing) ** backers(agency)
    found = bernoulli(
        world.clock[0], 1.0 - (1.0 - within) * (1.0 - outside), Stream.DIRECTOR, agency.id, 1
    ) and recruit_if_empty(city, agency)
    cause = Cause.SUCCEEDED if found else Cause.NO_SUCCESSOR
    record_event(world, Event.DIRECTOR_LEFT, cause, a, agency.district, -1, -1, 0, agency.staff)
    if found:
        install_successor(world, agency, world.rules[0].shocks_director_loss * (1.0 - within))
    elif may_become_dormant(world, agency, cause):
        become_dormant(world, a, cause)
    else:
        close_agency(world, a, cause)


@rule
def remove_director(world: World, a: int) -> None:
    """Take one person off the staff who leaves the field: the longest in post, of them one with a licence first."""
    agency = world.agencies[a]
    staff = agency.staff
    cohort = SETTLED
    while agency.cohorts[cohort, 0] + agency.cohorts[cohort, LICENSED] == 0:
        cohort -= 1
    licence = LICENSED if agency.cohorts[cohort, LICENSED] > 0 else 0
    remove_staff(agency, cohort, licence, 1)
    world.cities[agency.city].outside[licence] += 1
    agency.quits += 1
    agency.first_year_quits += 1 if cohort < SETTLED else 0
    lose_experience(world, a, 1 if cohort == SETTLED else 0, 1, staff)


@rule
def backers(agency: AgencyRow) -> int:
    """Those outside with a stake in an agency: college, company, association, officials, a purchaser: one each."""
    backing = 0
    backing += 1 if agency.college >= 0 else 0
    backing += 1 if agency.sponsor >= 0 else 0
    backing += 1 if agency.association >= 0 else 0
    backing += 1 if agency.origin == Origin.GOVERNMENT else 0
    backing += 1 if agency.contracts > 0 else 0
    return backing


@rule
def recruit_if_empty(city: CityRow, agency: AgencyRow) -> bool:
    """Hire a seeker, with licence if possible, where nobody is left on the staff; whether somebody is there then."""
    if agency.staff > 0:
        return True
    if city.seekers[0] + city.seekers[LICENSED] == 0:
        return False
    licensed = min(1, city.seekers[LICENSED])
    add_new_staff(city, agency, 1 - licensed, licensed)
    agency.hired += 1
    return True


@rule
def install_successor(world: World, agency: AgencyRow, lost: float) -> None:
    """Begin a new term of office, in which part of what the former director had is lost.

    Parameters
    ----------
    lost : float
        Share of relations that is lost; of reputation and capability half of it.
    """
    agency.director_since = world.clock[0].quarter
    agency.directors += 1
    agency.officers_in_common = False
    tie = agency.first_tie
    while tie >= 0:
        world.ties[tie].relation *= 1.0 - lost
        tie = world.ties[tie].next
    agency.reputation *= 1.0 - lost / 2.0
    for source in range(len(agency.capability)):
        agency.capability[source] *= 1.0 - lost / 2.0
