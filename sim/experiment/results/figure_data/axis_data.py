"""Axis data: outcomes of runs against one axis of a sweep, by another factor, for `sim.plots.axis_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from sim.experiment.results.figure_data.axis_choice import ShownAxis, axis_words, shown_axis
from sim.experiment.results.figure_data.band_data import MOST_PANELS, titles_and_units
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.point_series import kept_by_quarter
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.result_arrays import LABELS, ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.dated_values import asked_measure
from sim.experiment.store.part_reader import QueryError, unknown
from sim.output.outcome_measures import measure_note
from sim.plots.axis_figures import axis_figure
from sim.plots.axis_lines import AxisData, AxisLine, AxisPanel
from sim.plots.line_looks import MOST_LINES
from sim.statistics.grouped_statistics import pool
from sim.statistics.run_counts import least_to_most

MOST_LEVELS = 40
"""Levels that are means with intervals; of more, each is a dot."""
_MOST_NAMED = 20


def read_axis(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read means at the levels of an axis, apart for each level of another factor."""
    if not results.done:
        raise StoreError(f"no run is kept in {results.path} yet")
    measure = options.measure or results.measure
    names, left = _outcomes(results, options, measure)
    axis, factor = _factors(results, options)
    levels = shown_axis(results, axis)
    others = None if factor is None else shown_axis(results, factor)
    if not levels.numeric and len(levels.levels) > _MOST_NAMED:
        raise QueryError(
            f"{len(levels.levels)} names on '{axis}' are more than an axis can hold; at most {_MOST_NAMED}"
        )
    dots = len(levels.levels) > MOST_LEVELS
    data = AxisData(
        title=f"{results.title}: outcomes by {axis}",
        axis=levels.words,
        places=np.array(levels.levels if levels.numeric else range(len(levels.levels)), np.float64),
        levels=levels.labels,
        named=not levels.numeric,
        dots=dots,
        panels=_panels(results, names, measure, levels, others),
        notes=[*_notes(results, (axis, factor), levels, measure, dots), left],
        threshold=options.threshold,
    )
    return PreparedFigure(data.texts, partial(axis_figure, data))


def _outcomes(results: ResultArrays, options: FigureOptions, measure: str) -> tuple[list[str], str]:
    """Outcomes that are shown, and a sentence on those that are not."""
    dated = asked_measure(measure) is not None
    there = kept_by_quarter(results) if dated else list(results.outcomes)
    usual = [name for name in results.shown if name in there][: 1 if options.threshold is not None else MOST_PANELS]
    if options.threshold is not None and len(options.outcomes) != 1:
        raise QueryError("a threshold is a value of one outcome; name it with --outcomes")
    names = results.chosen(options.outcomes or usual)
    if not names:
        raise QueryError(f"none of the experiment's outcomes is kept by quarter in {results.path}, as {measure} needs")
    if len(names) > MOST_PANELS:
        raise QueryError(f"{len(names)} outcomes are more than a figure can hold; at most {MOST_PANELS}")
    left = [] if options.outcomes else [name for name in results.shown if name not in names]
    return names, f"Not shown: {', '.join(left)}" if left else ""


def _factors(results: ResultArrays, options: FigureOptions) -> tuple[str, str | None]:
    """The axis, and the factor that has a line for each level."""
    for name in options.by:
        if name not in results.varied:
            raise unknown("factor that varies", name, results.varied)
    if len(options.by) > 2:
        raise QueryError(f"this figure tells apart one axis and one more factor; found {', '.join(options.by)}")
    counts = {name: len(results.points[name].unique()) for name in results.varied}
    axis = options.by[0] if options.by else _usual_axis(results, counts)
    if len(options.by) == 2:
        factor = options.by[1]
        if counts[factor] > MOST_LINES:
            raise QueryError(
                f"'{factor}' has {counts[factor]:,} levels, more than lines that fit (at most {MOST_LINES})"
            )
        return axis, factor
    others = [name for name in results.varied if name != axis and counts[name] <= MOST_LINES]
    return axis, others[0] if others and not options.by and counts[axis] <= MOST_LEVELS else None


def _usual_axis(results: ResultArrays, counts: dict[str, int]) -> str:
    """The first axis with the most levels that are numbers; the first factor where no axis varies."""
    if not counts:
        raise QueryError(f"nothing varies between the points of {results.path}")
    numeric = [name for name in results.axes if name in counts and shown_axis(results, name).numeric]
    return max(numeric, key=lambda name: counts[name]) if numeric else next(iter(counts))


def _panels(
    results: ResultArrays, names: Sequence[str], measure: str, levels: ShownAxis, others: ShownAxis | None
) -> list[AxisPanel]:
    """Pool the runs of all points that share a level of the axis and of the other factor."""
    width = len(levels.levels)
    count = 1 if others is None else len(others.levels)
    cell = levels.place if others is None else others.place * width + levels.place
    runs = np.bincount(cell[results.groups.codes], minlength=count * width).reshape(count, width)
    labels = [""] if others is None else [_label(others, words) for words in others.labels]
    known, panels = titles_and_units(), []
    for name, values in results.values(names, measure):
        found = pool(results.groups, cell, results.index["replication"], values)
        # Levels behind the last that has a point are not there.
        rows = [np.full(count * width, np.nan) for _ in range(3)]
        for row, each in zip(rows, (found.mean, found.low, found.high), strict=True):
            row[: len(each)] = each
        mean, low, high = (row.reshape(count, width) for row in rows)
        defined = np.zeros(count * width, np.int64)
        defined[: len(found.n)] = found.n
        counts = defined.reshape(count, width)
        lines = [
            AxisLine(label, mean[n], low[n], high[n], counts[n], np.asarray(runs[n], np.int64))
            for n, label in enumerate(labels)
        ]
        panels.append(AxisPanel(name, *known.get(name, (name, "")), lines))
    return panels


def _label(factor: ShownAxis, level: str) -> str:
    return level if factor.name in LABELS else f"{factor.name} {level}"


def _notes(
    results: ResultArrays, factors: tuple[str, str | None], levels: ShownAxis, measure: str, dots: bool
) -> list[str]:
    """Over what the means are, and what else varies."""
    meaning = measure_note(measure, results.quarters)
    runs = results.groups.runs[results.groups.runs > 0].tolist()
    over = f"{least_to_most(runs)} {'replication' if set(runs) == {1} else 'replications'}"
    rest = [name for name in results.varied if name not in factors]
    bars = "" if set(runs) == {1} else " with its 95 % confidence interval"
    alone = len(levels.levels) == results.points.num_rows
    which = "Mean over"
    if dots:
        which = "Each dot is a point: mean over" if alone else "Each dot is the mean over the points of a level and"
    lines = [f"{which} {over}{'' if dots else bars}; a run counts with its {meaning}"]
    if rest and alone:
        lines.append(f"Every point differs in {', '.join(rest)} too")
    elif rest:
        lines.append(f"Averaged over the levels of {', '.join(rest)}")
    if factors[1] is not None and (words := axis_words(results, factors[1])) != factors[1]:
        lines.append(f"{factors[1]}: {words}")
    return [*lines, missing_runs_note(results, range(results.points.num_rows))]
