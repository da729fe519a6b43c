"""The tables of a run, piece by piece, so that those of a whole country need not be in memory together.

Of the panel and the ledger, which grow longest, pieces are made on the way and packed; all other pieces are
made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.ipc

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.output.arrow_arrays import numbers
from sim.output.table_conversion import (
    agencies_table,
    agency_names,
    communities_table,
    contracts_table,
    events_table,
    institutions_table,
    money_table,
    policy_table,
    sector_table,
    triggers_table,
)

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
    panels, flows : iterable of pyarrow.Buffer
        Packed pieces of the tables `agencies` and `money` that were put aside on the way.
    replication, point : int
        Numbers that go into the columns of these names.
    """
    names = agency_names(compiled, world)
    clock = world.clock[0]

    done = int(clock.quarter)
    copied = done if clock.detailed else 0

    def of_quarters(
        make: Callable[[CompiledScenario, World, range], pa.Table], each: int, quarters: int = copied
    ) -> Iterator[pa.Table]:
        return (make(compiled, world, span) for span in spans(quarters, MOST_ROWS // max(each, 1)))

    def of_records(
        make: Callable[[CompiledScenario, World, Sequence[str], range], pa.Table], used: int
    ) -> Iterator[pa.Table]:
        return (make(compiled, world, names, span) for span in spans(used, MOST_ROWS))

    tables = {
        "sector": of_quarters(sector_table, 1, done),
        "agencies": chain(unpacked(panels), of_records(agencies_table, int(clock.panel))),
        "communities": of_quarters(communities_table, len(world.communities)),
        "contracts": of_records(contracts_table, int(clock.contracts)),
        "events": of_records(events_table, int(clock.events)),
        "money": chain(unpacked(flows), of_records(money_table, int(clock.flows))),
        "policy": of_quarters(policy_table, len(world.governments)),
        "institutions": of_quarters(institutions_table, len(world.institutions)),
        "triggers": of_quarters(triggers_table, len(world.triggers), done),
    }
    return {name: numbered(pieces, replication, point) for name, pieces in tables.items()}


def spans(total: int, most: int) -> list[range]:
    """Cut so many rows, or quarters, into spans; nothing is one empty span.

    >>> spans(5, 2), spans(0, 2)
    ([range(0, 2), range(2, 4), range(4, 5)], [range(0, 0)])
    """
    step = max(most, 1)
    return [range(first, min(first + step, total)) for first in range(0, max(total, 1), step)]


def numbered(pieces: Iterable[pa.Table], replication: int, point: int) -> Iterator[pa.Table]:
    """Pieces with the numbers of point and replication in front."""
    for piece in pieces:
        with_replication = piece.add_column(0, "replication", numbers(np.full(piece.num_rows, replication, np.int32)))
        yield with_replication.add_column(0, "point", numbers(np.full(piece.num_rows, point, np.int32)))


def joined(pieces: Iterable[pa.Table]) -> pa.Table:
    """Pieces as one table."""
    first, *others = pieces
    return pa.concat_tables([first, *others]).unify_dictionaries() if others else first
