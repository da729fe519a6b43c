"""Observed figure data: what was observed over the bands of what runs gave, for `sim.plots.observed_figures`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.observed.observed_cells import is_flow
from sim.observed.observed_distance import Trajectories, at_date, off_by
from sim.observed.observed_folders import ObservedSeries
from sim.observed.observed_series import ObservedPoint
from sim.plots.calendar_axis import begin, quarter_edges, quarter_middles
from sim.plots.counted_values import CountedValues
from sim.plots.observed_figures import ObservedData
from sim.plots.observed_panels import ObservedMark, ObservedPanel
from sim.plots.policy_marks import PolicyMark
from sim.statistics.number_format import few_digits
from sim.statistics.replication_bands import band


def observed_figure_data(
    series: ObservedSeries, trajectories: Trajectories, policies: Sequence[PolicyMark], asked: int = 0
) -> ObservedData:
    """What the figure shows: a panel for each outcome that was observed, two where a flow has quarters and years.

    Parameters
    ----------
    series : ObservedSeries
        What was observed, within the run.
    trajectories : mapping of str to float array, shape (replications, quarters)
        At least the outcomes of the series.
    policies : sequence of PolicyMark
        Changes within the run.
    asked : int
        Replications that were asked for, some of which may have failed.
    """
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
        policies=policies,
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
