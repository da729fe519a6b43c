"""The pilot: one run, here and now, that tells how much work a run is, and compiles the rules where need be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

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
    """

    work: int
    seconds: float
    written: int


def fly(design: Design, points: pa.Table, watcher: Watcher) -> Pilot:
    """Run the first replication of the first point."""
    from sim.rule import is_compiled, mark_compiled

    if not is_compiled():
        with watcher.compiling():
            _run(design, points)
        mark_compiled()
    return _run(design, points)


def _run(design: Design, points: pa.Table) -> Pilot:
    from sim.experiment.chunk import replication_seed
    from sim.record import simulate

    began = time.perf_counter()
    try:
        record = simulate(design.blueprint(points.slice(0, 1).to_pylist()[0]), replication_seed(design.file.seed, 0))
    except Exception:
        return Pilot(USUAL_WORK, 0.0, 0)
    return Pilot(int(np.sum(record.sector["agencies"])), time.perf_counter() - began, 0)
