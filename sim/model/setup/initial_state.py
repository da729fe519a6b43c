"""Initial state of a run: random draws for communities and agencies, and their first accounts."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import entry, rule
from sim.engine.fields import StructArray
from sim.engine.rng.distributions import lognormal_factor, normal, random_index
from sim.engine.rng.philox import IntLike
from sim.model.rules.contracts.contract_forms_and_prices import income_per_person
from sim.model.rules.funding.funding_effort_and_capability import initialise_effort
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.lifecycle.agency_creation import founding_field
from sim.model.rules.shared.agency_capacity_and_unit_cost import pay_factor
from sim.model.rules.shared.rates_and_half_lives import decay_per_quarter
from sim.model.rules.shared.relations_and_presence import ensure_presence, ensure_tie
from sim.model.state.agency_fields import LICENSED, SETTLED, SETTLED_TENURE
from sim.model.state.by_reference import by_reference

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyDrawsRow, AgencyRow, ClockRow, CommunityDrawsRow, PresenceRow
    from sim.model.state.world import Integers, World

FIRST_RELATION = 0.2
"""Relation of an agency with the government of its district, or of a branch, at the start."""


@entry
def initialise_world(
    world: World, seed: IntLike, communities: StructArray, agencies: StructArray, branches: Integers
) -> None:
    """Bring a fresh copy of a compiled scenario's world to its first quarter.

    Parameters
    ----------
    world : World
        Copy of the template; changed in place.
    seed : int
        Seed of the run.
    communities, agencies : recarray
        Medians and spreads of what is drawn.
    branches : int array, shape (branches, 2)
        Agency and district of every branch.
    """
    world = by_reference(world)
    clock = world.clock[0]
    clock.seed = seed
    clock.season = clock.first_season
    for c in range(len(world.communities)):
        initialise_community(world, c, communities[c])
    for city in world.cities:
        city.market_wage = city.outside_wage
        city.sector_wage = city.outside_wage
        city.finding = world.rules[0].people_usual_finding
    for n in range(len(world.associations)):
        association = world.associations[n]
        held = association.cash
        association.cash = 0
        transfer(world, world.externals[Party.TREASURY], association, Purpose.OPENING, -1, held)
    for institution in world.institutions:
        district = world.governments[institution.district]
        institution.community = district.first_community + random_index(
            clock, district.communities, Stream.INITIAL_STATE, institution.id, 0
        )
    for a in range(clock.agencies):
        initialise_agency(world, a, agencies[a])
    for n in range(len(branches)):
        tie = ensure_tie(world, branches[n, 0], branches[n, 1])
        world.ties[tie].relation = FIRST_RELATION


@rule
def initialise_community(world: World, c: int, start: CommunityDrawsRow) -> None:
    """Draw residents and needs; unmet need and pressure begin at their level without services.

    Parameters
    ----------
    c : int
        Index of the community.
    start : row
        Medians and spreads of what is drawn, `COMMUNITY_DRAWS`.
    """
    clock = world.clock[0]
    rules = world.rules[0]
    community = world.communities[c]
    factor = lognormal_factor(clock, start.spread, Stream.INITIAL_STATE, community.id, 0)
    community.residents = round(start.residents * factor)
    community.strength = start.strength
    community.base_strength = start.strength
    back = decay_per_quarter(rules.need_half_life)
    unmet = back / (back + rules.need_self_help * start.strength)
    for f in range(world.needs.shape[1]):
        need = world.needs[c, f]
        more = lognormal_factor(clock, start.need_spread, Stream.INITIAL_STATE, community.id, 1 + f)
        need.load = community.residents * world.fields[f, 0] * more
        need.unmet = unmet
        community.load += need.load
    community.unmet = unmet
    community.pressure = unmet


@rule
def initialise_agency(world: World, a: int, start: AgencyDrawsRow) -> None:
    """Draw what is not given about an agency, and set its first accounts.

    Parameters
    ----------
    a : int
        Index of the agency.
    start : row
        Medians and spreads of what is drawn, `AGENCY_DRAWS`.
    """
    clock = world.clock[0]
    rules = world.rules[0]
    agency = world.agencies[a]
    government = world.governments[agency.district]
    agency.community = government.first_community + random_index(
        clock, government.communities, Stream.INITIAL_STATE, agency.id, 0
    )
    if agency.field < 0:
        agency.field = founding_field(world, agency, agency.id)
    size = start.staff * lognormal_factor(clock, start.staff_spread, Stream.INITIAL_STATE, agency.id, 1)
    initialise_staff(agency, round(size), start.licensed, -agency.founded)
    agency.reputation = draw_trait(clock, agency, start.reputation, start.trait_spread, 2)
    agency.mission = draw_trait(clock, agency, start.mission, start.trait_spread, 3)
    agency.founding_mission = agency.mission
    skill = draw_trait(clock, agency, start.skill, start.trait_spread, 4)
    for f in range(world.skills.shape[1]):
        own = f == agency.field or ((start.fields >> f) & 1) == 1
        world.skills[a, f] = skill if own else rules.founding_skill_elsewhere
    tasks = rules.delivery_base_tasks + 0.5 * rules.delivery_pressure_tasks
    agency.wage = rules.costs_wage_share * income_per_person(world, government, tasks) / 3.0 / pay_factor(world, agency)
    agency.administrative = rules.delivery_base_tasks
    agency.margin = rules.bidding_start_margin
    agency.compliance = 0.5
    cash = to_fen(start.cash * lognormal_factor(clock, start.cash_spread, Stream.INITIAL_STATE, agency.id, 5))
    transfer(world, world.externals[Party.HOUSEHOLDS], agency, Purpose.OPENING, -1, cash)
    initialise_effort(world, agency, False)
    agency.next_in_district = government.first_agency
    government.first_agency = a
    initialise_affiliations(world, a)
    record_event(world, Event.FOUNDED, Cause.AT_START, a, agency.district, -1, -1, cash, agency.staff)


@rule
def draw_trait(clock: ClockRow, agency: AgencyRow, mean: float, spread: float, index: int) -> float:
    """Draw a trait between 0 and 1 (normal, limited).

    Parameters
    ----------
    clock, agency : row
        Clock, with the random key, and agency.
    mean, spread : float
        Mean and standard deviation.
    index : int
        Number of the draw.
    """
    return min(max(mean + spread * normal(clock, Stream.INITIAL_STATE, agency.id, index), 0.0), 1.0)


@rule
def initialise_staff(agency: AgencyRow, size: int, share: float, age: int) -> None:
    """Set the staff of an agency by time in post and licence.

    From an age of a year on 60 % are settled; in a younger agency everybody has been in post since its founding.

    Parameters
    ----------
    size : int
        People.
    share : float
        Share with a licence.
    age : int
        Quarters since founding.
    """
    licensed = round(size * share)
    settled = round(0.6 * size) if age >= 4 else 0
    cohort = 1 if age >= 4 else max(age, 0)
    settled_licensed = min(licensed, settled)
    agency.cohorts[SETTLED, LICENSED] = settled_licensed
    agency.cohorts[SETTLED, 0] = settled - settled_licensed
    agency.cohorts[cohort, LICENSED] = licensed - settled_licensed
    agency.cohorts[cohort, 0] = size - settled - (licensed - settled_licensed)
    agency.staff = size
    agency.settled = settled
    agency.licensed = licensed
    agency.tenure = SETTLED_TENURE * settled + cohort * (size - settled)


@rule
def initialise_affiliations(world: World, a: int) -> None:
    """Count an agency where it belongs, and create its ties with purchasers and its presence in its community."""
    agency = world.agencies[a]
    world.governments[agency.district].agencies += 1
    city = world.cities[agency.city]
    city.agencies += 1
    agency.concentration = 0.0
    world.ties[ensure_tie(world, a, agency.district)].relation = FIRST_RELATION
    if agency.association >= 0:
        association = world.associations[agency.association]
        association.members += 1
        association.hosted += 1 if agency.host == Host.ASSOCIATION else 0
        world.ties[ensure_tie(world, a, city.government)].relation = FIRST_RELATION
    if agency.college >= 0:
        world.colleges[agency.college].affiliates += 1
    if agency.sponsor >= 0:
        world.sponsors[agency.sponsor].agencies += 1
    presence = world.presences[ensure_presence(world, a, agency.community)]
    presence.quarters = float(max(-agency.founded, 0))
    presence.since = min(agency.founded, 0)
    initialise_knowledge(world, agency, presence)


@rule
def initialise_knowledge(world: World, agency: AgencyRow, presence: PresenceRow) -> None:
    """Set what an agency knows of clients at the start, as if its people had served at home since its founding."""
    usual = world.rules[0].people_hours * agency.staff * (1.0 - agency.administrative)
    presence.known = usual * (1.0 - exp(-presence.quarters / (4.0 * world.rules[0].delivery_knowledge_time)))
    for ago in range(min(-presence.since, 4)):
        presence.past[(world.clock[0].season - 1 - ago) % 4] = usual
