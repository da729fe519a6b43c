"""Forest data: what scenarios, variants or the levels of an axis do against a base, for `sim.plots.forest_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.results.comparison_results import Comparison
from sim.experiment.results.effects import Effects
from sim.experiment.results.figure_data.axis_choice import level_label, shown_axis
from sim.experiment.results.figure_data.band_data import titles_and_units
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.point_series import chosen_points
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.output.outcome_measures import measure_note
from sim.plots.counted_values import CountedValues
from sim.plots.forest_figures import ForestData, forest_figure, texts

if TYPE_CHECKING:
    import numpy.typing as npt

    from sim.statistics.paired_differences import Pairs

USUAL_OUTCOMES, MOST_OUTCOMES = 3, 6
MOST_ROWS = 40
"""Rows that are drawn where nothing else is asked."""


@dataclass(frozen=True)
class _Rows:
    """Comparisons before they are cut: labels, pairs, whether their order has a meaning, and the base in words."""

    labels: Sequence[str]
    pairs: Sequence[Pairs]
    ordered: bool
    base: str


def read_forest(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read paired differences of an outcome or a few."""
    names = results.chosen(list(options.outcomes) or list(results.shown)[:USUAL_OUTCOMES])
    if len(names) > MOST_OUTCOMES:
        raise QueryError(f"{len(names)} outcomes are more than a forest can hold; at most {MOST_OUTCOMES}")
    measure = options.measure or results.measure
    rows = _effects(results, names, options, measure) if options.by else _comparison(results, names, options, measure)
    most = options.count or MOST_ROWS
    shown = _shown(rows, most)
    known = titles_and_units()
    panels = [_values(rows, shown, n, *known.get(name, (name, ""))) for n, name in enumerate(names)]
    data = ForestData(
        results.title,
        rows.base,
        [rows.labels[n] for n in shown],
        panels,
        len(rows.labels),
        rows.ordered,
        measure_note(measure, results.quarters),
        missing_runs_note(results, range(results.points.num_rows)),
    )
    return PreparedFigure(texts(data), lambda: forest_figure(data))


def _comparison(results: ResultArrays, names: Sequence[str], options: FigureOptions, measure: str) -> _Rows:
    """Every point against one."""
    base = chosen_points(results, (options.base,))[0] if options.base is not None else 0
    wanted = set(chosen_points(results, options.points))
    found = Comparison.of(results, names, measure, base=base)
    others = [other for other in found.others if other.point in wanted]
    if not others:
        raise QueryError(f"the points that are asked for are the base, '{found.base}', itself")
    ordered = len(results.varied) == 1 and shown_axis(results, results.varied[0]).numeric
    return _Rows([other.label for other in others], [other.pairs for other in others], ordered, found.base)


def _effects(results: ResultArrays, names: Sequence[str], options: FigureOptions, measure: str) -> _Rows:
    """Levels of one factor against one level of it, where all else is the same."""
    if len(options.by) > 1:
        raise QueryError(f"a forest is by one axis; found {', '.join(options.by)}")
    axis = shown_axis(results, options.by[0])
    base = _level(axis.levels, axis.labels, options.base) if options.base is not None else None
    found = Effects.of(results, names, axis.name, base, measure=measure)
    wanted = set(chosen_points(results, options.points))
    kept = [n for n, (point, _) in enumerate(found.points) if point in wanted]
    if not kept:
        raise QueryError(f"none of the points that are asked for has a partner that differs in {axis.name} alone")
    columns = {name: results.points[name].to_pylist() for name in results.varied}
    others = [name for name in results.varied if name != axis.name]
    labels = []
    for n in kept:
        point = found.points[n][0]
        level = axis.labels[axis.place[point]]
        words = level if axis.name in ("scenario", "variant") else f"{axis.name} {level}"
        labels.append(", ".join([words, *(_words(name, columns[name][point]) for name in others)]))
    against = axis.labels[axis.place[found.points[kept[0]][1]]]
    said = f"{axis.name} {against}" + (" (all else the same)" if others else "")
    return _Rows(labels, [found.pairs[n] for n in kept], axis.numeric, said)


def _words(name: str, level: object) -> str:
    text = level_label(level)
    return (text or "(none)") if name in ("scenario", "variant") else f"{name} {text}"


def _level(levels: Sequence[object], labels: Sequence[str], asked: str) -> object:
    """The level that a text stands for; the text itself where it stands for none, which is then refused."""
    for level, label in zip(levels, labels, strict=True):
        if asked in (label, str(level)) or (isinstance(level, float) and _number(asked) == level):
            return level
    return asked


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _shown(rows: _Rows, most: int) -> list[int]:
    """Rows that are drawn, from above: by size of their effect on the first outcome, or in their order.

    Where there are too many, those stay whose effect is largest, whatever its sign.
    """
    first = np.array([pairs.difference[0] for pairs in rows.pairs])
    size = np.where(np.isnan(first), -1.0, np.abs(first))
    largest = np.argsort(-size, kind="stable")[:most]
    if rows.ordered:
        return sorted(largest.tolist())
    down = np.where(np.isnan(first), -np.inf, first)[largest]
    return largest[np.argsort(-down, kind="stable")].tolist()


def _values(rows: _Rows, shown: Sequence[int], outcome: int, title: str, unit: str) -> CountedValues:
    def column(part: str) -> npt.NDArray[np.float64]:
        return np.array([getattr(rows.pairs[n], part)[outcome] for n in shown], np.float64)

    counts = column("n").astype(np.int64)
    runs = int(max((counts + column("dropped").astype(np.int64)).max(initial=0), 1))
    return CountedValues(title, unit, column("difference"), counts, runs, ((column("low"), column("high")),))
