"""Difference data: paired differences from a base over time, quarter by quarter, for `sim.plots.difference_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.figure_data.band_data import not_shown, shown_by_quarter, titles_and_units
from sim.experiment.results.figure_data.chosen_lines import chosen_lines, only_with_runs
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.point_series import PointSeries, chosen_points, read_point_series
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.scenario_data import policy_marks
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from sim.plots.counted_values import CountedValues
from sim.plots.difference_figures import difference_figure
from sim.plots.line_looks import MOST_LINES
from sim.plots.overlaid_lines import LinePanel, OverlaidLine
from sim.plots.scenario_figures import LineData
from sim.statistics.paired_differences import Pairs, compare


def read_differences(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read what points differ in from a base: the first point, or the one that is named."""
    names = shown_by_quarter(results, options.outcomes)
    base = chosen_points(results, (options.base,))[0] if options.base is not None else 0
    chosen = chosen_lines(results, options, MOST_LINES + 1)
    others = [point for point in chosen if point != base]
    if not others:
        raise QueryError(
            f"there is no point to compare with '{point_labels(results)[base]}'; name another with --point"
        )
    if len(others) > MOST_LINES:
        chosen_lines(results, options)
    found = read_point_series(results, names, [base, *others])
    lacking = only_with_runs(results, found, [base, *others])
    if found[0].point != base:
        raise StoreError(f"no run of the base '{point_labels(results)[base]}' is kept in {results.path} yet")
    data = _data(results, names, found, lacking)
    data = replace(data, notes=[*data.notes, not_shown(results, names, options)])
    return PreparedFigure(data.texts, partial(difference_figure, data))


def _data(results: ResultArrays, names: Sequence[str], found: Sequence[PointSeries], lacking: str) -> LineData:
    base, known = found[0], titles_and_units()
    paired = [pair for pair in (_Paired.of(base, other) for other in found[1:]) if pair is not None]
    left = [other.label for other in found[1:] if other.label not in {pair.label for pair in paired}]
    if not paired:
        raise QueryError(f"no point shares replications and quarters with '{base.label}', so there are no pairs")
    panels = [
        LinePanel(name, *known[name], [pair.line(name, known[name][1], n) for n, pair in enumerate(paired)])
        for name in names
    ]
    shorter = [
        f"{pair.label}: paired over the quarters that both have, {pair.start} to {pair.start + (pair.quarters - 1)}"
        for pair in paired
        if pair.other_calendar
    ]
    policies, differ = policy_marks(results, found)
    apart = f"Without a shared quarter or replication: {', '.join(left)}" if left else ""
    notes = [*shorter, apart, lacking, missing_runs_note(results, [each.point for each in found]), differ]
    title = f"{results.title}: differences from {base.label}"
    return LineData(title, [pair.label for pair in paired], panels, notes, policies)


class _Paired:
    """Two points over the replications and quarters that both have."""

    def __init__(self, base: PointSeries, other: PointSeries, start: int, end: int, shared: np.ndarray) -> None:
        self.label = other.label
        self.start = base.start if base.start.ordinal == start else other.start
        self.quarters = end - start
        calendars = {(each.start.ordinal, each.quarters) for each in (base, other)}
        self.other_calendar = len(calendars) > 1
        self._runs = len(shared)
        self._values = {
            name: (_part(base, name, shared, start, end), _part(other, name, shared, start, end))
            for name in base.values
        }

    @classmethod
    def of(cls, base: PointSeries, other: PointSeries) -> _Paired | None:
        """Pair two points; None where they share no replication or no quarter."""
        start = max(base.start.ordinal, other.start.ordinal)
        end = min(each.start.ordinal + each.quarters for each in (base, other))
        shared = np.intersect1d(base.replications, other.replications)
        return cls(base, other, start, end, shared) if end > start and len(shared) else None

    def line(self, name: str, unit: str, number: int) -> OverlaidLine:
        """Mean differences of an outcome with their intervals."""
        pairs: Pairs = compare(*self._values[name])
        ends = ((pairs.low, pairs.high),) if self._runs > 1 else ()
        values = CountedValues(self.label, unit, pairs.difference, np.asarray(pairs.n, np.int64), self._runs, ends)
        return OverlaidLine(self.label, self.start, values, number)


def _part(series: PointSeries, name: str, shared: np.ndarray, start: int, end: int) -> np.ndarray:
    """Values of shared replications in the quarters from one to another, shape (replications, quarters)."""
    first = start - series.start.ordinal
    found: np.ndarray = series.values[name][np.isin(series.replications, shared), first : first + end - start]
    return found
