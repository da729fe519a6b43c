"""What a sweep would take, found out by one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.pool import usable_cores
from sim.experiment.sweep.batches import chunk_size
from sim.experiment.sweep.pilot import fly

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.design.plan import Plan
    from sim.experiment.sweep.conduct import Watcher


def planned(design: Design, workers: int | None, watcher: Watcher) -> Plan:
    """The plan of a design for so many workers of this machine; every core by default."""
    from sim.experiment.design.plan import plan_of

    points = design.table()
    pilot = fly(design, points, watcher)
    asked = design.file.precision
    runs = points.num_rows * (asked.first if asked is not None else design.file.replications or 1)
    return plan_of(
        design,
        points,
        seconds_per_run=pilot.seconds,
        bytes_per_run=pilot.written,
        runs_per_chunk=chunk_size(runs, pilot.work),
        workers=workers or usable_cores(),
    )


__all__ = ["planned"]
