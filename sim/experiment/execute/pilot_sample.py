"""Pilot sample: runs from several places of a design, made and written as a sweep does, with their time and bytes.

The first run of a point costs more than its further replications, because its scenario is compiled; rows of a file
take fewer bytes the more there are.  So both are measured, within a few seconds where runs are short.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.experiment.design.point_table import POINT, SCENARIO, VARIANT
from sim.experiment.execute.chunk_job import load_rules
from sim.experiment.execute.result_collector import ResultCollector
from sim.experiment.store.batches import Run, chunk_size
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.receipts import Receipt
from sim.experiment.store.results_folder import ResultsFolder

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design

BUDGET = 4.0
"""Seconds after which no further run is begun, once each scenario and variant had one."""
_PLACES = 6
"""Places of the design that are looked at beside one of each scenario and variant."""
_MOST_BASES = 4
_NEIGHBOURS = 120
"""Points behind each other at a place, at most; a chunk holds neighbours, which are alike."""


class Cost(NamedTuple):
    """What a sweep costs.

    Attributes
    ----------
    work : int
        Agencies times quarters of the first run.
    first, further : float
        Seconds of the first run of a point, and of each further replication.
    keeping, chunk : float
        Seconds that writing takes for each run, and for each chunk beside.
    row, footer : float
        Bytes of each run, and of each chunk beside.
    spent : float
        Seconds that measuring took, loading of the rules left out.
    """

    work: int
    first: float
    further: float
    keeping: float
    chunk: float
    row: float
    footer: float
    spent: float = 0.0

    def seconds(self, replications: int, size: int) -> float:
        """Seconds of a run with its share of its chunk, where points have so many replications and chunks so many runs.

        A scenario is compiled anew for every point, and where a chunk begins within a point.
        """
        compiled = 1 / replications + 1 / size - 1 / math.lcm(replications, size)
        return self.further + compiled * (self.first - self.further) + self.keeping + self.chunk / size


class Place(NamedTuple):
    """Points behind each other, with their rows of the design."""

    rows: tuple[dict[str, Any], ...]


def places_of(points: pa.Table) -> list[Place]:
    """Where a design is looked at: the middle of each scenario and variant, then places all over it."""
    count = points.num_rows
    bases = points.select([POINT, SCENARIO, VARIANT]).group_by([SCENARIO, VARIANT])
    ends = bases.aggregate([(POINT, "min"), (POINT, "max")]).to_pylist()
    middles = [(base[f"{POINT}_min"] + base[f"{POINT}_max"]) // 2 for base in ends[:_MOST_BASES]]
    spread = [int((k + 0.5) / _PLACES * count) for k in range(_PLACES)]
    near = max(1, min(_NEIGHBOURS, count // (2 * _PLACES)))
    # First inwards, then outwards, so that a sample that is cut short is still no end of the design.
    chosen = dict.fromkeys([*middles, *sorted(spread, key=lambda point: abs(point - count / 2))])
    return [Place(tuple(points.slice(first, near).to_pylist())) for first in chosen]


def measure(design: Design, replications: int, runs: int, places: Sequence[Place]) -> Cost | None:
    """Make some runs of a design; by an executor, because a run may kill its process.

    Parameters
    ----------
    design : Design
        The experiment.
    replications : int
        Runs of each point.
    runs : int
        Runs in all, which say how large chunks are.
    places : sequence of Place
        Where to look, the most important first.

    Returns
    -------
    Cost or None
        None where no run ended.
    """
    load_rules()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        sample = _Sample(design, ResultsFolder(Path(folder)))
        once = sample.chunk(_consecutive(places[0], 1), np.inf, 1)
        if once is None:
            return None
        # What is loaded and opened for the first time is no part of what a run takes; where that is little, once more.
        again = None if once.seconds > BUDGET / 4 else sample.chunk(_consecutive(places[0], 1), np.inf, 1)
        alone = again or once
        size = chunk_size(runs, alone.work)
        many = sample.places(places, replications, max(size, 2 * len(places)))
        return _cost(alone, many or alone)._replace(spent=time.perf_counter() - began)


def _cost(alone: _Made, many: _Made) -> Cost:
    """Cost from one chunk of a single run, and one of many."""
    more = max(many.runs - 1, 1)
    keeping = max(many.writing - alone.writing, 0.0) / more
    row = max(many.bytes - alone.bytes, 0) / more if many.runs > 1 else 0.0
    first = fmean(many.first)
    further = fmean(many.further) if many.further else first
    return Cost(alone.work, first, further, keeping, max(alone.writing - keeping, 0.0), row, alone.bytes - row)


class _Made(NamedTuple):
    """A chunk that was made: runs, work, seconds of runs (a mean for each place) and of writing, and bytes."""

    runs: int
    work: int
    first: list[float]
    further: list[float]
    writing: float
    bytes: int

    @property
    def seconds(self) -> float:
        return self.first[0] + self.writing


class _Sample:
    """Makes chunks of a design in a folder that is thrown away."""

    def __init__(self, design: Design, folder: ResultsFolder) -> None:
        self.design, self.folder, self.number = design, folder, 0

    def chunk(self, runs: Iterator[tuple[Run, dict[str, Any]]], seconds: float, most: int) -> _Made | None:
        """Make runs of one place, and write them."""
        collector = self._collector()
        times = self._times(collector, runs, seconds, most)
        return self._written(collector, [times]) if collector.runs else None

    def places(self, places: Sequence[Place], replications: int, most: int) -> _Made | None:
        """Make runs of several places, until their share of the time is used, and write them as one chunk."""
        collector, began = self._collector(), time.perf_counter()
        share, times = BUDGET / len(places), []
        bases = {(place.rows[0][SCENARIO], place.rows[0][VARIANT]) for place in places}
        for number, place in enumerate(places):
            if number >= min(len(bases), _MOST_BASES) and time.perf_counter() - began > BUDGET:
                break
            runs = _consecutive(place, replications)
            times.append(self._times(collector, runs, share, -(-most // len(places))))
        return self._written(collector, times) if collector.runs else None

    def _collector(self) -> ResultCollector:
        self.number += 1
        return ResultCollector(self.design, PartWriter(self.folder.path, self.number))

    def _times(
        self, collector: ResultCollector, runs: Iterator[tuple[Run, dict[str, Any]]], seconds: float, most: int
    ) -> tuple[list[float], list[float]]:
        """Seconds of first runs of a point and of further ones; two runs at least where a point has two."""
        first: list[float] = []
        further: list[float] = []
        before, began = -1, time.perf_counter()
        for number, (run, row) in enumerate(runs):
            spent = time.perf_counter() - began
            if number >= max(most, 2) or (
                number and spent > seconds and (further or run[0] != before or spent > BUDGET)
            ):
                break
            start = time.perf_counter()
            try:
                result = collector.initialise(run, row)
                result.run_to(result.compiled.quarters)
                collector.keep(run, result)
            except Exception:  # whatever it is, the sweep will list it among its failures
                continue
            (further if run[0] == before else first).append(time.perf_counter() - start)
            before = run[0]
        return first, further

    def _written(self, collector: ResultCollector, times: list[tuple[list[float], list[float]]]) -> _Made:
        start = time.perf_counter()
        files = collector.publish()
        receipt = Receipt(self.number, len(collector.runs), (), collector.work, files)
        self.folder.write_receipt(receipt)
        writing = time.perf_counter() - start
        size = sum(record.bytes for record in files.values()) + self.folder.receipt_path(self.number).stat().st_size
        first, further = ([fmean(each) for each in lists if each] for lists in zip(*times, strict=True))
        return _Made(len(collector.runs), collector.work, first, further, writing, size)


def _consecutive(place: Place, replications: int) -> Iterator[tuple[Run, dict[str, Any]]]:
    """Runs in the order of a batch."""
    for row in place.rows:
        for replication in range(replications):
            yield (int(row["point"]), replication), row
