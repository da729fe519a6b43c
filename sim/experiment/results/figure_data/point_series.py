"""Point series: outcomes by quarter in every run of the points that are asked for, each point with its own calendar.

Parts are read one after the other, and only rows of those points are kept, so that a figure of a few points of a large
sweep needs no more memory than these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.dated_values import BY_QUARTER
from sim.experiment.store.part_reader import RUN, PartReader, QueryError, unknown
from sim.output.quarter_columns import DATE, QUARTER

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PointSeries:
    """Outcomes by quarter in the runs of one point.

    Attributes
    ----------
    point : int
        Its number.
    label : str
        What is different about it.
    start : Quarter
        First quarter of its runs.
    quarters : int
        Length of its runs.
    replications : int array, shape (runs,)
        Numbers of the replications that are done, in ascending order.
    values : mapping of str to float array, shape (runs, quarters)
        Outcome -> its value in each run and quarter; not a number where it is undefined.
    """

    point: int
    label: str
    start: Quarter
    quarters: int
    replications: npt.NDArray[np.int64]
    values: Mapping[str, Numbers]


def kept_by_quarter(results: ResultArrays) -> list[str]:
    """Outcomes that the folder keeps by quarter, in their order; none where it keeps none."""
    reader = _reader(results)
    return [] if reader is None else [name for name in reader.columns if name not in (*RUN, QUARTER, DATE)]


def read_point_series(
    results: ResultArrays, outcomes: Iterable[str], points: Sequence[int] | None = None
) -> list[PointSeries]:
    """Outcomes by quarter at points, of all runs that are done.

    Parameters
    ----------
    results : ResultArrays
        A run, a comparison or a sweep.
    outcomes : iterable of str
        Names.
    points : sequence of int, optional
        Which, in the order that is wanted; all by default.

    Returns
    -------
    list of PointSeries
        Points without any run that is done are left out.

    Raises
    ------
    QueryError
        If an outcome is not kept by quarter.
    StoreError
        If a part is damaged.
    """
    names = list(dict.fromkeys(outcomes))
    kept = kept_by_quarter(results)
    for name in names:
        if name not in kept:
            _refuse(results, name, kept)
    wanted = list(range(results.points.num_rows)) if points is None else list(points)
    reader = _reader(results)
    parts = [] if reader is None else [_rows(part, wanted) for part in reader.stream([*RUN, DATE, *names])]
    labels = point_labels(results)
    found = {one.point: one for one in _by_point([part for part in parts if part.num_rows], names, labels)}
    return [found[point] for point in wanted if point in found]


def chosen_points(results: ResultArrays, asked: Sequence[str]) -> list[int]:
    """Points by label or number, in the order in which they are asked for; all where none is.

    Raises
    ------
    QueryError
        If there is no such point; names the nearest label.
    """
    labels = point_labels(results)
    if not asked:
        return list(range(len(labels)))
    return [_point(name, labels) for name in asked]


def _point(name: str, labels: Sequence[str]) -> int:
    if name in labels:
        return labels.index(name)
    if name.isdecimal() and int(name) < len(labels):
        return int(name)
    raise unknown("point", name, labels)


def _refuse(results: ResultArrays, name: str, kept: Sequence[str]) -> None:
    if name not in results.outcomes:
        raise unknown("outcome", name, results.outcomes)
    there = ", ".join(kept) if kept else "none"
    raise QueryError(
        f"'{name}' is not kept by quarter in {results.path} (kept: {there}); "
        "name it under 'keep: series' in the experiment file, or with --outcomes of 'sim compare'"
    )


def _reader(results: ResultArrays) -> PartReader | None:
    """The table that holds outcomes by quarter; that of the sector, which has all, before the series."""
    for table in BY_QUARTER:
        if any(table in receipt.files for receipt in results.receipts.values()):
            return results.parts(table)
    return None


def _rows(part: pa.Table, points: Sequence[int]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return part.filter(pc.is_in(part[RUN[0]], pa.array(points, part.schema.field(RUN[0]).type)))


def _by_point(parts: Sequence[pa.Table], names: Sequence[str], labels: Sequence[str]) -> Iterable[PointSeries]:
    import pyarrow as pa

    if not parts:
        return
    table = pa.concat_tables(parts, promote_options="permissive")
    keys = {name: np.asarray(table[name].to_numpy(), np.int64) for name in RUN}
    months = table[DATE].to_numpy().astype("datetime64[M]").astype(np.int64)
    order = np.lexsort((months, keys[RUN[1]], keys[RUN[0]]))
    columns = {name: np.asarray(table[name].to_numpy(), np.float64)[order] for name in names}
    point, replication, months = keys[RUN[0]][order], keys[RUN[1]][order], months[order]
    for first, last in _stretches(point):
        yield _one_point(int(point[first]), replication[first:last], months[first:last], labels, columns, first)


def _one_point(
    point: int,
    replication: npt.NDArray[np.int64],
    months: npt.NDArray[np.int64],
    labels: Sequence[str],
    columns: Mapping[str, Any],
    first: int,
) -> PointSeries:
    runs = np.unique(replication)
    quarters = len(replication) // len(runs)
    begins = Quarter.from_ordinal(int(months[0]) // 3 + 1970 * 4)
    values = {name: each[first : first + len(replication)].reshape(-1, quarters) for name, each in columns.items()}
    return PointSeries(point, labels[point], begins, quarters, runs, values)


def _stretches(numbers: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """First and end of each stretch of equal numbers."""
    edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    return list(pairwise(edges)) if len(numbers) else []
