"""Precision check: which points need more replications, from what is on the disk.

Rounds double the replications of every point whose interval is still wider than asked, or known from fewer values
than the experiment begins with, because the outcome is undefined in most runs.  What a round holds is a function of
results only, so a sweep that was interrupted goes on as it would have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.experiment.design.point_table import SCENARIO, VARIANT, counterparts
from sim.experiment.store.batches import Batch, stretches
from sim.experiment.store.dated_values import BY_QUARTER, dated_values
from sim.experiment.store.part_reader import RUN, PartReader
from sim.output.outcome_measures import dated, measure_column
from sim.statistics.run_counts import count_words, defined_runs, least_to_most

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.experiment.store.manifest import Manifest

Samples = dict[int, dict[int, float]]
"""Point -> replication -> value, of every run that ended; not a number where the outcome is undefined."""


class PrecisionCheck(NamedTuple):
    """How exact a sweep is.

    Attributes
    ----------
    batch : Batch, optional
        The next round; None when no point is given more replications.
    wide : int
        Points that are not exact enough, and are given no more.
    defined : str
        Over how many runs the intervals are, in words, where the outcome is undefined in some.
    """

    batch: Batch | None
    wide: int = 0
    defined: str = ""


def next_round(design: Design, manifest: Manifest) -> PrecisionCheck:
    """See which points want more replications.

    Points with the fewest replications come first, so that a width that is asked for later finds those again
    that were exact enough before.  A point of which every run failed gets no more: they would fail too.

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
    wide = {
        point: against for point, against in pairs.items() if width(samples, point, against, asked.first) > asked.width
    }
    there = replications(manifest)
    wanting = {
        each
        for point, against in wide.items()
        if samples.get(point) and (against is None or samples.get(against))
        for each in ((point,) if against is None else (point, against))
        if there[each] < asked.most
    }
    if not wanting:
        return PrecisionCheck(None, len(wide), defined_words(samples, pairs, asked.outcome))
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


def compared(samples: Samples, point: int, reference: int | None) -> npt.NDArray[np.float64]:
    """Values of a point's runs, or their differences from those of another point; not a number where undefined."""
    here = samples.get(point, {})
    if reference is not None:
        there = samples.get(reference, {})
        here = {r: value - there[r] for r, value in here.items() if r in there}
    return np.array(list(here.values()), dtype=np.float64)


def width(samples: Samples, point: int, reference: int | None, fewest: int = 2) -> float:
    """Width of the 95 % interval of a point's mean, or of its mean paired difference from another point.

    Infinite where fewer than `fewest` runs, or pairs of runs, have a value: two rare values that happen to be equal
    have an interval of no width.
    """
    from sim.statistics.confidence_intervals import mean_interval

    values = compared(samples, point, reference)
    if defined_runs(values) < fewest:
        return np.inf
    interval = mean_interval(values)
    return np.inf if np.isnan(interval.high) else interval.high - interval.low


def defined_words(samples: Samples, pairs: Mapping[int, int | None], outcome: str) -> str:
    """In how many runs, or pairs of runs, the outcome is defined; nothing where it is in all of them."""
    values = [compared(samples, point, against) for point, against in pairs.items()]
    runs, defined = sum(map(len, values)), int(sum(defined_runs(each) for each in values))
    if not runs or defined == runs:
        return ""
    what = "runs" if all(against is None for against in pairs.values()) else "pairs of runs"
    points = f" (at a point in {least_to_most(map(defined_runs, values))})" if len(values) > 1 else ""
    return f"{outcome} is defined in {count_words(defined, runs)} {what}{points}; the intervals are over these alone"


def read_samples(manifest: Manifest, outcome: str, measure: str) -> Samples:
    """A measure of an outcome, by point and replication; not a number where it is undefined."""
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
        samples.setdefault(run[0], {})[run[1]] = value
    return samples


def references(points: pa.Table) -> dict[int, int]:
    """For each point the one that it is compared with: the first scenario and variant, the same values on every axis.

    The points of the first scenario and variant are compared with nothing and are left out.
    """
    return counterparts(points, (SCENARIO, VARIANT), (points[SCENARIO][0].as_py(), points[VARIANT][0].as_py()))
