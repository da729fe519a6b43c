"""Precision check: which points need more replications, from what is on the disk.

Rounds double the replications of every point whose interval is still wider than asked.  What a round holds
is a function of results only, so a sweep that was interrupted goes on as it would have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.experiment.design.point_table import SCENARIO, VARIANT, counterparts
from sim.experiment.store.batches import Batch, stretches
from sim.experiment.store.dated_values import BY_QUARTER, dated_values
from sim.experiment.store.part_reader import RUN, PartReader
from sim.output.outcome_measures import dated, measure_column

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.experiment.store.manifest import Manifest

Samples = dict[int, dict[int, float]]
"""Point -> replication -> value."""


class PrecisionCheck(NamedTuple):
    """How exact a sweep is.

    Attributes
    ----------
    batch : Batch, optional
        The next round; None when no point is given more replications.
    wide : int
        Points that are not exact enough, and are given no more.
    """

    batch: Batch | None
    wide: int = 0


def next_round(design: Design, manifest: Manifest) -> PrecisionCheck:
    """See which points want more replications.

    Points with the fewest replications come first, so that a width that is asked for later finds those again
    that were exact enough before.  A point that no run has given a value gets no more: they would not either.

    Parameters
    ----------
    design : Design
        Its precision says what is asked; None asks for no more than was ordered.
    manifest : Manifest
        The sweep so far; all its batches are done.
    """
    asked = design.file.precision
    if asked is None:
        return PrecisionCheck(None)
    samples = read_samples(manifest, asked.outcome, asked.measure)
    points = manifest.read_points()
    pairs = references(points) if asked.of == "difference" else dict.fromkeys(range(points.num_rows))
    wide = {point: against for point, against in pairs.items() if width(samples, point, against) > asked.width}
    there = replications(manifest)
    wanting = {
        each
        for point, against in wide.items()
        if samples.get(point) and (against is None or samples.get(against))
        for each in ((point,) if against is None else (point, against))
        if there[each] < asked.most
    }
    if not wanting:
        return PrecisionCheck(None, len(wide))
    now = min(there[point] for point in wanting)
    round_ = stretches(sorted(point for point in wanting if there[point] == now))
    return PrecisionCheck(manifest.behind(Batch.product(round_, now, min(2 * now, asked.most) - 1)))


def replications(manifest: Manifest) -> dict[int, int]:
    """Replications that were ordered of every point."""
    found: dict[int, int] = {}
    for batch in manifest.batches:
        for first, last in batch.points:
            for point in range(first, last + 1):
                found[point] = max(found.get(point, 0), batch.last + 1)
    return found


def width(samples: Samples, point: int, reference: int | None) -> float:
    """Width of the 95 % interval of a point's mean, or of its mean paired difference from another point."""
    from sim.statistics.confidence_intervals import mean_interval

    here = samples.get(point, {})
    if reference is not None:
        there = samples.get(reference, {})
        here = {r: value - there[r] for r, value in here.items() if r in there}
    interval = mean_interval(np.array(list(here.values()), dtype=np.float64))
    return np.inf if np.isnan(interval.high) else interval.high - interval.low


def read_samples(manifest: Manifest, outcome: str, measure: str) -> Samples:
    """A measure of an outcome, by point and replication; undefined values are left out."""
    receipts, by_date = manifest.receipts(), dated(measure)
    column = measure_column(outcome, measure)
    runs = PartReader(manifest.folder, receipts).arrays([*RUN, *(() if by_date else (column,))])
    if by_date is None:
        values = runs[column]
    else:
        tables = {table: PartReader(manifest.folder, receipts, table) for table in BY_QUARTER}
        readers = {table: reader for table, reader in tables.items() if reader.files}
        values = dated_values(readers, [outcome], by_date, runs)[outcome]
    samples: Samples = {}
    for *run, value in zip(*(runs[name].tolist() for name in RUN), values.tolist(), strict=True):
        if not np.isnan(value):
            samples.setdefault(run[0], {})[run[1]] = value
    return samples


def references(points: pa.Table) -> dict[int, int]:
    """For each point the one that it is compared with: the first scenario and variant, the same values on every axis.

    The points of the first scenario and variant are compared with nothing and are left out.
    """
    return counterparts(points, (SCENARIO, VARIANT), (points[SCENARIO][0].as_py(), points[VARIANT][0].as_py()))
