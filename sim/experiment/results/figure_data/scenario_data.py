"""Scenario data: outcomes over time at several points, for `sim.plots.scenario_figures`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from sim.experiment.results.comparison_results import level_words, point_labels
from sim.experiment.results.figure_data.band_data import MOST_PANELS, not_shown, shown_by_quarter, titles_and_units
from sim.experiment.results.figure_data.chosen_lines import chosen_lines, only_with_runs, too_many_lines
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.point_policies import policies_of
from sim.experiment.results.figure_data.point_series import PointSeries, chosen_points, read_point_series
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError, unknown
from sim.plots.counted_values import CountedValues
from sim.plots.line_looks import MOST_LINES
from sim.plots.overlaid_lines import LinePanel, OverlaidLine
from sim.plots.policy_marks import PolicyMark
from sim.plots.scenario_figures import LineData, scenario_figure
from sim.statistics.replication_bands import band


def read_scenarios(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read outcomes of several points, in panels by outcome, or by outcome and level of a factor."""
    names = shown_by_quarter(results, options.outcomes)
    data = _by_level(results, options, names) if options.by else _by_outcome(results, options, names)
    data = replace(data, notes=[*data.notes, not_shown(results, names, options)])
    return PreparedFigure(data.texts, partial(scenario_figure, data))


def policy_marks(results: ResultArrays, found: Sequence[PointSeries]) -> tuple[list[PolicyMark], str]:
    """Policies that all points have, and a sentence where they have different ones."""
    marks = [policies_of(results, series) for series in found]
    if all(each == marks[0] for each in marks):
        return marks[0], ""
    return [], "Policies differ between the lines and are not marked"


def _by_outcome(results: ResultArrays, options: FigureOptions, names: Sequence[str]) -> LineData:
    points = chosen_lines(results, options)
    found = read_point_series(results, names, points)
    lacking = only_with_runs(results, found, points)
    known = titles_and_units()
    labels = [series.label for series in found]
    panels = [LinePanel(name, *known[name], _lines(name, found, labels, range(len(found)))) for name in names]
    policies, differ = policy_marks(results, found)
    return LineData(results.title, labels, panels, [lacking, missing_runs_note(results, points), differ], policies)


def _lines(
    name: str, found: Sequence[PointSeries], labels: Sequence[str], numbers: Sequence[int]
) -> list[OverlaidLine]:
    unit = titles_and_units()[name][1]
    return [
        OverlaidLine(label, series.start, _values(label, unit, series.values[name]), number)
        for series, label, number in zip(found, labels, numbers, strict=True)
    ]


def _values(label: str, unit: str, values: npt.NDArray[np.float64]) -> CountedValues:
    """Medians over runs, with the band of the middle 80 %."""
    found, runs = band(values), len(values)
    ends = ((found.p10, found.p90),) if runs > 1 else ()
    return CountedValues(label, unit, found.median, found.n, runs, ends)


def _by_level(results: ResultArrays, options: FigureOptions, names: Sequence[str]) -> LineData:
    """Panels by outcome and level of a factor; lines are what else varies."""
    factor = options.by[0]
    if factor not in results.varied or len(options.by) > 1:
        if len(options.by) > 1:
            raise QueryError(f"scenarios are set apart by one factor; found {', '.join(options.by)}")
        raise unknown("factor that varies", factor, results.varied)
    points = chosen_points(results, options.points)
    rows = results.points.to_pylist()
    levels = list(dict.fromkeys(rows[point][factor] for point in points))
    if len(levels) * len(names) > MOST_PANELS:
        raise QueryError(
            f"{len(levels)} levels of {factor} and {len(names)} outcomes are more panels than a figure can hold "
            f"(at most {MOST_PANELS}); name fewer --outcomes, or choose with --point"
        )
    rest = _rest_labels(results, factor, rows, points)
    kinds = list(dict.fromkeys(rest.values()))
    if len(kinds) > MOST_LINES:
        raise too_many_lines(len(kinds), MOST_LINES, point_labels(results))
    found = read_point_series(results, names, points)
    lacking = only_with_runs(results, found, points)
    known = titles_and_units()
    panels = []
    for name in names:
        for level in levels:
            here = [series for series in found if rows[series.point][factor] == level]
            labels = [rest[series.point] for series in here]
            title = f"{known[name][0]}: {factor} {level_words(level) or '(none)'}"
            lines = _lines(name, here, labels, [kinds.index(label) for label in labels])
            panels.append(LinePanel(name, title, known[name][1], lines))
    panels = [replace(each, shared=_values_of(panels, each.outcome)) for each in panels]
    policies, differ = policy_marks(results, found)
    return LineData(results.title, kinds, panels, [lacking, missing_runs_note(results, points), differ], policies)


def _values_of(panels: Sequence[LinePanel], outcome: str) -> list[CountedValues]:
    return [line.values for panel in panels if panel.outcome == outcome for line in panel.lines]


def _rest_labels(
    results: ResultArrays, factor: str, rows: Sequence[Mapping[str, object]], points: Sequence[int]
) -> dict[int, str]:
    """Each point by what varies beside one factor."""
    others = [name for name in results.varied if name != factor]
    words = {
        point: ", ".join(
            (str(rows[point][name]) or "(none)")
            if name in ("scenario", "variant")
            else f"{name} {level_words(rows[point][name])}"
            for name in others
        )
        for point in points
    }
    return {point: label or results.title for point, label in words.items()}
