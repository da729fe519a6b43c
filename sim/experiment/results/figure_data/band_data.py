"""Band data: outcomes of one point over time, for `sim.plots.band_figures`."""

from __future__ import annotations

from collections.abc import Sequence

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.parameter_reach import parameter_reach
from sim.experiment.results.figure_data.point_policies import policies_of
from sim.experiment.results.figure_data.point_series import (
    PointSeries,
    kept_by_quarter,
    read_point_series,
)
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import one_point
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from sim.plots.band_figures import BandData, BandPanel, band_figure, texts
from sim.plots.counted_values import CountedValues
from sim.statistics.replication_bands import band

MOST_PANELS = 16
"""Panels of a figure; the main outcomes have one each."""


def read_bands(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read outcomes of one point; that of the base where none is named."""
    names = shown_by_quarter(results, options.outcomes)
    series, title = series_of_point(results, options, names, "this figure")
    data = band_data(results, series, names, title, [not_shown(results, names, options)])
    return PreparedFigure(texts(data), lambda: band_figure(data))


def series_of_point(
    results: ResultArrays, options: FigureOptions, names: Sequence[str], what: str
) -> tuple[PointSeries, str]:
    """Outcomes of the one point that is asked for, the first where none is, and the heading of the figure.

    Raises
    ------
    QueryError
        If there is no such point, or several are asked for.
    StoreError
        If no run of it is done.
    """
    point, title = one_point(results, options, what)
    found = read_point_series(results, names, [point])
    if not found:
        raise StoreError(f"no run of this point is kept in {results.path} yet")
    return found[0], title


def not_shown(results: ResultArrays, names: Sequence[str], options: FigureOptions) -> str:
    """A sentence on outcomes of the experiment that a figure of the usual ones lacks; nothing where it has all."""
    left = [] if options.outcomes else [name for name in results.shown if name not in names]
    kept = kept_by_quarter(results)
    words = [("Not kept by quarter", [name for name in left if name not in kept])]
    words.append(("Not shown, for want of room", [name for name in left if name in kept]))
    return "; ".join(f"{why}: {', '.join(lacking)}" for why, lacking in words if lacking)


def shown_by_quarter(results: ResultArrays, asked: Sequence[str], most: int = MOST_PANELS) -> list[str]:
    """Outcomes by quarter that a figure shows: those that are asked for, or those of the experiment that are kept.

    Raises
    ------
    QueryError
        If there are more than a figure can hold, or none is kept by quarter.
    """
    kept = kept_by_quarter(results)
    names = list(asked) or [name for name in results.shown if name in kept][:most] or kept[:most]
    if len(names) > most:
        raise QueryError(f"{len(names)} outcomes are more than a figure can hold; at most {most}")
    if not names:
        raise QueryError(f"no outcome is kept by quarter in {results.path}")
    return names


def titles_and_units() -> dict[str, tuple[str, str]]:
    """Title and unit of every outcome by name."""
    return {outcome.name: (outcome.title, outcome.unit) for outcome in SECTOR}


def band_data(
    results: ResultArrays, series: PointSeries, names: Sequence[str], title: str, notes: Sequence[str] = ()
) -> BandData:
    """Medians and bands of outcomes at one point, with its policies, and notes for the head of the figure."""
    known = titles_and_units()
    runs = len(series.replications)
    asked = results.progress().runs // results.points.num_rows
    reach = parameter_reach(results, names)
    panels = [
        BandPanel(
            name,
            title,
            CountedValues.from_band(title, unit, band(series.values[name]), runs),
            reach.ends.get(name),
        )
        for name in names
        for title, unit in [known.get(name, (name, ""))]
    ]
    return BandData(
        title,
        series.start,
        series.quarters,
        runs,
        asked,
        panels,
        policies_of(results, series),
        (reach.sets, reach.runs),
        [each for each in notes if each],
    )
