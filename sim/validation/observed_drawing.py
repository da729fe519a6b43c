"""Observed drawing: figures of observed and simulated series, written as PNG and SVG."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.experiment.store.atomic_files import make_folder, write_file
from sim.plots.calendar_axis import begin, quarter_edges, quarter_middles
from sim.plots.counted_values import CountedValues
from sim.plots.figure_style import house_style, png, svg
from sim.plots.font_advice import font_advice, order_advice
from sim.plots.font_choice import choose_fonts
from sim.plots.observed_figures import ObservedData, observed_figure, texts
from sim.plots.observed_panels import ObservedMark, ObservedPanel
from sim.plots.policy_marks import dated_policies
from sim.scenario import load_scenario
from sim.scenario.full_values import full_values
from sim.statistics.replication_bands import band
from sim.validation.observed_cells import is_flow
from sim.validation.observed_comparison import Trajectories, at_date, off_by
from sim.validation.observed_folders import ObservedSeries
from sim.validation.observed_series import ObservedPoint
from sim.validation.plain_tables import few_digits


def draw_observed_figure(
    series: ObservedSeries, trajectories: Trajectories, folder: Path, asked: int = 0
) -> tuple[list[Path], str]:
    """Draw what was observed of a scenario over what its runs gave, as ``observed-NAME.png`` and ``.svg``.

    Parameters
    ----------
    series : ObservedSeries
        What was observed.
    trajectories : mapping of str to float array, shape (replications, quarters)
        At least the outcomes of the series.
    folder : Path
        Where the files are written.
    asked : int
        Replications that were asked for, some of which may have failed.

    Returns
    -------
    list of Path, str
        The files, and a line of advice on fonts where characters cannot be drawn; else empty.

    Raises
    ------
    StoreError
        If a file cannot be written.
    """
    data = observed_data(series, trajectories, asked)
    make_folder(folder)
    fonts = choose_fonts(texts(data))
    written = []
    with house_style(fonts.families):
        figure = observed_figure(data)
        for ending, content in (("png", png(figure)), ("svg", svg(figure))):
            file = folder / f"observed-{series.name}.{ending}"
            write_file(file, content)
            written.append(file)
    return written, ". ".join(filter(None, (font_advice(fonts.missing), order_advice(texts(data)))))


def observed_data(series: ObservedSeries, trajectories: Trajectories, asked: int = 0) -> ObservedData:
    """What the figure shows: a panel for each outcome that was observed, two where a flow has quarters and years."""
    scenario = load_scenario(series.scenario)
    runs = len(trajectories[series.outcomes[0]])
    groups: dict[tuple[str, bool], list[ObservedPoint]] = {}
    for point in series.points:
        yearly = is_flow(point.outcome) and point.date.quarters > 1
        groups.setdefault((point.outcome.name, yearly), []).append(point)
    return ObservedData(
        title=series.title,
        start=series.start,
        quarters=series.quarters,
        replications=runs,
        panels=tuple(_panel(series, points, trajectories[name], yearly) for (name, yearly), points in groups.items()),
        policies=dated_policies(full_values(scenario)["policies"], series.start, series.quarters),
        asked=asked,
    )


def _panel(
    series: ObservedSeries, points: list[ObservedPoint], trajectory: npt.NDArray[np.float64], yearly: bool
) -> ObservedPanel:
    outcome, shown, unit = points[0].outcome, trajectory, points[0].outcome.unit
    places, edges = quarter_middles(series.start, series.quarters), quarter_edges(series.start, series.quarters)
    if yearly:
        shown, edges = yearly_sums(series, trajectory)
        places, unit = (edges[:-1] + edges[1:]) / 2, unit.removesuffix("/quarter") + "/year"
    return ObservedPanel(
        title=outcome.title.removesuffix(" this quarter") if yearly else outcome.title,
        unit=unit,
        places=places,
        edges=edges,
        values=CountedValues.from_band(outcome.title, unit, band(shown), len(shown)),
        marks=tuple(_mark(series, point, trajectory) for point in points),
        sources="Sources: " + "; ".join(dict.fromkeys(point.source for point in points)),
    )


def yearly_sums(
    series: ObservedSeries, trajectory: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sums over the calendar years that lie wholly within the run, and where these begin and the last ends, in years.

    Returns
    -------
    float array, shape (replications, years); float array, shape (years + 1,)
    """
    skipped = -(series.start.number - 1) % 4
    years = (series.quarters - skipped) // 4
    whole = trajectory[:, skipped : skipped + 4 * years]
    first = (series.start + skipped).year
    return whole.reshape(len(whole), years, 4).sum(axis=2), np.arange(first, first + years + 1, dtype=np.float64)


def _mark(series: ObservedSeries, point: ObservedPoint, trajectory: npt.NDArray[np.float64]) -> ObservedMark:
    over = band(at_date(point, trajectory, series.start)[:, None])
    return ObservedMark(
        first=begin(point.date.first),
        last=begin(point.date.last) + 0.25,
        value=point.value,
        low=point.low,
        high=point.high,
        inside=off_by(point, float(over.p10[0]), float(over.p90[0])) == 0,
        words=_value_words(point.value),
    )


def _value_words(value: float) -> str:
    """An observed value in few characters.

    >>> _value_words(12_177_000), _value_words(0.176), _value_words(2452)
    ('12.2 m', '0.176', '2,452')
    """
    return f"{few_digits(value / 1e6)} m" if value >= 1e6 else few_digits(value)
