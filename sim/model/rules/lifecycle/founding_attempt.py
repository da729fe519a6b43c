"""Founding attempt: founders with enough staff, licences and capital register; others attach themselves, or wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.engine.rng.philox import IntLike, child_id, uniform
from sim.model.rules.contracts.contract_eligibility import admits_for_profit
from sim.model.rules.contracts.firms_in_guise import registers_in_guise
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.lifecycle.agency_creation import (
    affiliate_new_agency,
    assign_founding_staff,
    create_agency,
    initial_relation,
    provide_founding_money,
)
from sim.model.rules.lifecycle.agency_registration import Applicant, registration_obstacle
from sim.model.rules.lifecycle.association_membership import find_open_association
from sim.model.rules.lifecycle.founding_teams import (
    MINIMUM_FOUNDING_STAFF,
    Founders,
    affordable_staff,
    founding_cash,
    founding_recruits,
    founding_staff_size,
    founds_elsewhere,
    required_licensed_share,
)
from sim.model.state.row_adding import add_refused

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow
    from sim.model.state.world import World


@rule
def try_to_found_agency(world: World, g: int, founders: Founders) -> bool:
    """Let founders try for the first time to found an agency in a district.

    Returns
    -------
    bool
        Whether the agency began to work, or its founders wait for a government unit that supervises it.
    """
    clock = world.clock[0]
    # An agency may found a sister at home and one in another city in the same quarter.
    entity: IntLike = child_id(founders.id, founders.origin, clock.quarter, 1 if founds_elsewhere(founders) else 0)
    acceptance = uniform(clock, Stream.REGISTRATION, entity, 0)
    obstacle = attempt_founding(world, g, founders, entity, acceptance, True)
    if obstacle == Cause.NO_SUPERVISING_UNIT and founders.kind == Kind.NONPROFIT:
        wait_for_registration(world, g, founders, entity, acceptance)
        return True
    return bool(obstacle == Cause.NONE)


@rule
def attempt_founding(world: World, g: int, founders: Founders, entity: IntLike, acceptance: float, first: bool) -> int:
    """Found an agency if nothing stands in the way.

    Staff come from the seekers of the city, from a sister agency of the same city, or from the company it was.  At
    their first attempt founders who cannot register may attach themselves to an association with room instead, and what
    stopped them is recorded.

    Parameters
    ----------
    g : int
        District government.
    founders : Founders
        Who founds it.
    entity : int
        Id of the agency to be, that keys the draws.
    acceptance : float
        How hard the founders are to accept, 0 to 1.
    first : bool
        Whether it is their first attempt.

    Returns
    -------
    int
        What stopped them, a `Cause`; `NONE` if the agency began to work.
    """
    government = world.governments[g]
    city = world.cities[government.city]
    size = founding_staff_size(world, founders, entity)
    cash = founding_cash(world, government, founders, size, entity)
    capital = cash + (world.colleges[founders.which].grant if founders.party == Party.COLLEGE else 0)
    size = affordable_staff(world, city, founders, size, capital)
    guise = founders.kind == Kind.FOR_PROFIT and registers_in_guise(world, entity)
    share = required_licensed_share(government, founders, guise)
    unlicensed, licensed = founding_recruits(world, city, founders, size, share)
    people = unlicensed + licensed
    relation = initial_relation(world, government, founders)
    agreed = founders.origin == Origin.GOVERNMENT
    applicant = Applicant(capital, licensed, people, acceptance, relation, agreed)
    obstacle = founding_obstacle(world, government, founders, applicant, guise)
    form = Form.REGISTERED
    if obstacle != Cause.NONE:
        if not first:
            return obstacle
        if not attaches(world, g, founders, entity, people):
            record_event(world, Event.NOT_FOUNDED, obstacle, -1, g, founders.party, founders.which, 0, people)
            return obstacle
        form = Form.ATTACHED
    a = create_agency(world, g, founders, form, entity)
    world.agencies[a].acceptance = acceptance
    world.agencies[a].guise = guise
    assign_founding_staff(world, a, founders, unlicensed, licensed)
    provide_founding_money(world, a, founders, to_fen(cash))
    affiliate_new_agency(world, a, founders, form)
    return Cause.NONE


@rule
def founding_obstacle(
    world: World, government: GovernmentRow, founders: Founders, applicant: Applicant, guise: bool
) -> int:
    """Obstacle that keeps founders from registering; `Cause.NONE` where there is none.

    Parameters
    ----------
    guise : bool
        Whether they would register a firm as a social work agency.
    """
    open_firm = founders.kind == Kind.FOR_PROFIT and not guise
    if open_firm and not admits_for_profit(government, applicant.licensed, applicant.staff):
        return Cause.TOO_FEW_LICENSED
    if applicant.staff < MINIMUM_FOUNDING_STAFF:
        return Cause.NOT_ENOUGH_STAFF
    return registration_obstacle(world, government, applicant)


@rule
def attaches(world: World, g: int, founders: Founders, entity: IntLike, people: int) -> bool:
    """Draw whether founders who cannot register attach themselves to an association of the district or its city.

    Parameters
    ----------
    g : int
        District government.
    founders : Founders
        Who founds it.
    entity : int
        Id of the agency to be.
    people : int
        Founding staff.
    """
    government = world.governments[g]
    nonprofit = founders.kind == Kind.NONPROFIT and founders.origin != Origin.CONVERTED
    if not nonprofit or people < MINIMUM_FOUNDING_STAFF or government.registration_attachment <= 0:
        return False
    if find_open_association(world, world.cities[government.city], g) < 0:
        return False
    return bernoulli(world.clock[0], world.rules[0].founding_attach, Stream.WAITING, entity, 2)


@rule
def wait_for_registration(world: World, g: int, founders: Founders, entity: IntLike, acceptance: float) -> None:
    """Add refused founders to those of their city who wait; who came last stands first.

    Parameters
    ----------
    g : int
        District government.
    founders : Founders
        Who founds it.
    entity : int
        Id of the agency to be.
    acceptance : float
        How hard they are to accept, 0 to 1.
    """
    city = world.cities[world.governments[g].city]
    j = add_refused(world)
    refused = world.refused[j]
    refused.id = entity
    refused.acceptance = acceptance
    refused.party = founders.party
    refused.which = founders.which
    refused.founder_id = founders.id
    refused.origin = founders.origin
    refused.leaving = founders.leaving
    refused.district = g
    refused.since = world.clock[0].quarter
    refused.next = city.first_refused
    city.first_refused = j
    city.refused_founders += 1
