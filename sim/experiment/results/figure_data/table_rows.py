"""Table rows: rows of one point of a large table, read part by part, and the calendar that they span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.point_series import chosen_points
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import RUN, QueryError, unknown
from sim.output.quarter_columns import DATE, MONTHS_OF_A_QUARTER, QUARTER

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa

_FIRST_YEAR = 1970
"""From which dates are counted."""


def one_point(results: ResultArrays, options: FigureOptions, what: str) -> tuple[int, str]:
    """The point that a figure is of, the first where none is named, and the heading of the figure.

    Raises
    ------
    QueryError
        If several are named, or one that is not there.
    """
    points = chosen_points(results, options.points) if options.points else [0]
    if len(points) > 1:
        raise QueryError(f"{what} is of one point; found {len(points)} of them")
    several = results.points.num_rows > 1
    return points[0], f"{results.title}: {point_labels(results)[points[0]]}" if several else results.title


def runs_of(results: ResultArrays, point: int) -> npt.NDArray[np.int64]:
    """Numbers of the replications of a point that are done, whether a table has rows of them or not.

    Raises
    ------
    StoreError
        If there is none.
    """
    found = np.sort(results.index["replication"][results.index["point"] == point]).astype(np.int64)
    if not len(found):
        raise StoreError(f"no run of this point is kept in {results.path} yet")
    return found


def check_columns(results: ResultArrays, table: str, columns: Sequence[str]) -> None:
    """See that a table has columns.

    Raises
    ------
    QueryError
        If one was not kept; says how to keep it.
    """
    kept = results.parts(table).columns
    for name in columns:
        if name not in kept:
            raise QueryError(
                f"{unknown(f'column of {table}', name, kept)}; an experiment keeps it with "
                f"'keep: {{columns: {{{table}: [{name}]}}}}'"
            )


def span_of(results: ResultArrays, table: str, point: int) -> tuple[Quarter, Quarter]:
    """First and last quarter of the rows of a point.

    Raises
    ------
    StoreError
        If it has none.
    """
    ends: list[int] = []
    for part in results.parts(table).stream([RUN[0], DATE]):
        ordinals = _ordinals(part)[part[RUN[0]].to_numpy() == point]
        ends += [int(ordinals.min()), int(ordinals.max())] if len(ordinals) else []
    if not ends:
        raise StoreError(f"the table {table} of {results.path} has no row of this point")
    return Quarter.from_ordinal(min(ends)), Quarter.from_ordinal(max(ends))


def shown_year(options: FigureOptions, first: Quarter, last: Quarter) -> int:
    """The year that is asked for, or the last that the runs have whole; the last where they have none.

    Raises
    ------
    QueryError
        If the runs do not reach it.
    """
    whole = last.year if last.number == 4 else last.year - 1
    if options.year is None:
        return whole if (whole, 1) >= (first.year, first.number) else last.year
    if not first.year <= options.year <= last.year:
        raise QueryError(f"year {options.year} is not within the runs, which last from {first} to {last}")
    return options.year


def quarters_of_year(year: int, first: Quarter, last: Quarter) -> list[Quarter]:
    """Quarters of a year that lie within a span.

    >>> [str(each) for each in quarters_of_year(2009, Quarter(2009, 3), Quarter(2024, 2))]
    ['2009-Q3', '2009-Q4']
    """
    return [each for each in (Quarter(year, number) for number in range(1, 5)) if first <= each <= last]


def read_rows(
    results: ResultArrays, table: str, columns: Sequence[str], point: int, quarters: Sequence[Quarter] | None = None
) -> pd.DataFrame:
    """Rows of a point.

    Parameters
    ----------
    results : ResultArrays
        A folder that keeps the table.
    table : str
        Its name.
    columns : sequence of str
        Those that are read; texts are categories.
    point : int
        The point.
    quarters : sequence of Quarter, optional
        Of which; all by default.

    Returns
    -------
    DataFrame
        `replication`, `quarter` (its ordinal number), and the columns.

    Raises
    ------
    QueryError
        If a column was not kept.
    StoreError
        If a part is damaged.
    """
    import pyarrow as pa

    check_columns(results, table, columns)
    wanted = None if quarters is None else np.array([each.ordinal for each in quarters], np.int64)
    kept: list[pa.Table] = []
    for part in results.parts(table).stream([*RUN, DATE, *columns]):
        ordinals = _ordinals(part)
        mask = part[RUN[0]].to_numpy() == point
        if wanted is not None:
            mask &= np.isin(ordinals, wanted)
        rows = part.drop_columns([RUN[0], DATE]).append_column(QUARTER, pa.array(ordinals))
        kept.append(rows.filter(pa.array(mask)))
    whole = pa.concat_tables(kept, promote_options="permissive").unify_dictionaries()
    frame: pd.DataFrame = whole.to_pandas()
    return frame


def _ordinals(part: pa.Table) -> npt.NDArray[np.int64]:
    """Quarters of the rows, as `Quarter.ordinal` counts them."""
    months = part[DATE].to_numpy().astype("datetime64[M]").astype(np.int64)
    ordinals: npt.NDArray[np.int64] = months // MONTHS_OF_A_QUARTER + _FIRST_YEAR * 4
    return ordinals
