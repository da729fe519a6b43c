"""Table streaming: the tables of a run, piece by piece, so that those of a whole country need not be in memory.

Of the panel, the bids and the ledger, which grow longest, pieces are made during the run and packed; all others are
made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import pyarrow as pa
import pyarrow.ipc

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.output.quarter_columns import concatenate
from sim.output.table_conversion import (
    agencies_table,
    bids_table,
    communities_table,
    contracts_table,
    events_table,
    institutions_table,
    money_table,
    policy_table,
    sector_table,
    triggers_table,
    with_run_numbers,
)
from sim.output.table_names import TableNames

Make = Callable[[CompiledScenario, World, TableNames, range], pa.Table]
"""Makes a table of some quarters, or records, of a run."""

MOST_ROWS = 65_536
"""Rows of a piece; runs of a city give but one for each table."""


def packed(table: pa.Table) -> pa.Buffer:
    """A table as compressed bytes, a fraction of its size, until it is asked for."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def unpacked(pieces: Iterable[pa.Buffer]) -> Iterator[pa.Table]:
    """Packed pieces as tables again."""
    return (pa.ipc.open_stream(piece).read_all() for piece in pieces)


def pieces_of_run(
    compiled: CompiledScenario,
    world: World,
    panels: Iterable[pa.Buffer],
    bids: Iterable[pa.Buffer],
    flows: Iterable[pa.Buffer],
    replication: int,
    point: int,
) -> dict[str, Iterator[pa.Table]]:
    """Every table of a run in pieces, in order of rows; at least one piece each, all of the same columns.

    Parameters
    ----------
    compiled : CompiledScenario
        What was run.
    world : World
        Its end; must not change before the last piece is taken.
    panels, bids, flows : iterable of pyarrow.Buffer
        Packed pieces of the tables `agencies`, `bids` and `money` that were put aside during the run.
    replication, point : int
        Numbers that go into the columns of these names.
    """
    names = TableNames(compiled, world)
    clock = world.clock[0]

    done = int(clock.quarter)
    copied = done if clock.detailed else 0

    def of_quarters(make: Make, each: int, quarters: int = copied) -> Iterator[pa.Table]:
        return (make(compiled, world, names, span) for span in spans(quarters, MOST_ROWS // max(each, 1)))

    def of_records(make: Make, used: int) -> Iterator[pa.Table]:
        return (make(compiled, world, names, span) for span in spans(used, MOST_ROWS))

    tables = {
        "sector": of_quarters(sector_table, 1, done),
        "agencies": chain(unpacked(panels), of_records(agencies_table, int(clock.panel))),
        "communities": of_quarters(communities_table, len(world.communities)),
        "contracts": of_records(contracts_table, int(clock.contracts)),
        "bids": chain(unpacked(bids), of_records(bids_table, int(clock.bid_records))),
        "events": of_records(events_table, int(clock.events)),
        "money": chain(unpacked(flows), of_records(money_table, int(clock.flows))),
        "policy": of_quarters(policy_table, len(world.governments)),
        "institutions": of_quarters(institutions_table, len(world.institutions)),
        "triggers": of_quarters(triggers_table, len(world.triggers), done),
    }
    return {name: (with_run_numbers(piece, replication, point) for piece in pieces) for name, pieces in tables.items()}


def spans(total: int, most: int) -> list[range]:
    """Cut so many rows, or quarters, into spans; nothing is one empty span.

    >>> spans(5, 2), spans(0, 2)
    ([range(0, 2), range(2, 4), range(4, 5)], [range(0, 0)])
    """
    step = max(most, 1)
    return [range(first, min(first + step, total)) for first in range(0, max(total, 1), step)]


def joined(pieces: Iterable[pa.Table]) -> pa.Table:
    """Pieces as one table."""
    first, *others = pieces
    return concatenate([first, *others]) if others else first
