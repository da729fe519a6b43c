"""Survival data: how long agencies stay at work, group by group, for `sim.plots.survival_figures`.

An agency counts from the age at which it is first seen at work: from its founding, or, where the scenario begins with
it, from its age then (delayed entry).  Its event is that it stops work, closed or dormant; who is at work at the end of
the run is censored.  A dormant agency that takes up work again counts again from its age then.

Agencies of one run share policies, purchasers and random shocks, so that they are no independent observations, and
Greenwood's interval over all of them would be too narrow.  Runs are independent: they are the clusters of the interval.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import one_point, read_rows, runs_of, span_of
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.plots.survival_figures import SurvivalData, SurvivalLine, survival_figure, texts
from sim.statistics.survival_curves import survival

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Counts = npt.NDArray[np.int64]

AGENCIES = "agencies"
FEWEST = 10
"""Agencies at risk, over all runs, from which a curve begins, and below which it is dashed."""
_COHORTS = 4
_STAFF = (0, 5, 10, 20)
"""Least staff of each group."""
_MOST_SOURCES = 3
_LANDMARK = 4
"""Quarters after which the mix of sources is known: income is counted over a year."""


class _Grouping(NamedTuple):
    """How agencies are distinguished.

    Attributes
    ----------
    columns : tuple of str
        Columns that it needs.
    words : str
        What groups are, in the heading.
    group : callable
        Names of the groups in their order, and the group of each agency from the row at its entry.
    after : int
        Quarters at work after which the group is known, and from which an agency counts.
    """

    columns: tuple[str, ...]
    words: str
    group: Callable[[pd.DataFrame], tuple[list[str], Counts]]
    after: int = 0


def read_survival(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read how long agencies of one point stay at work."""
    if len(options.by) > 1:
        raise QueryError(f"survival is by one property; found {', '.join(options.by)}")
    grouping = GROUPINGS[options.by[0] if options.by else "cohort"]
    point, title = one_point(results, options, "survival")
    runs = runs_of(results, point)
    first, last = span_of(results, AGENCIES, point)
    rows = read_rows(results, AGENCIES, tuple(dict.fromkeys(("agency", "founded", *grouping.columns))), point)
    rows = _with_spells(rows, last)
    entries, at_risk = _entries(rows, grouping.after)
    names, codes = grouping.group(entries)
    lines = [
        line
        for n, name in enumerate(names)
        if (line := _line(name, at_risk[at_risk["agency_code"].isin(entries["agency_code"][codes == n])], runs))
    ]
    if not lines:
        raise QueryError(f"no agency of {results.path} is at work long enough to have a group by {grouping.words}")
    lacking = missing_runs_note(results, [point])
    data = SurvivalData(title, grouping.words, lines, len(runs), grouping.after, f"{first} to {last}", FEWEST, lacking)
    return PreparedFigure(texts(data), lambda: survival_figure(data))


def _with_spells(rows: pd.DataFrame, last: Quarter) -> pd.DataFrame:
    """Rows in order, with the agency's number, its age in quarters, and whether it stops before the next quarter."""
    rows = rows.sort_values(["replication", "agency", "quarter"], kind="stable")
    keys = rows["replication"].to_numpy(np.int64) * (rows["agency"].cat.codes.max() + 1) + rows["agency"].cat.codes
    _, codes = np.unique(np.asarray(keys, np.int64), return_inverse=True)
    quarter = rows["quarter"].to_numpy(np.int64)
    # Founding is counted in quarters from the start: who is founded in the run is seen from that quarter on.
    founded = rows["founded"].to_numpy(np.int64)
    of_run = founded >= 0
    start = int((quarter - founded)[of_run].min()) if of_run.any() else int(quarter.min())
    goes_on = np.zeros(len(rows), np.bool_)
    goes_on[:-1] = (codes[1:] == codes[:-1]) & (quarter[1:] == quarter[:-1] + 1)
    seen = np.arange(len(rows)) - np.maximum.accumulate(
        np.where(np.diff(codes, prepend=-1) != 0, np.arange(len(rows)), 0)
    )
    return rows.assign(
        agency_code=codes,
        age=quarter - start - founded,
        start=start,
        seen=seen,
        stops=~goes_on & (quarter < last.ordinal),
        counts=quarter < last.ordinal,
    )


