"""Replications until it is exact enough: which points want more runs, from what is on the disk.

Rounds double the replications of every point whose interval is still wider than asked.  What a round holds
is a function of results only, so a sweep that was interrupted goes on as it would have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.sweep.archive import SUMMARY, Archive, read_parquet
from sim.experiment.sweep.batches import Batch
from sim.experiment.sweep.reduce import column

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design import Design
    from sim.experiment.sweep.logbook import Logbook

Samples = dict[int, dict[int, float]]
"""Point -> replication -> value."""


def next_batch(design: Design, archive: Archive, logbook: Logbook) -> Batch | None:
    """The next round, or None when every point is exact enough, or has as many replications as it may.

    Parameters
    ----------
    design : Design
        Its precision says what is asked; None asks for no more than was ordered.
    archive, logbook
        The sweep so far; all its batches are done.
    """
    asked = design.file.precision
    rounds = [batch for batch in logbook.batches if not batch.picked]
    if asked is None or not rounds or rounds[-1].last + 1 >= asked.most:
        return None
    last = rounds[-1]
    samples = read_samples(archive, column(asked.outcome, asked.measure))
    points = archive.design()
    pairs = references(points) if asked.of == "difference" else {}
    under_way = [point for first, end in last.points for point in range(first, end + 1)]
    wanting: set[int] = set()
    for point in under_way:
        reference = pairs.get(point)
        if asked.of == "difference" and reference is None:
            continue
        if width(samples, point, reference) > asked.width:
            wanting |= {point} if reference is None else {point, reference}
    if not wanting:
        return None
    now, more = last.last + 1, min(2 * (last.last + 1), asked.most)
    size = logbook.size_for(len(wanting) * (more - now))
    return Batch.product(stretches(sorted(wanting)), now, more - 1, logbook.next_chunk, size)


def width(samples: Samples, point: int, reference: int | None) -> float:
    """Width of the 95 % interval of a point's mean, or of its mean paired difference from another point."""
    from sim.analysis.intervals import mean_interval

    here = samples.get(point, {})
    if reference is not None:
        there = samples.get(reference, {})
        here = {r: value - there[r] for r, value in here.items() if r in there}
    interval = mean_interval(np.array(list(here.values()), dtype=np.float64))
    return np.inf if np.isnan(interval.high) else interval.high - interval.low


def read_samples(archive: Archive, name: str) -> Samples:
    """One column of the summary, by point and replication; undefined values are left out."""
    samples: Samples = {}
    for number in sorted(archive.done()):
        part = read_parquet(archive.part(SUMMARY, number), ["point", "replication", name])
        columns = (part["point"].to_pylist(), part["replication"].to_pylist(), part[name].to_pylist())
        for point, replication, value in zip(*columns, strict=True):
            if not np.isnan(value):
                samples.setdefault(point, {})[replication] = value
    return samples


def references(points: pa.Table) -> dict[int, int]:
    """For each point the one that it is compared with: the first scenario and variant, the same values on every axis.

    The points of the first scenario and variant are compared with nothing and are left out.
    """
    rows = points.to_pylist()
    labels = ("point", "scenario", "variant")
    base: dict[tuple[object, ...], int] = {}
    out: dict[int, int] = {}
    first = (rows[0]["scenario"], rows[0]["variant"])
    for row in rows:
        values = tuple(value for name, value in row.items() if name not in labels)
        if (row["scenario"], row["variant"]) == first:
            base[values] = row["point"]
        elif values in base:
            out[row["point"]] = base[values]
    return out


def stretches(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of every unbroken stretch of rising numbers.

    >>> stretches([0, 1, 2, 5])
    [(0, 2), (5, 5)]
    """
    from sim.experiment.manifest import ranges

    return [(first, last) for first, last in ranges(numbers)]
