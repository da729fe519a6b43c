"""The pilot: one run ahead of all others, which tells how much work a run is and has the rules compiled once."""

from __future__ import annotations

import contextlib
import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.experiment.execute.executor_protocol import Engine, Lost
from sim.experiment.execute.result_collector import ResultCollector
from sim.experiment.execute.rule_loading import load_rules
from sim.experiment.store.sweep_folder import SERIES, SUMMARY, parquet

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter

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


def fly(design: Design, points: pa.Table, engine: Engine, watcher: ProgressReporter) -> Pilot:
    """Run the first replication of the first point, by the engine: a run that kills its process kills none of ours.

    The rules are compiled, or loaded, before its time is taken.
    """
    from sim.engine.rules_cache import is_compiled, mark_compiled

    row = design.row(points, 0)
    if is_compiled():
        return _flown(design, row, engine)
    with watcher.compiling():
        pilot = _flown(design, row, engine)
    if pilot.seconds:
        mark_compiled()
    return pilot


def _flown(design: Design, row: dict[str, Any], engine: Engine) -> Pilot:
    with contextlib.closing(engine.answers(partial(_run, design), [row], 1)) as answers:
        for _, answer in answers:
            if not isinstance(answer, Lost):
                return answer
    return Pilot()


def _run(design: Design, row: dict[str, Any]) -> Pilot:
    keep = design.file.keep
    harvest = ResultCollector(design, design.file.seed, tuple(keep.series), tuple(keep.tables))
    try:
        load_rules()
        record = harvest.initialise((0, 0), row)
        began = time.perf_counter()
        record.run_to(record.compiled.quarters)
        seconds = time.perf_counter() - began
        harvest.keep((0, 0), record)
    except Exception:
        # Whatever it is, it will be in the failure book, with its traceback.
        return Pilot()
    tables = harvest.arrow()
    rows = sum(tables[name].nbytes for name in (SUMMARY, SERIES) if name in tables)
    whole = sum(len(parquet(table)) for name, table in tables.items() if name not in (SUMMARY, SERIES))
    return Pilot(harvest.work, seconds, rows + whole, len(parquet(tables[SUMMARY])) - tables[SUMMARY].nbytes)