def _entries(rows: pd.DataFrame, after: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The row of each agency at which its group is known, and its rows from there on that count."""
    landmark = max(after - 1, 0)
    return rows[rows["seen"] == landmark], rows[(rows["seen"] >= landmark) & rows["counts"]]


def _line(name: str, rows: pd.DataFrame, runs: Counts) -> SurvivalLine | None:
    """Curve of a group, from the first age on at which enough are at risk."""
    if rows.empty:
        return None
    age = rows["age"].to_numpy(np.int64)
    ages = int(age.max()) + 1
    run = np.searchsorted(runs, rows["replication"].to_numpy(np.int64))
    shape = (len(runs), ages)
    cell = run * ages + age
    at_risk = np.bincount(cell, minlength=shape[0] * ages).reshape(shape)
    stops = np.bincount(cell[rows["stops"].to_numpy()], minlength=shape[0] * ages).reshape(shape)
    total = at_risk.sum(axis=0)
    # From a first agency or two alone a curve could fall to nothing, and stay there.
    begin = int(np.argmax(total >= min(FEWEST, -(-int(total.max()) // 2))))
    gaps = np.flatnonzero(total[begin:] == 0)
    end = begin + int(gaps[0]) if len(gaps) else ages
    curve = survival(at_risk[:, begin:end].astype(np.int64), stops[:, begin:end].astype(np.int64))
    agencies = int(rows["agency_code"].nunique())
    return SurvivalLine(name, begin, curve, agencies, int(stops[:, begin:end].sum()))


def _cohorts(entries: pd.DataFrame) -> tuple[list[str], Counts]:
    """Before the run, and stretches of years of equal length."""
    founded = entries["founded"].to_numpy(np.int64)
    start = Quarter.from_ordinal(int(entries["start"].iloc[0])) if len(entries) else Quarter(1970, 1)
    year = (start.ordinal + founded) // 4
    last = int(year.max(initial=start.year))
    width = max(-(-(last - start.year + 1) // _COHORTS), 1)
    begins = list(range(start.year, last + 1, width))
    names = [f"{begin}" if width == 1 else f"{begin}\u2013{min(begin + width - 1, last)}" for begin in begins]
    codes = np.where(founded < 0, 0, 1 + (year - start.year) // width)
    return [f"before {start}", *(f"founded {name}" for name in names)], codes


def _sizes(entries: pd.DataFrame) -> tuple[list[str], Counts]:
    names = [f"{low} to {high - 1} staff" for low, high in pairwise(_STAFF)]
    codes: Counts = np.searchsorted(_STAFF, entries["staff"].to_numpy(np.int64), side="right").astype(np.int64) - 1
    return [*names, f"{_STAFF[-1]} staff and more"], codes


def _sources(entries: pd.DataFrame) -> tuple[list[str], Counts]:
    names = ["no source", "1 source", "2 sources", f"{_MOST_SOURCES} sources and more"]
    return names, np.asarray(entries["sources"].clip(0, _MOST_SOURCES), np.int64)


def _words_of(column: str) -> Callable[[pd.DataFrame], tuple[list[str], Counts]]:
    def group(entries: pd.DataFrame) -> tuple[list[str], Counts]:
        words = entries[column].cat
        return [str(each) for each in words.categories], np.asarray(words.codes, np.int64)

    return group


GROUPINGS = {
    "cohort": _Grouping((), "date of founding", _cohorts),
    "size": _Grouping(("staff",), "staff at entry", _sizes),
    "sources": _Grouping(("sources",), "sources of income after a year", _sources, _LANDMARK),
    "origin": _Grouping(("origin",), "origin", _words_of("origin")),
    "kind": _Grouping(("kind",), "kind", _words_of("kind")),
}
"""Properties by which agencies can be distinguished."""
