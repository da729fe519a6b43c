"""Entry and exit results: what of a change of agencies' measures moved within agencies, and what entry and exit did.

Of a run from its first quarter to its last; of two points from one to the other, in the last quarter::

    for row in entry_and_exit(Results.open("results/beijing-2010-2026-01-31")):
        print(row.measure, row.within, row.entry, row.exit)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.design.comparison_design import POPULATION_MEASURES, POPULATION_TABLE
from sim.experiment.results.result_arrays import ResultArrays
from sim.statistics.entry_and_exit import Split, split_change

if TYPE_CHECKING:
    import pyarrow as pa

MEASURES = (*POPULATION_MEASURES, "staff")
"""Measures of agencies whose means are split."""

_KEYS = ("point", "replication", "quarter", "agency", "operating")
Moment = tuple[int, int, str]
"""Point, replication and quarter."""


@dataclass(frozen=True)
class Snapshot:
    """Operating agencies of a run in a quarter.

    Attributes
    ----------
    names : list of str
        Who they are.
    values : dict of str to float array, shape (agencies,)
        Each of `MEASURES`.
    """

    names: list[str]
    values: dict[str, np.ndarray]


@dataclass(frozen=True)
class Row:
    """One measure; means over the replications in which some agency is in both populations.

    Attributes
    ----------
    measure : str
        Name of the column of `agencies`.
    before, after : float
        Mean over operating agencies.
    within, entry, exit : float
        Parts of the change of the mean; their sum is `after` - `before`.
    median_before, median_after : float
        Medians over operating agencies.
    runs, left_out : int
        Replications that count, and those in which nobody is in both.
    """

    measure: str
    before: float
    after: float
    within: float
    entry: float
    exit: float
    median_before: float
    median_after: float
    runs: int
    left_out: int


def keeps_agencies(results: ResultArrays) -> bool:
    """Whether the results keep what is needed: all of `MEASURES` of agencies."""
    return POPULATION_TABLE in results.tables and {*_KEYS, *MEASURES} <= {*results.parts(POPULATION_TABLE).columns}


def entry_and_exit(results: ResultArrays, other: int | None = None, base: int = 0) -> list[Row]:
    """Split the change of each measure's mean over operating agencies.

    Parameters
    ----------
    results : ResultArrays
        Results that keep the table `agencies` (`keeps_agencies`).
    other : int, optional
        Point that is compared with the base in the last quarter; by default the base's own first quarter is compared
        with its last.
    base : int
        Point.

    Returns
    -------
    list of Row
        In the order of `MEASURES`; numbers are not a number where no replication counts.
    """
    first, last = str(results.start), str(results.start + (results.quarters - 1))
    ends = ((base, first), (base, last)) if other is None else ((base, last), (other, last))
    found = snapshots(results, sorted({quarter for _, quarter in ends}))
    runs = sorted({replication for _, replication, _ in found})
    pairs = [tuple(found.get((point, run, quarter), Snapshot([], {})) for point, quarter in ends) for run in runs]
    return [_row(measure, [_split(one, two, measure) for one, two in pairs]) for measure in MEASURES]


def snapshots(results: ResultArrays, quarters: Sequence[str]) -> dict[Moment, Snapshot]:
    """Operating agencies of every run in some quarters; parts are read one after the other."""
    found: dict[Moment, Snapshot] = {}
    for table in _operating(results, quarters):
        columns = {name: table[name].to_numpy(zero_copy_only=False) for name in ("point", "replication", *MEASURES)}
        names, dates = table["agency"].to_pylist(), table["quarter"].to_pylist()
        places: dict[Moment, list[int]] = {}
        for n, moment in enumerate(zip(columns["point"], columns["replication"], dates, strict=True)):
            places.setdefault((int(moment[0]), int(moment[1]), str(moment[2])), []).append(n)
        for moment, rows in places.items():
            values = {name: columns[name][rows].astype(np.float64) for name in MEASURES}
            found[moment] = Snapshot([str(names[n]) for n in rows], values)
    return found


def _operating(results: ResultArrays, quarters: Sequence[str]) -> Iterator[pa.Table]:
    """Rows of operating agencies in some quarters, part by part: every run stands in one part."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for part in results.parts(POPULATION_TABLE).stream([*_KEYS, *MEASURES]):
        dates = pc.is_in(part["quarter"].cast(pa.string()), value_set=pa.array(quarters))
        yield part.filter(pc.and_(dates, part["operating"]))


def _split(before: Snapshot, after: Snapshot, measure: str) -> Split:
    nothing = np.empty(0)
    return split_change(
        before.names, before.values.get(measure, nothing), after.names, after.values.get(measure, nothing)
    )


def _row(measure: str, splits: Sequence[Split]) -> Row:
    counted = [split for split in splits if split.staying]
    names = ("before", "after", "within", "entry", "exit", "median_before", "median_after")
    means = {name: float(np.mean([getattr(split, name) for split in counted])) if counted else np.nan for name in names}
    return Row(measure, **means, runs=len(counted), left_out=len(splits) - len(counted))
