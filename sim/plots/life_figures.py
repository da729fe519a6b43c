"""Life figures: the life of an agency on one calendar; contracts as bars, events numbered, staff and money below.

Draw inside `sim.plots.figure_style.house_style`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.plots.calendar_axis import begin, quarter_middles, set_calendar
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import EDGE, Page, add_axes, axes_size, make_page, write, write_block
from sim.plots.figure_style import FAINT, GREY, INK, RULE
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.life_chart import LifeBar, LifeChart, LifeGroup, LifeLane, LifePanel
from sim.plots.panel_declarations import BLUE, VERMILION
from sim.plots.policy_drawing import gathered
from sim.plots.text_wrapping import line_height, text_width, wrap_text
from sim.plots.value_scale import value_scale

# Everything below is in inches.
_WIDTH, _LEFT, _AXES, _ROOM = 10.4, 2.35, 6.55, 1.3
"""Of the figure, of the labels of lanes, of axes, of the words to their right."""
_ROW, _LANE = 0.17, 0.07
"""Height of a row of contracts, and of what is between lanes."""
_BAR = 0.76
"""Part of a row that a bar takes."""
_TALLEST = 6.8
"""Of all rows of contracts together; where they are more, they are lower and have no words."""
_PANEL, _HEAD, _DATES, _EVENTS = 1.05, 0.62, 0.34, 0.26
_GROUP = 0.36
_TITLE, _UNIT, _LABEL, _IN_BAR = 10.5, 9.0, 8.0, 6.5
"""Font sizes."""
_MOST_LINES = 2
_FILL, _CUT = "#BFD9E8", "#FFFFFF"
_DASHED = (0, (4, 1.6))


def life_figure(chart: LifeChart) -> HouseFigure:
    """Draw one life, or two below each other with common panels.

    Parameters
    ----------
    chart : LifeChart
        What it shows.

    Returns
    -------
    HouseFigure
        Without facts, alternative text and numbers, which who reads the results knows.
    """
    row = _row_height(chart)
    heights = [_group_height(group, row) for group in chart.groups]
    tall = sum(heights) + len(chart.panels) * (_PANEL + _HEAD) + _DATES * 2 + 0.1
    key = [KeyEntry(sign, words) for sign, words in chart.key]
    page = make_page(_WIDTH, tall, chart.title, chart.notes, key)
    top = page.bottom + page.height
    for place, (group, height) in enumerate(zip(chart.groups, heights, strict=True)):
        _draw_group(page, chart, group, (top - height, row), is_last=place == len(heights) - 1)
        top -= height
    top -= _DATES
    for place, panel in enumerate(chart.panels):
        axes = add_axes(page.figure, _LEFT, top - _HEAD - _PANEL, _AXES, _PANEL)
        write(page.figure, _LEFT, top - 0.3, panel.title, size=_TITLE, weight="bold")
        write(page.figure, _LEFT, top - 0.48, panel.unit, size=_UNIT, color=GREY)
        _draw_panel(axes, chart, panel, has_dates=place == len(chart.panels) - 1)
        top -= _HEAD + _PANEL
    return page.figure


def _row_height(chart: LifeChart) -> float:
    """Height of a row of contracts, so that all fit the figure."""
    rows = sum(len(lane.rows()) for group in chart.groups for lane in group.lanes)
    return min(_ROW, _TALLEST / max(rows, 1))


def _group_height(group: LifeGroup, row: float) -> float:
    return _GROUP + _EVENTS + max(sum(_lane_height(lane, row) for lane in group.lanes), _ROW)


def _lane_height(lane: LifeLane, row: float) -> float:
    """Height that the bars of a lane take, or its label where that is more."""
    lines = len(wrap_text(lane.label, _LEFT - EDGE - 0.1, _LABEL, most=_MOST_LINES))
    return max(len(lane.rows()) * row, lines * line_height(_LABEL)) + _LANE


def _draw_group(page: Page, chart: LifeChart, group: LifeGroup, place: tuple[float, float], is_last: bool) -> None:
    """Contracts in lanes with their labels, and events above them; `place` is its bottom and the height of a row."""
    bottom, row = place
    height = _group_height(group, row) - _GROUP
    axes = add_axes(page.figure, _LEFT, bottom, _AXES, height)
    write(page.figure, _LEFT, bottom + height + 0.12, group.title, size=_TITLE, weight="bold")
    axes.set_ylim(0, height)
    axes.set_yticks([])
    _calendar(axes, chart, is_last)
    _draw_events(axes, chart, group, height)
    top = height - _EVENTS
    if not group.lanes:
        axes.text(0.01, 0.02, "no contract", transform=axes.transAxes, color=GREY, size=_LABEL, va="bottom")
    for lane in group.lanes:
        axes.axhline(top, color=FAINT, linewidth=0.8, zorder=0.5)
        words = wrap_text(lane.label, _LEFT - EDGE - 0.1, _LABEL, most=_MOST_LINES)
        write_block(page.figure, EDGE, bottom + top - 0.01, words, _LABEL, color=GREY)
        for n, bars in enumerate(lane.rows(), start=1):
            for bar in bars:
                _draw_bar(axes, bar, top - n * row, row)
        top -= _lane_height(lane, row)


def _draw_bar(axes: Axes, bar: LifeBar, bottom: float, row: float) -> None:
    first, end = begin(bar.first), begin(bar.end)
    gap = 0.012
    dashes = (0, (2.5, 1.5)) if bar.is_cut else "-"
    fill, edge = (_CUT, INK) if bar.is_cut else (_FILL, BLUE)
    width = max(end - first - 2 * gap, 0.02)
    look: Any = {"facecolor": fill, "edgecolor": edge, "linewidth": 0.8, "linestyle": dashes}
    axes.add_patch(Rectangle((first + gap, bottom), width, _BAR * row, zorder=2, **look))
    room = width * axes_size(axes)[0] / (axes.get_xlim()[1] - axes.get_xlim()[0]) - 0.04
    if bar.words and row == _ROW and text_width(bar.words, _IN_BAR) <= room:
        axes.text(
            first + gap + width / 2,
            bottom + _BAR * row / 2,
            bar.words,
            size=_IN_BAR,
            color=INK,
            ha="center",
            va="center_baseline",
            parse_math=False,
            zorder=3,
        )


def _draw_events(axes: Axes, chart: LifeChart, group: LifeGroup, height: float) -> None:
    """Numbers of events where they happened, those that stand close together as one."""
    marks = [(begin(quarter) + 0.125, number) for quarter, number in group.marks]
    for at, _ in marks:
        axes.plot([at], [height - _EVENTS + 0.06], marker="v", markersize=4, color=VERMILION, zorder=4)
    inch = chart.quarters / 4 / axes_size(axes)[0]
    for at, words in gathered(marks, 0.3 * inch):
        axes.text(at, height - _EVENTS + 0.12, words, color=INK, size=7.5, ha="center", va="bottom", zorder=5)


def _calendar(axes: Axes, chart: LifeChart, has_dates: bool) -> None:
    set_calendar(axes, chart.start, chart.quarters)
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.grid(axis="y", visible=False)
    if not has_dates:
        axes.tick_params(axis="x", labelbottom=False)
    for quarter, _ in chart.lines_at:
        if chart.start <= quarter < chart.start + chart.quarters:
            axes.axvline(begin(quarter), color=INK, linewidth=0.9, linestyle=(0, (1.5, 2)), zorder=1.5)


def _draw_panel(axes: Axes, chart: LifeChart, panel: LifePanel, has_dates: bool) -> None:
    """Lines of a panel with their labels; the second is dashed and in front, so that the first is seen through it."""
    scale = value_scale([line.values for line in panel.lines], panel.scale, steps=3)
    _calendar(axes, chart, has_dates)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(list(scale.ticks), list(scale.ticks.values()))
    if panel.scale in ("0-1", "share"):
        axes.set_ylim(0, 1)
        axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    if scale.low < 0:
        axes.axhline(0, color=RULE, linewidth=0.9, zorder=0.9)
    middles = quarter_middles(chart.start, chart.quarters)
    labels = []
    looks = ((BLUE, "-"), (VERMILION, _DASHED))
    for line, (colour, dashes) in zip(panel.lines, looks, strict=False):
        axes.plot(middles, line.values, color=colour, linestyle=dashes, linewidth=1.7, solid_capstyle="butt")
        _dots(axes, middles, line.values, colour)
        known = np.flatnonzero(np.isfinite(line.values))
        if len(known):
            low, high = axes.get_ylim()
            place = (float(line.values[known[-1]]) - low) / (high - low) * _PANEL
            labels.append(Label(place, line.label, "", colour))
        else:
            labels.append(Label(0.1, line.label, "no value", colour))
    draw_labels(axes, labels, _ROOM)


def _dots(axes: Axes, middles: np.ndarray, values: np.ndarray, colour: str) -> None:
    """Values between two quarters without one, which no line shows."""
    known = np.isfinite(np.concatenate([[np.nan], values, [np.nan]]))
    alone = known[1:-1] & ~known[:-2] & ~known[2:]
    axes.plot(middles[alone], values[alone], linestyle="none", marker="o", markersize=2.5, color=colour)
