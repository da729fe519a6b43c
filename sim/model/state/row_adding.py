"""Row adding: one function per growing array, which checks that there is space before anything is written.

`sim.model.row_bounds.most_new_rows` bounds what a quarter may add, and arrays grow between quarters to hold it.  If a
bound is too small, the function here that would write past the end of an array raises `CapacityError` instead and
leaves in the clock which array is full; `capacity_error` makes one clear message of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Event
from sim.engine.compilation import rule
from sim.model.state.world import GROWING, GrowingArray

if TYPE_CHECKING:
    from sim.model.state.row_types import ClockRow
    from sim.model.state.world import World


RULES_THAT_ADD = {
    GrowingArray.AGENCIES: "create_agency",
    GrowingArray.CONTRACTS: "create_lot",
    GrowingArray.TIES: "ensure_tie",
    GrowingArray.PRESENCES: "ensure_presence",
    GrowingArray.BIDS: "submit_bid",
    GrowingArray.FLOWS: "transfer",
    GrowingArray.EVENTS: "record_event",
    GrowingArray.PANEL: "copy_agencies",
    GrowingArray.BID_RECORDS: "record_bids",
    GrowingArray.REFUSED: "wait_for_registration",
}
"""The one rule that adds rows to each growing array."""


class CapacityError(RuntimeError):
    """A growing array is full, and a rule wants to add a row."""


@rule
def next_row(clock: ClockRow, used: int, capacity: int, array: int, code: int) -> int:
    """Index of the next free row of a growing array.

    Parameters
    ----------
    used, capacity : int
        Rows in use and rows there are.
    array : GrowingArray
        Which array it is.
    code : int
        What the row is about (`Event`, `Purpose`), for the message; -1 for nothing.

    Raises
    ------
    CapacityError
        If there is no free row.
    """
    if used >= capacity:
        clock.full_array = array
        clock.full_code = code
        raise CapacityError("a growing array is full; the clock says which")
    return used


@rule
def add_agency(world: World) -> int:
    """Index of a new agency's row, filled from `blank_agency`."""
    clock = world.clock[0]
    a = next_row(clock, clock.agencies, len(world.agencies), GrowingArray.AGENCIES, -1)
    clock.agencies = a + 1
    world.agencies[a] = world.blank_agency[0]
    return int(a)


@rule
def add_contract(world: World) -> int:
    """Index of a new contract's row, filled from `blank_contract`."""
    clock = world.clock[0]
    k = next_row(clock, clock.contracts, len(world.contracts), GrowingArray.CONTRACTS, -1)
    clock.contracts = k + 1
    world.contracts[k] = world.blank_contract[0]
    return int(k)


@rule
def add_tie(world: World) -> int:
    """Index of a new tie's row; the caller writes every field."""
    clock = world.clock[0]
    tie = next_row(clock, clock.ties, len(world.ties), GrowingArray.TIES, -1)
    clock.ties = tie + 1
    return int(tie)


@rule
def add_presence(world: World) -> int:
    """Index of a new presence's row, a freed one where there is one; the caller writes every field."""
    clock = world.clock[0]
    freed = clock.free_presence
    if freed >= 0:
        clock.free_presence = world.presences[freed].next
        return int(freed)
    presence = next_row(clock, clock.presences, len(world.presences), GrowingArray.PRESENCES, -1)
    clock.presences = presence + 1
    return int(presence)


@rule
def add_refused(world: World) -> int:
    """Index of a new row of refused founders, a freed one where there is one; the caller writes every field."""
    clock = world.clock[0]
    freed = clock.free_refused
    if freed >= 0:
        clock.free_refused = world.refused[freed].next
        return int(freed)
    refused = next_row(clock, clock.refused, len(world.refused), GrowingArray.REFUSED, -1)
    clock.refused = refused + 1
    return int(refused)


@rule
def add_bid(world: World) -> int:
    """Index of a new bid's row; the caller writes every field."""
    clock = world.clock[0]
    bid = next_row(clock, clock.bids, len(world.bids), GrowingArray.BIDS, -1)
    clock.bids = bid + 1
    return int(bid)


@rule
def add_bid_record(world: World) -> int:
    """Index of a new bid record's row; the caller writes every field."""
    clock = world.clock[0]
    row = next_row(clock, clock.bid_records, len(world.bid_records), GrowingArray.BID_RECORDS, -1)
    clock.bid_records = row + 1
    return int(row)


@rule
def add_flow(world: World, purpose: int) -> int:
    """Index of a new flow's row; the caller writes every field."""
    clock = world.clock[0]
    flow = next_row(clock, clock.flows, len(world.flows), GrowingArray.FLOWS, purpose)
    clock.flows = flow + 1
    return int(flow)


@rule
def add_event(world: World, event: int) -> int:
    """Index of a new event's row; the caller writes every field."""
    clock = world.clock[0]
    added = next_row(clock, clock.events, len(world.events), GrowingArray.EVENTS, event)
    clock.events = added + 1
    return int(added)


@rule
def add_panel_row(world: World) -> int:
    """Index of a new row of the panel; the caller writes it and the rows that go with it."""
    clock = world.clock[0]
    row = next_row(clock, clock.panel, len(world.panel), GrowingArray.PANEL, -1)
    clock.panel = row + 1
    return int(row)


def capacity_error(world: World) -> CapacityError:
    """The error of a run that stopped because an array was full, with array, quarter and rule."""
    clock = world.clock[0]
    array = GrowingArray(clock.full_array)
    code = int(clock.full_code)
    about = ""
    if array == GrowingArray.EVENTS:
        about = f" writing {Event.member(code).label}"
    elif array == GrowingArray.FLOWS:
        about = f" writing {Purpose.member(code).label}"
    name = GROWING[array][0]
    return CapacityError(
        f"array '{name}' is full in quarter {int(clock.quarter)} (rule {RULES_THAT_ADD[array]}{about}): it has "
        f"{len(getattr(world, name))} rows.  The bound on new rows in sim.model.quarter is too small; with "
        "NUMBA_DISABLE_JIT=1 the traceback shows which rule called this one"
    )
