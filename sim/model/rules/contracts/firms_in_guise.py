"""Firms in guise: firms that register as social work agencies, what purchasers then see, and how they are found out.

Purchasers know an agency's kind only as far as its registration, an inspection or poor work shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.ledger.transfers_and_events import record_event

if TYPE_CHECKING:
    from sim.engine.rng.philox import IntLike
    from sim.model.state.row_types import AgencyRow, ContractRow
    from sim.model.state.world import World


@rule
def registers_in_guise(world: World, entity: IntLike) -> bool:
    """Draw whether investors register the firm with this id as a social work agency."""
    return bool(bernoulli(world.clock[0], world.rules[0].founding_disguise, Stream.INSPECTION, entity, 0))


@rule
def passes_as_nonprofit(agency: AgencyRow) -> bool:
    """Whether purchasers take an agency for a nonprofit: it is one, or a firm in guise."""
    return bool(agency.kind == Kind.NONPROFIT or agency.guise)


@rule
def inspect_firm(world: World, a: int) -> None:
    """Draw whether an inspection by its home district finds a firm out this quarter."""
    agency = world.agencies[a]
    chance = world.governments[agency.district].registration_inspection / 4.0
    if agency.guise and bernoulli(world.clock[0], chance, Stream.INSPECTION, agency.id, 1):
        reveal_firm(world, a, Cause.INSPECTED)


@rule
def expose_by_poor_work(world: World, contract: ContractRow, cause: int) -> None:
    """Draw whether missing hours, or a failing grade, show that a contract's agency is a firm in guise.

    Parameters
    ----------
    contract : row
        Contract with poor work.
    cause : Cause
        Whether the purchaser noticed missing hours, an assessment found them, or the grade was low.
    """
    agency = world.agencies[contract.agency]
    number = 0 if cause == Cause.NOT_DELIVERED else 1
    chance = world.rules[0].standing_exposure
    if agency.guise and bernoulli(world.clock[0], chance, Stream.INSPECTION, contract.id, number):
        reveal_firm(world, contract.agency, cause)


@rule
def reveal_firm(world: World, a: int, cause: int) -> None:
    """Let a firm in guise count as a firm: it loses reputation, relations and its association; contracts run on."""
    agency = world.agencies[a]
    agency.guise = False
    kept = 1.0 - world.rules[0].standing_shading_penalty
    agency.reputation *= kept
    tie = agency.first_tie
    while tie >= 0:
        world.ties[tie].relation *= kept
        tie = world.ties[tie].next
    if agency.association >= 0:
        association = world.associations[agency.association]
        association.members -= 1
        if agency.host == Host.ASSOCIATION:
            association.hosted -= 1
            agency.host = Host.OWN
        agency.association = -1
        agency.officers_in_common = False
    record_event(world, Event.REVEALED, cause, a, agency.district, -1, -1, 0, agency.staff)
