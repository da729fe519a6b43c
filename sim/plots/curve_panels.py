"""Curve panels: bands, lines, labels, calendar and policies on one pair of axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, StrMethodFormatter
from matplotlib.transforms import ScaledTranslation, Transform

from sim.declarations.calendar_quarter import Quarter
from sim.plots.figure_style import GREY, MARK
from sim.plots.panel_declarations import Line, Panel
from sim.plots.policy_marks import PolicyMark, stretches
from sim.statistics.replication_bands import Band, Numbers

_LABEL_SIZE = 9.5
_LINE_HEIGHT = 1.25
"""Distance of lines of text, in font sizes."""
_NUMBER_ROOM = 0.14
"""Inches that the number of a policy needs."""
_SHADE = 0.22
"""How dark a quarter is in which a policy is wholly in force."""
_POINT = 1 / 72
"""Inches."""


@dataclass(frozen=True)
class PlotData:
    """Data of the figures of one results folder.

    Attributes
    ----------
    title : str
        The scenario's.
    start : Quarter
        First quarter.
    quarters : int
        Length of the run.
    replications : int
        How many the bands are taken over.
    bands : mapping of str to Band
        Outcome -> quantiles by quarter.
    policies : sequence of Dated
        Changes within the run.
    """

    title: str
    start: Quarter
    quarters: int
    replications: int
    bands: Mapping[str, Band]
    policies: Sequence[PolicyMark]

    @property
    def dates(self) -> Numbers:
        """Middles of the quarters, in years."""
        middles: Numbers = begin(self.start) + 0.25 * (np.arange(self.quarters, dtype=np.float64) + 0.5)
        return middles


def begin(quarter: Quarter) -> float:
    """Start of a quarter, in years.

    >>> begin(Quarter(2009, 3))
    2009.5
    """
    return quarter.year + (quarter.number - 1) / 4


def draw_panel(axes: Axes, panel: Panel, data: PlotData) -> None:
    """Draw a panel; its title and unit are the caller's business."""
    for line in reversed(panel.lines):
        _draw_line(axes, line, data)
    _set_calendar(axes, data)
    _set_scale(axes, panel, data)
    _mark_policies(axes, data)
    _write_labels(axes, panel, data)


def _draw_line(axes: Axes, line: Line, data: PlotData) -> None:
    values, dates = data.bands[line.outcome], data.dates
    if data.replications > 1:
        for low, high, strength in ((values.p10, values.p90, 0.15), (values.p25, values.p75, 0.25)):
            axes.fill_between(dates, low, high, color=line.colour, alpha=strength, linewidth=0)
    axes.plot(dates, values.median, color=line.colour, clip_on=False)
    # A value between two missing ones has no line to be part of.
    there = np.concatenate(([False], np.isfinite(values.median), [False]))
    alone = there[1:-1] & ~there[:-2] & ~there[2:]
    if alone.any():
        axes.plot(dates[alone], values.median[alone], "o", color=line.colour, markersize=4)


def _set_calendar(axes: Axes, data: PlotData) -> None:
    first = begin(data.start)
    last = first + data.quarters / 4
    axes.set_xlim(first, last)
    ticks, labels = calendar_ticks(data.start, data.quarters, most=axes.get_position().width * _width(axes) / 0.5)
    axes.set_xticks(ticks, labels)


def calendar_ticks(start: Quarter, quarters: int, most: float) -> tuple[list[float], list[str]]:
    """Where to write dates: at the start of years; in a short run, in the middle of quarters.

    >>> calendar_ticks(Quarter(2009, 3), 60, most=10)
    ([2010.0, 2012.0, 2014.0, 2016.0, 2018.0, 2020.0, 2022.0, 2024.0], \
['2010', '2012', '2014', '2016', '2018', '2020', '2022', '2024'])
    """
    if quarters < 8:
        shown = [start + i for i in range(quarters)]
        return [begin(quarter) + 0.125 for quarter in shown], [str(quarter) for quarter in shown]
    first, last = begin(start), begin(start) + quarters / 4
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) / step <= most)
    years = [year for year in range(int(np.ceil(first)), int(last) + 1) if year % step == 0]
    return [float(year) for year in years], [str(year) for year in years]


