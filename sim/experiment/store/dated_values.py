"""Dated values: what outcomes were in given quarters of every run, read from the series that a folder keeps.

An outcome is kept by quarter in the table `series` where the experiment names it under ``keep: series``, and in the
table `sector`, which a run of one scenario keeps whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.input_issues import IssueError
from sim.experiment.store.file_checks import damaged
from sim.experiment.store.part_reader import RUN, PartReader, QueryError, unknown
from sim.experiment.store.results_folder import SERIES
from sim.output.outcome_measures import MEASURE_NAMES, DatedMeasure, Window, dated
from sim.output.quarter_columns import DATE, QUARTER

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

SECTOR_TABLE = "sector"
BY_QUARTER = (SERIES, SECTOR_TABLE)
"""Tables that hold outcomes of the sector by quarter."""
Numbers = dict[str, "npt.NDArray[np.float64]"]
_MONTHS = 3


def asked_measure(measure: object) -> DatedMeasure | None:
    """A measure by date; None for one that is a column of the summary.

    Raises
    ------
    QueryError
        If it is neither; says what there is, and what was probably meant.
    """
    try:
        return dated(measure)
    except IssueError as error:
        if not any(sign.isdigit() for sign in str(measure)):
            dates = "quarters and windows, such as 2018-Q4 and 2016-Q1..2018-Q4"
            raise QueryError(f"{unknown('measure', measure, MEASURE_NAMES)}, and {dates}") from None
        issue = error.issues[0]
        meant = issue.repair()
        hint = () if meant is None else (f"did you mean '{meant}'?",)
        raise QueryError("; ".join(["no measure: " + issue.what, issue.allowed, *hint])) from None


def dated_values(
    readers: Mapping[str, PartReader], names: Sequence[str], measure: DatedMeasure, index: Mapping[str, Any]
) -> Numbers:
    """Outcomes by date in every run.

    Parameters
    ----------
    readers : dict of str to PartReader
        Tables that hold outcomes by quarter, those of `BY_QUARTER` that are kept.
    names : sequence of str
        Outcomes.
    measure : DatedMeasure
        What counts.
    index : dict of str to int array, shape (runs,)
        `point` and `replication` of the runs, in the order that is wanted.

    Returns
    -------
    dict of str to float array, shape (runs,)
        Not a number where an outcome is undefined in all quarters of a window.

    Raises
    ------
    QueryError
        If an outcome is not kept by quarter, or runs do not reach over the quarters; says how to keep it.
    StoreError
        If a part is damaged.
    """
    reader = _holding(readers, names, measure)
    runs: list[npt.NDArray[np.int64]] = []
    found: dict[str, list[npt.NDArray[np.float64]]] = {name: [] for name in names}
    for part in reader.stream([*RUN, QUARTER, DATE, *names]):
        keys, values = _reduced(part, names, measure)
        runs.append(keys)
        for name in names:
            found[name].append(values[name])
    empty = np.empty((0, len(RUN)), np.int64)
    order = _places(np.concatenate([empty, *runs]), np.column_stack([index[name] for name in RUN]), reader)
    return {name: np.concatenate([np.empty(0), *found.pop(name)])[order] for name in names}


def _holding(readers: Mapping[str, PartReader], names: Sequence[str], measure: DatedMeasure) -> PartReader:
    """The table that holds all of the outcomes by quarter."""
    kept = {table: reader.columns for table, reader in readers.items()}
    for table, columns in kept.items():
        if set(names) <= set(columns):
            return readers[table]
    others = (*RUN, QUARTER, DATE)
    there = [name for name in dict.fromkeys(sum(kept.values(), ())) if name not in others]
    missing = [name for name in names if name not in there] or list(names)
    raise QueryError(
        f"'{measure}' needs outcomes by quarter, and {_listed(missing)} is not kept so here"
        f" (kept: {_listed(there) if there else 'none'}); write 'keep: {{series: [{', '.join(missing)}]}}' in the "
        "experiment file and sweep into another folder; 'sim compare' keeps it with --at and --outcomes"
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _reduced(
    part: pa.Table, names: Sequence[str], measure: DatedMeasure
) -> tuple[npt.NDArray[np.int64], dict[str, npt.NDArray[np.float64]]]:
    """The runs of one part, shape (runs, 2), and their values; rows of a run stand together."""
    keys = np.column_stack([part[name].to_numpy().astype(np.int64) for name in RUN])
    begins = np.ones(len(keys), bool)
    begins[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    run = np.cumsum(begins) - 1
    ordinals = _ordinals(part)
    columns = {name: part[name].to_numpy().astype(np.float64) for name in names}
    values = [_mean(window, run, ordinals, columns) for window in measure.windows]
    if len(values) > 1:
        return keys[begins], {name: values[0][name] - values[1][name] for name in names}
    return keys[begins], values[0]


def _ordinals(part: pa.Table) -> npt.NDArray[np.int64]:
    """Quarters of the rows, as `Quarter.ordinal` counts them."""
    months = part[DATE].to_numpy().astype("datetime64[M]").astype(np.int64)
    return months // _MONTHS + 1970 * 4


def _mean(
    window: Window, run: npt.NDArray[np.int64], ordinals: npt.NDArray[np.int64], columns: Numbers
) -> dict[str, npt.NDArray[np.float64]]:
    """Mean over a window, of each run."""
    count = int(run[-1]) + 1 if len(run) else 0
    inside = (ordinals >= window.first.ordinal) & (ordinals <= window.last.ordinal)
    covered = np.bincount(run[inside], minlength=count)
    if (covered < window.quarters).any():
        rows = run == int(np.argmax(covered < window.quarters))
        raise QueryError(f"{window} is not within every run: some last from {_ends(ordinals[rows])}")
    found = {}
    for name, values in columns.items():
        known = inside & ~np.isnan(values)
        counts = np.bincount(run[known], minlength=count)
        sums = np.bincount(run[known], values[known], minlength=count)
        found[name] = np.divide(sums, counts, out=np.full(count, np.nan), where=counts > 0)
    return found


def _ends(ordinals: npt.NDArray[np.int64]) -> str:
    from sim.declarations.calendar_quarter import Quarter

    return f"{Quarter.from_ordinal(int(ordinals.min()))} to {Quarter.from_ordinal(int(ordinals.max()))}"


def _places(there: npt.NDArray[np.int64], asked: npt.NDArray[Any], reader: PartReader) -> npt.NDArray[np.int64]:
    """Where each run that is asked for stands among those that were read."""
    if np.array_equal(there, asked):
        return np.arange(len(there))
    order, wanted = np.lexsort(there.T[::-1]), np.lexsort(asked.T[::-1])
    if not np.array_equal(there[order], asked[wanted]):
        raise damaged(reader.folder.path / reader.table, "it has other runs than the summary")
    places = np.empty(len(asked), np.int64)
    places[wanted] = order
    return places
