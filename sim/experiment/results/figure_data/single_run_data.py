"""Single run data: some runs of one point as lines of their own over the band of all, for `sim.plots.band_figures`."""

from __future__ import annotations

from dataclasses import replace

from sim.experiment.results.figure_data.band_data import band_data, not_shown, series_of_point, shown_by_quarter
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.point_series import PointSeries
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.result_arrays import ResultArrays
from sim.plots.band_figures import band_figure, texts

RUNS = 20
"""Single runs that are drawn where nothing else is asked."""


def read_single_runs(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read the band of one point and its first runs, by the numbers of their replications."""
    names = shown_by_quarter(results, options.outcomes)
    series, title = series_of_point(results, options, names, "runs")
    count = min(options.count or RUNS, len(series.replications))
    whole = band_data(results, series, names, title, [not_shown(results, names, options)])
    panels = [replace(one, singles=series.values[one.outcome][:count], reach=None) for one in whole.panels]
    data = replace(whole, panels=panels, sets=(0, 0), notes=[_which(series, count), *whole.notes])
    notes = []
    if options.count is not None and options.count > count:
        notes.append(f"{options.count:,} runs were asked for, and {count:,} are done")
    return PreparedFigure(texts(data), lambda: band_figure(data), notes)


def _which(series: PointSeries, count: int) -> str:
    """Which runs the thin lines are: the first, and the same whenever they are drawn."""
    shown = series.replications[:count]
    words = f"{shown[0]:,}"
    if count > 1:
        gaps = shown[-1] - shown[0] + 1 != count
        words = f"{shown[0]:,} to {shown[-1]:,}" + (", of those that are done" if gaps else "")
    lines = "Thin line: the run of replication" if count == 1 else "Thin lines: the runs of replications"
    return f"{lines} {words}"