def _set_scale(axes: Axes, panel: Panel, data: PlotData) -> None:
    if panel.unit_interval:
        axes.set_ylim(0, 1)
        axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        return
    highest = [np.nanmax(data.bands[line.outcome].p90, initial=0) for line in panel.lines]
    axes.set_ylim(0, max(1.0, 1.05 * max(highest)))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _mark_policies(axes: Axes, data: PlotData) -> None:
    """Number policies where they begin, and shade the quarters in which passing ones are in force."""
    marks: list[tuple[float, str]] = []
    for number, policy in enumerate(data.policies, start=1):
        if policy.at is not None:
            marks.append((begin(policy.at), str(number)))
            axes.axvline(marks[-1][0], color=MARK, linewidth=0.9, linestyle=(0, (2, 2.5)), zorder=0.9)
        for first, end, force in stretches(policy.force):
            ends = begin(data.start + first), begin(data.start + end)
            axes.axvspan(*ends, color=MARK, alpha=_SHADE * force, linewidth=0, zorder=0.5)
    inch = data.quarters / 4 / (axes.get_position().width * _width(axes))
    for at, words in gathered(marks, _NUMBER_ROOM * inch):
        place = axes.get_xaxis_transform() + _inches(axes, 0, 0.04)
        axes.text(at, 1, words, transform=place, color=GREY, size=8, ha="center", va="bottom")


def gathered(marks: Sequence[tuple[float, str]], room: float) -> list[tuple[float, str]]:
    """Write the words of marks that stand closer than some room together, in the middle of them.

    >>> gathered([(1.0, "1"), (1.5, "2"), (4.0, "3")], room=1.0)
    [(1.25, '1, 2'), (4.0, '3')]
    """
    groups: list[list[tuple[float, str]]] = []
    for mark in sorted(marks, key=lambda mark: mark[0]):
        if groups and mark[0] - groups[-1][-1][0] < room:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return [((group[0][0] + group[-1][0]) / 2, ", ".join(words for _, words in group)) for group in groups]


def _write_labels(axes: Axes, panel: Panel, data: PlotData) -> None:
    """Write each line's name beside its end, moved apart where they would touch."""
    ends: list[tuple[Line, float]] = []
    for line in panel.lines:
        median = data.bands[line.outcome].median
        if np.isfinite(median).any():
            ends.append((line, float(median[np.isfinite(median)][-1])))
    low, high = axes.get_ylim()
    tall = axes.get_position().height * float(axes.get_figure(root=True).get_figheight())  # type: ignore[union-attr]
    inches = [(value - low) / (high - low) * tall for _, value in ends]
    room = [_LABEL_SIZE * _LINE_HEIGHT * _POINT * (line.label.count("\n") + 1) + 0.04 for line, _ in ends]
    for (line, _), place in zip(ends, spread(inches, room), strict=True):
        axes.text(
            1,
            place / tall,
            line.label,
            transform=axes.transAxes + _inches(axes, 0.1, 0),
            color=line.colour,
            size=_LABEL_SIZE,
            weight="bold",
            va="center",
            linespacing=_LINE_HEIGHT,
        )


def spread(places: Sequence[float], room: Sequence[float]) -> list[float]:
    """Move places apart as little as possible, so that each has its room.

    >>> spread([1.0, 1.0, 5.0], [2.0, 2.0, 1.0])
    [0.0, 2.0, 5.0]
    """
    moved = list(places)
    order = sorted(range(len(moved)), key=lambda i: moved[i])
    for _ in range(50):
        for below, above in pairwise(order):
            lack = (room[below] + room[above]) / 2 - (moved[above] - moved[below])
            if lack > 0:
                moved[below] -= lack / 2
                moved[above] += lack / 2
    return moved


def _inches(axes: Axes, x: float, y: float) -> Transform:
    return ScaledTranslation(x, y, axes.get_figure(root=True).dpi_scale_trans)  # type: ignore[union-attr]


def _width(axes: Axes) -> float:
    return float(axes.get_figure(root=True).get_figwidth())  # type: ignore[union-attr]
