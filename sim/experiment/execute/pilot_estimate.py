"""Pilot estimate: how much work a run is, from one run ahead of all others; and the plan that follows from some."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.execute.chunk_job import compile_rules
from sim.experiment.execute.executor_choice import check_workers, local_executor
from sim.experiment.execute.executor_protocol import Executor, Lost, completed, usable_cores
from sim.experiment.execute.pilot_sample import Cost, measure, places_of
from sim.experiment.execute.result_collector import ResultCollector, work_of
from sim.experiment.store.batches import chunk_size
from sim.experiment.store.column_notes import column_notes
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.results_folder import json_text, parquet

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.experiment.design.cost_and_coverage import Plan
    from sim.experiment.execute.progress_reporter import ProgressReporter

USUAL_WORK = 2_000
"""Agencies times quarters that are assumed where the pilot itself fails; the failures will say why."""
_ROWS = 100_000
"""Points of the design that are written to see how many bytes they take."""
FAILED = "every run of the pilot failed, so time and space are unknown; a sweep lists its failures"


def pilot_estimate(design: Design, points: pa.Table, executor: Executor, reporter: ProgressReporter) -> int:
    """Agencies times quarters of the first replication of the first point.

    It is run by the executor: a run that kills its process kills none of ours.
    """
    compile_rules(executor, reporter)
    for _, answer in completed(executor, partial(_work, design), [design.row(points, 0)], 1):
        if not isinstance(answer, Lost):
            return answer
    return USUAL_WORK


def _work(design: Design, row: dict[str, Any]) -> int:
    collector = ResultCollector(design, PartWriter(Path(), 0))  # which is given nothing to write
    try:
        result = collector.initialise((0, 0), row)
        result.run_to(result.compiled.quarters)
        return work_of(np.asarray(result.world.outcome_values))
    except Exception:
        # Whatever it is, it will be among the failures, with its traceback.
        return USUAL_WORK


def measured_plan(design: Design, workers: int | None, reporter: ProgressReporter) -> Plan:
    """The plan of a design for so many workers of this machine, found out by some runs; every core by default.

    Raises
    ------
    QueryError
        If `workers` is no number of processes.
    """
    from sim.experiment.design.cost_and_coverage import make_plan

    check_workers(workers)
    points = design.table()
    asked = design.file.precision
    each = asked.first if asked is not None else design.file.replications or 1
    runs = points.num_rows * each
    cost, start = _measured(design, points, each, reporter)
    size = chunk_size(runs, USUAL_WORK if cost is None else cost.work)
    return make_plan(
        design,
        points,
        seconds_per_run=None if cost is None else cost.seconds(each, size),
        bytes_per_run=None if cost is None else cost.row + cost.footer / size,
        bytes_beside=_bytes_beside(design, points),
        seconds_to_start=start,
        runs_per_chunk=size,
        # Without workers, this process does the work of one.
        workers=usable_cores() if workers is None else max(workers, 1),
        notes=() if cost is not None else (FAILED,),
    )


def _measured(
    design: Design, points: pa.Table, replications: int, reporter: ProgressReporter
) -> tuple[Cost | None, float | None]:
    """What runs cost, by a process of its own, and how long that took to start; None where all of them failed."""
    executor = local_executor(1)
    sample = partial(measure, design, replications, points.num_rows * replications)
    try:
        compile_rules(executor, reporter)
        began = time.perf_counter()
        for _, answer in completed(executor, sample, [places_of(points)], 1):
            if isinstance(answer, Cost):
                return answer, time.perf_counter() - began - answer.spent
    finally:
        executor.shutdown()
    return None, None


def _bytes_beside(design: Design, points: pa.Table) -> float:
    """Bytes of what a folder holds once: the points, and the notes of columns."""
    some = points.slice(0, _ROWS)
    rows = len(parquet(some)) * points.num_rows / max(some.num_rows, 1)
    return rows + len(json_text(column_notes(design)))
