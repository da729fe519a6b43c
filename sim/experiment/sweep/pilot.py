"""The pilot: one run, here and now, that tells how much work a run is, and compiles the rules where need be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from sim.experiment.sweep.archive import SERIES, SUMMARY, parquet
from sim.experiment.sweep.harvest import Harvest

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design import Design
    from sim.experiment.sweep.conduct import Watcher

USUAL_WORK = 2_000
"""Agencies times quarters that are assumed where the pilot itself fails; the failure book will tell why."""


class Pilot(NamedTuple):
    """What a run costs.

    Attributes
    ----------
    work : int
        Agencies times quarters.
    seconds : float
        Of a run, compilation left out.
    written : int
        Bytes of its rows.
    footer : int
        Bytes that a chunk takes beside them.
    """

    work: int = USUAL_WORK
    seconds: float = 0.0
    written: int = 0
    footer: int = 0


def fly(design: Design, points: pa.Table, watcher: Watcher) -> Pilot:
    """Run the first replication of the first point, twice where the rules are compiled by the first time."""
    from sim.rule import is_compiled, mark_compiled

    if not is_compiled():
        with watcher.compiling():
            pilot = _run(design, points)
        if pilot.seconds:
            mark_compiled()
    return _run(design, points)


def _run(design: Design, points: pa.Table) -> Pilot:
    keep = design.file.keep
    harvest = Harvest(design, design.file.seed, tuple(keep.series), tuple(keep.tables))
    row = points.slice(0, 1).to_pylist()[0]
    try:
        record = harvest.begin((0, 0), row)
        began = time.perf_counter()
        record.run_to(record.blueprint.quarters)
        seconds = time.perf_counter() - began
        harvest.keep((0, 0), record)
    except Exception:
        # Whatever it is, it will be in the failure book, with its traceback.
        return Pilot()
    tables = harvest.arrow()
    rows = sum(tables[name].nbytes for name in (SUMMARY, SERIES) if name in tables)
    whole = sum(len(parquet(table)) for name, table in tables.items() if name not in (SUMMARY, SERIES))
    return Pilot(harvest.work, seconds, rows + whole, len(parquet(tables[SUMMARY])) - tables[SUMMARY].nbytes)
