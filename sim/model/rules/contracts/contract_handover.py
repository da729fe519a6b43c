"""Contract handover: a predecessor introduces its successor, where the purchaser requires it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.events_and_causes import Cause, Event
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.relations_and_presence import ensure_presence, find_presence

if TYPE_CHECKING:
    from sim.model.state.row_types import ContractRow
    from sim.model.state.world import World


@rule
def hand_over_contract(world: World, contract: ContractRow) -> None:
    """Give the new agency a share of the predecessor's quarters of presence and of its knowledge of clients.

    Only clients of this contract are introduced, and not all that is known of them can be told.
    """
    government = world.governments[contract.government]
    share = government.contract_handover
    if share <= 0 or contract.incumbent < 0 or contract.incumbent == contract.agency:
        return
    former = find_presence(world, world.agencies[contract.incumbent], contract.community)
    if former < 0 or world.presences[former].quarters <= 0:
        return
    presence = world.presences[ensure_presence(world, contract.agency, contract.community)]
    presence.quarters = max(presence.quarters, share * world.presences[former].quarters)
    told = world.rules[0].assessing_handed_knowledge * min(world.presences[former].known, contract.promised_hours)
    presence.known = max(presence.known, share * told)
    contract.handover = share
    government.handovers += 1
    record_event(
        world,
        Event.HANDED_OVER,
        Cause.HANDOVER_REQUIRED,
        contract.agency,
        contract.government,
        Party.AGENCY,
        contract.incumbent,
        0,
        0,
    )


@rule
def hours_of_handover(world: World, contract: ContractRow, hours: float) -> float:
    """Delivered hours that go into taking over, in the first quarter of a contract; they serve nobody yet."""
    if world.clock[0].quarter != contract.ends - contract.term:
        return 0.0
    return hours * world.rules[0].assessing_handover_time * contract.handover
