"""What a sweep would take, found out by one run."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sim.experiment.execute.batches import chunk_size
from sim.experiment.execute.executor_choice import check_workers
from sim.experiment.execute.local_executors import Processes
from sim.experiment.execute.pilot_estimate import fly
from sim.experiment.execute.worker_pool import usable_cores

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.design.cost_and_coverage import Plan
    from sim.experiment.execute.progress_reporter import ProgressReporter


def planned(design: Design, workers: int | None, watcher: ProgressReporter) -> Plan:
    """The plan of a design for so many workers of this machine; every core by default.

    Raises
    ------
    QueryError
        If `workers` is no number of processes.
    """
    from sim.experiment.design.cost_and_coverage import make_plan

    check_workers(workers)
    points = design.table()
    with contextlib.closing(Processes(1)) as engine:
        pilot = fly(design, points, engine, watcher)
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


__all__ = ["planned"]
