"""Named agencies: how the agencies of a scenario begin, at the start of a run or on their date during it."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host, Stage
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import lognormal_factor, normal, random_index
from sim.engine.rng.philox import uniform
from sim.model.rules.contracts.contract_forms_and_prices import income_per_person
from sim.model.rules.funding.funding_effort_and_capability import initialise_effort
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.lifecycle.agency_creation import founding_field
from sim.model.rules.lifecycle.donors_in_view import sees_donors
from sim.model.rules.payment.owners_money import bring_in_owners_money
from sim.model.rules.shared.agency_capacity_and_unit_cost import pay_factor
from sim.model.rules.shared.relations_and_presence import ensure_presence, ensure_tie
from sim.model.state.agency_fields import LICENSED, SETTLED, SETTLED_TENURE

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ClockRow, GovernmentRow, PresenceRow
    from sim.model.state.world import World

FIRST_RELATION = 0.2
"""Relation of an agency with the government of its district, or of a branch, at the start."""


@rule
def begin_planned_agencies(world: World, city: CityRow) -> None:
    """Let named agencies of a city begin in the quarter that the scenario gives; their people come with them."""
    if city.planned == 0:
        return
    for a in range(len(world.agency_draws)):
        agency = world.agencies[a]
        here = agency.stage == Stage.PLANNED and agency.city == city.index
        if not here or agency.founded != world.clock[0].quarter:
            continue
        city.planned -= 1
        agency.stage = Stage.ACTIVE
        agency.registered = agency.founded if agency.form == Form.REGISTERED else -1
        find_place_in_association(world, agency)
        initialise_agency(world, a)
        city.imported_staff += agency.staff


@rule
def find_place_in_association(world: World, agency: AgencyRow) -> None:
    """Take away a membership or rooms that others have taken by now."""
    if agency.association < 0:
        return
    association = world.associations[agency.association]
    full = association.members >= association.members_limit
    if agency.host == Host.ASSOCIATION and (full or association.hosted >= association.rooms):
        agency.host = Host.OWN
    if full and agency.form != Form.ATTACHED:
        agency.association = -1
        agency.officers_in_common = False


@rule
def initialise_agency(world: World, a: int) -> None:
    """Draw what is not given about an agency of the scenario that begins now, and set its first accounts."""
    start = world.agency_draws[a]
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
    agency.advisers = start.advisers
    agency.reputation = draw_trait(clock, agency, start.reputation, start.trait_spread, 2)
    agency.mission = draw_trait(clock, agency, start.mission, start.trait_spread, 3)
    agency.founding_mission = agency.mission
    skill = draw_trait(clock, agency, start.skill, start.trait_spread, 4)
    for f in range(world.skills.shape[1]):
        own = f == agency.field or ((start.fields >> f) & 1) == 1
        world.skills[a, f] = skill if own else rules.founding_skill_elsewhere
    agency.wage = initial_wage(world, government, agency)
    agency.wage *= rules.founding_firm_wage if agency.kind == Kind.FOR_PROFIT else 1.0
    agency.administrative = rules.delivery_base_tasks
    agency.compliance = 0.5
    agency.director_since = agency.founded
    cash = to_fen(start.cash * lognormal_factor(clock, start.cash_spread, Stream.INITIAL_STATE, agency.id, 5))
    later = clock.quarter > 0
    purpose = Purpose.FOUNDING if later else Purpose.OPENING
    if agency.kind == Kind.FOR_PROFIT:
        bring_in_owners_money(world, agency, purpose, cash)
    else:
        transfer(world, world.externals[Party.HOUSEHOLDS], agency, purpose, -1, cash)
    initialise_effort(world, agency, later and sees_donors(world, agency))
    agency.acceptance = initial_acceptance(world, agency)
    agency.next_in_district = government.first_agency
    government.first_agency = a
    initialise_affiliations(world, a)
    record_event(world, Event.FOUNDED, Cause.AT_START, a, agency.district, -1, -1, cash, agency.staff)


@rule
def initial_wage(world: World, government: GovernmentRow, agency: AgencyRow) -> float:
    """Wage that full work at the ceiling price can pay, fen a month; the sector's for an agency that begins later."""
    rules = world.rules[0]
    if world.clock[0].quarter > 0:
        return world.cities[agency.city].sector_wage
    tasks = rules.delivery_base_tasks + 0.5 * rules.delivery_pressure_tasks
    return rules.costs_wage_share * income_per_person(world, government, tasks) / 3.0 / pay_factor(world, agency)


@rule
def initial_acceptance(world: World, agency: AgencyRow) -> float:
    """Draw how hard an agency is to accept for a supervising unit; one that is attached was refused before."""
    drawn = uniform(world.clock[0], Stream.REGISTRATION, agency.id, 0)
    if agency.form != Form.ATTACHED:
        return drawn
    openness = world.governments[agency.district].registration_openness
    return openness + (1.0 - openness) * drawn


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
    world.ties[ensure_tie(world, a, agency.district)].relation = relation_at_start(world, agency)
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
    presence.since = min(agency.founded, world.clock[0].quarter)
    initialise_knowledge(world, agency, presence)


@rule
def relation_at_start(world: World, agency: AgencyRow) -> float:
    """Relation with the district when an agency of the scenario begins; later founders are known as others are."""
    if world.clock[0].quarter == 0:
        return FIRST_RELATION
    known = world.rules[0].founding_relation * world.governments[agency.district].promotion_push
    if agency.origin == Origin.GOVERNMENT:
        known = max(known, world.rules[0].founding_official_relation)
    return max(known, FIRST_RELATION)


@rule
def initialise_knowledge(world: World, agency: AgencyRow, presence: PresenceRow) -> None:
    """Set what an agency knows of clients at the start, as if its people had served at home since its founding."""
    usual = world.rules[0].people_hours * agency.staff * (1.0 - agency.administrative)
    presence.known = usual * (1.0 - exp(-presence.quarters / (4.0 * world.rules[0].delivery_knowledge_time)))
    for ago in range(min(-presence.since, 4)):
        presence.past[(world.clock[0].season - 1 - ago) % 4] = usual
