"""Pilot estimate: one run ahead of all others says how much work a run is; and the plan that follows from it."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.experiment.execute.chunk_job import compile_rules, load_rules
from sim.experiment.execute.executor_choice import check_workers, local_executor
from sim.experiment.execute.executor_protocol import Executor, Lost, completed, usable_cores
from sim.experiment.execute.result_collector import COLUMNS, ResultCollector
from sim.experiment.store.batches import chunk_size
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.results_folder import SUMMARY

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.experiment.design.cost_and_coverage import Plan
    from sim.experiment.execute.progress_reporter import ProgressReporter

USUAL_WORK = 2_000
"""Agencies times quarters that are assumed where the pilot itself fails; the failures will say why."""
_NUMBER = 8
"""Bytes of a number."""


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


def pilot_estimate(design: Design, points: pa.Table, executor: Executor, reporter: ProgressReporter) -> Pilot:
    """Run the first replication of the first point, by the executor: a run that kills its process kills none of ours.

    The rules are compiled, or loaded, before its time is taken.
    """
    compile_rules(executor, reporter)
    for _, answer in completed(executor, partial(_run, design), [design.row(points, 0)], 1):
        if not isinstance(answer, Lost):
            return answer
    return Pilot()


def _run(design: Design, row: dict[str, Any]) -> Pilot:
    keep = design.file.keep
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            writer = PartWriter(Path(folder), 0)
            collector = ResultCollector(design, writer)
            load_rules()
            result = collector.initialise((0, 0), row)
            began = time.perf_counter()
            result.run_to(result.compiled.quarters)
            seconds = time.perf_counter() - began
            collector.keep((0, 0), result)
            files = collector.publish()
    except Exception:
        # Whatever it is, it will be among the failures, with its traceback.
        return Pilot()
    # Numbers of a simulation hardly shrink, so rows of a large file take what they take in memory.
    summary = _NUMBER * (len(COLUMNS) + 2)
    series = _NUMBER * (len(keep.series) + 1) * result.compiled.quarters if keep.series else 0
    tables = sum(files[name].bytes for name in keep.tables)
    return Pilot(collector.work, seconds, summary + series + tables, files[SUMMARY].bytes - summary)


def measured_plan(design: Design, workers: int | None, reporter: ProgressReporter) -> Plan:
    """The plan of a design for so many workers of this machine, found out by one run; every core by default.

    Raises
    ------
    QueryError
        If `workers` is no number of processes.
    """
    from sim.experiment.design.cost_and_coverage import make_plan

    check_workers(workers)
    points = design.table()
    executor = local_executor(1)
    try:
        pilot = pilot_estimate(design, points, executor, reporter)
    finally:
        executor.shutdown()
    asked = design.file.precision
    runs = points.num_rows * (asked.first if asked is not None else design.file.replications or 1)
    size = chunk_size(runs, pilot.work)
    return make_plan(
        design,
        points,
        seconds_per_run=pilot.seconds,
        bytes_per_run=pilot.written + pilot.footer / size,
        runs_per_chunk=size,
        # Without workers, this process does the work of one.
        workers=usable_cores() if workers is None else max(workers, 1),
    )
