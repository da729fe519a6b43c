"""Heat map data: outcomes over two axes of a sweep, for `sim.plots.heat_maps`.

Factors that are not shown are held at the level of one point, by default the first.  An average over them would mix
worlds that nobody asked about, and hide that an axis may do more in one of them than in another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.figure_data.axis_choice import ShownAxis, held_elsewhere, two_axes
from sim.experiment.results.figure_data.band_data import titles_and_units
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.point_series import chosen_points
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.paired_samples import PairedSamples
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.output.outcome_measures import measure_note
from sim.plots.counted_values import CountedValues
from sim.plots.heat_maps import HeatAxis, HeatMapData, heat_map_figure, texts
from sim.statistics.confidence_intervals import CONFIDENCE

if TYPE_CHECKING:
    import numpy.typing as npt

MOST_LEVELS = 60
"""Levels of an axis whose cells can still be seen."""
MOST_OUTCOMES = 6
_FEWEST_FILLED = 0.25
"""Share of cells with a point below which points are no grid."""


def read_heat_maps(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read outcomes at the points of a plane of a sweep; differences from a point where a base is named."""
    names = list(options.outcomes) or list(results.shown)[:1]
    if len(names) > MOST_OUTCOMES:
        raise QueryError(f"{len(names)} outcomes are more than a heat map can hold; at most {MOST_OUTCOMES}")
    across, up = two_axes(results, options.by)
    if len(options.points) > 1:
        raise QueryError(f"other factors are held at one point; found {len(options.points)} of them")
    at = chosen_points(results, options.points)[0] if options.points else 0
    same, held = held_elsewhere(results, (across.name, up.name), at)
    cells = _cells(across, up, same)
    measure = options.measure or results.measure
    data = HeatMapData(
        results.title,
        _axis(across),
        _axis(up),
        cells,
        _panels(results, names, cells, options, measure),
        options.threshold,
        _compared_with(results, options),
        tuple(f"{name} {level}" for name, level in held.items()),
        measure_note(measure, results.quarters),
        missing_runs_note(results, cells[cells >= 0].tolist()),
    )
    return PreparedFigure(texts(data), lambda: heat_map_figure(data))


def _cells(across: ShownAxis, up: ShownAxis, same: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Point of each cell, shape (up, across); -1 where there is none.

    Raises
    ------
    QueryError
        If an axis has too many levels, or points are no grid.
    """
    for axis in (across, up):
        if len(axis.levels) > MOST_LEVELS:
            raise QueryError(
                f"{axis.name} has {len(axis.levels):,} levels, more than a heat map can hold ({MOST_LEVELS}); "
                "it is for the levels of a grid"
            )
    cells = np.full((len(up.levels), len(across.levels)), -1, np.int64)
    points = np.flatnonzero(same)[::-1]  # of points that are the same the first stays
    cells[up.place[points], across.place[points]] = points
    filled = int((cells >= 0).sum())
    if filled < _FEWEST_FILLED * cells.size:
        raise QueryError(
            f"only {filled:,} of {cells.size:,} combinations of {across.name} and {up.name} have a point; "
            "a heat map is for a grid, not for a sample"
        )
    return cells


def _axis(axis: ShownAxis) -> HeatAxis:
    return HeatAxis(axis.name, axis.words, axis.levels, axis.labels, axis.numeric)


def _compared_with(results: ResultArrays, options: FigureOptions) -> str:
    if options.base is None:
        return ""
    return point_labels(results)[chosen_points(results, (options.base,))[0]]


def _panels(
    results: ResultArrays, names: Sequence[str], cells: npt.NDArray[np.int64], options: FigureOptions, measure: str
) -> tuple[CountedValues, ...]:
    """Means at the points of the cells, with the ends of their intervals, of every outcome."""
    known = titles_and_units()
    there = cells >= 0
    found = _means(results, names, options, measure)
    panels = []
    for name, numbers in zip(names, found, strict=True):
        mean, low, high, count = (np.where(there, each[cells], np.nan) for each in numbers)
        counts = np.where(there, count, 0).astype(np.int64)
        title, unit = known.get(name, (name, ""))
        runs = int(max(results.groups.runs.max(initial=0), counts.max(initial=0)))
        panels.append(CountedValues(title, unit, mean, counts, runs, ((low, high),)))
    return tuple(panels)


def _means(
    results: ResultArrays, names: Sequence[str], options: FigureOptions, measure: str
) -> list[tuple[npt.NDArray[np.float64], ...]]:
    """Of every outcome the means of all points, the ends of their intervals, and the runs behind them."""
    if options.base is None:
        found = results.statistics(names, measure)
        return [(each.mean, each.low, each.high, each.n.astype(np.float64)) for each in found.values()]
    base = chosen_points(results, (options.base,))[0]
    samples = PairedSamples.of(results, results.chosen(names), measure)
    pairs = [samples.pairs(base, point, CONFIDENCE) for point in range(results.points.num_rows)]
    return [
        tuple(
            np.array([getattr(each, part)[n] for each in pairs], np.float64)
            for part in ("difference", "low", "high", "n")
        )
        for n in range(len(names))
    ]
