"""Axis figures: outcomes against one axis of a sweep, means with intervals, a line for each level of another factor.

Levels that are numbers stand at their place and are joined; named levels stand beside each other and are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.plots.axis_lines import AxisData, AxisLine, AxisPanel
from sim.plots.band_drawing import stretches_of
from sim.plots.band_figures import short_number
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size, inches
from sim.plots.figure_style import GREY, INK
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.line_looks import LINE_LOOKS, draw_markers, short_names
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.text_wrapping import line_height, shorten_text, text_width, wrap_text
from sim.plots.value_scale import tick_labels, value_scale

_ROOM = 1.9
_NAME_ROOM = _ROOM - 0.25
_TICK = 9.0
"""Font size of the words below an axis."""
_TICK_LINES = 4
_MOST_TICKS = 9
"""Levels that are written below an axis one by one."""
_DODGE = 0.06
"""Inches between lines at one level, so that their intervals do not hide each other."""
_BAR = 1.3
_AXIS_LINE = 0.24
"""Inches below the ticks for what the axis is."""
_CROWD = 2000
"""Dots from which they are drawn as an image within a vector file."""


def axis_figure(data: AxisData) -> HouseFigure:
    """Draw a panel for each outcome; under the house's style."""
    width = max(4.3, 0.6 * len(data.levels)) if data.named else 4.3
    ticks, levels = _named_ticks(data, width) if data.named else ([], [])
    below = 0.3 + max((len(lines) for lines in ticks), default=1) * line_height(_TICK) + _AXIS_LINE
    labels = [line.label for line in data.panels[0].lines]
    names, cut = short_names(labels, _NAME_ROOM, 2)
    columns = 1 if len(data.panels) == 1 or width > 6 else 2
    after = _ROOM if len(labels) > 1 else 0.5
    size = GridSize(columns=columns, width=width, height=max(2.3, 0.5 * len(names)), after=after, below=below)
    panels = [GridPanel(one.title, one.unit, partial(_draw, panel=one, data=data, names=names)) for one in data.panels]
    figure = panel_grid(
        data.title, [*data.notes, *_count_notes(data), *_crossings(data)], panels, size, [*cut, *levels]
    )
    figure.alternative = " ".join(_sentences(data))
    figure.numbers = _numbers(data)
    return figure


def _named_ticks(data: AxisData, width: float) -> tuple[list[list[str]], list[KeyEntry]]:
    """Words of named levels, wrapped to the room of each, and a key with those that had to be cut."""
    room = max(width / max(len(data.levels), 1) - 0.08, 0.3)
    ticks: list[list[str]] = []
    key: list[KeyEntry] = []
    for level in data.levels:
        lines = wrap_text(level, room, _TICK)
        if len(lines) > _TICK_LINES:
            # Levels that begin alike would look the same when they are cut.
            key.append(KeyEntry(str(len(key) + 1), level))
            lines = wrap_text(f"{key[-1].sign}: {level}", room, _TICK, most=_TICK_LINES)
        ticks.append(lines)
    return ticks, key


def _draw(axes: Axes, panel: AxisPanel, data: AxisData, names: Sequence[str]) -> None:
    _set_axes(axes, panel, data)
    if data.threshold is not None:
        axes.axhline(data.threshold, color=INK, linewidth=1.0, linestyle=(0, (6, 3)), zorder=1.3)
        place = axes.get_yaxis_transform() + inches(axes, 0.03, 0.05)
        axes.text(0, data.threshold, short_number(data.threshold), transform=place, size=8, color=INK, va="bottom")
    if all(np.isnan(line.mean).all() for line in panel.lines):
        axes.set_yticks([])
        axes.text(0.5, 0.5, "No value in any run", transform=axes.transAxes, color=GREY, ha="center", va="center")
        return
    inch = (axes.get_xlim()[1] - axes.get_xlim()[0]) / axes_size(axes)[0]
    for number in reversed(range(len(panel.lines))):
        shift = (number - (len(panel.lines) - 1) / 2) * _DODGE * inch
        _draw_line(axes, panel.lines[number], number, data, shift)
    _write_names(axes, panel, names)


def _set_axes(axes: Axes, panel: AxisPanel, data: AxisData) -> None:
    marked = np.array([] if data.threshold is None else [data.threshold])
    drawn = [end for line in panel.lines for end in (line.mean, line.low, line.high)]
    low, high, ticks = value_scale([*drawn, marked], panel.unit)
    axes.set_ylim(low, high)
    axes.set_yticks(list(ticks), list(ticks.values()))
    first, last = float(data.places.min()), float(data.places.max())
    if data.named:
        axes.set_xlim(first - 0.5, last + 0.5)
        names = ["\n".join(lines) for lines in _named_ticks(data, axes_size(axes)[0])[0]]
        axes.set_xticks(data.places, names, parse_math=False)
    else:
        room = 0.04 * (last - first) or max(abs(first) * 0.1, 0.5)
        axes.set_xlim(first - room, last + room)
        shown = _number_ticks(data, axes_size(axes)[0])
        axes.set_xticks(list(shown), list(shown.values()))
    look: dict[str, Any] = {"color": GREY, "size": _TICK, "ha": "right", "va": "bottom", "parse_math": False}
    lines = max((label.get_text().count("\n") for label in axes.get_xticklabels()), default=0)
    below = 0.26 + (lines + 1) * line_height(_TICK)
    words = shorten_text(data.axis, axes_size(axes)[0], _TICK)
    axes.text(1, 0, words, transform=axes.transAxes + inches(axes, 0, -below), **look)


def _number_ticks(data: AxisData, width: float) -> dict[float, str]:
    """The levels themselves where they do not touch each other, else a scale."""
    first, last = float(data.places.min()), float(data.places.max())
    if len(data.places) <= _MOST_TICKS:
        places = data.places / ((last - first) or 1.0) * width / 1.08
        wide = [text_width(level, _TICK) for level in data.levels]
        room = np.diff(places) - [(one + other) / 2 + 0.06 for one, other in pairwise(wide)]
        if (room > 0).all():
            return dict(zip(data.places.tolist(), data.levels, strict=True))
    scale = value_scale([data.places], zero=False, steps=5)
    past = 0.03 * (last - first)
    ticks = [tick for tick in scale.ticks if first - past <= tick <= last + past]
    return dict(zip(ticks, tick_labels(ticks), strict=True))


def _draw_line(axes: Axes, line: AxisLine, number: int, data: AxisData, shift: float) -> None:
    look = LINE_LOOKS[number]
    places = data.places + (0.0 if data.dots else shift)
    known = ~np.isnan(line.mean)
    if data.dots:
        crowd = len(places) > _CROWD
        style: dict[str, Any] = {"markersize": 2.5 if crowd else 3.5, "alpha": 0.5, "markeredgewidth": 0}
        axes.plot(places[known], line.mean[known], look.marker, color=look.colour, rasterized=crowd, **style)
        return
    certain = known & ~np.isnan(line.low)
    axes.vlines(places[certain], line.low[certain], line.high[certain], color=look.colour, linewidth=_BAR)
    if not data.named:
        for part in stretches_of(known):
            axes.plot(places[part], line.mean[part], color=look.colour, linewidth=1.6, zorder=2.5)
    for hollow in (False, True):
        here = known & (line.is_partial == hollow)
        draw_markers(axes, places[here], line.mean[here], look, hollow=hollow)


def _write_names(axes: Axes, panel: AxisPanel, names: Sequence[str]) -> None:
    """Write the name of each line beside its last value."""
    if len(panel.lines) < 2:
        return
    low, high = axes.get_ylim()
    labels = []
    for number, (line, name) in enumerate(zip(panel.lines, names, strict=True)):
        known = line.mean[~np.isnan(line.mean)]
        place = (float(known[-1]) - low) / (high - low) if len(known) else 0.0
        look = LINE_LOOKS[number]
        note = "" if len(known) else "no value"
        labels.append(Label(place * axes_size(axes)[1], name, note, look.colour, look.marker))
    draw_labels(axes, labels, _ROOM)


def _count_notes(data: AxisData) -> list[str]:
    """How lines stand, and where outcomes are undefined."""
    lines = [line for panel in data.panels for line in panel.lines]
    notes = []
    if any(len(panel.lines) > 1 for panel in data.panels) and not data.dots:
        notes.append("Lines are set a little apart, so that intervals do not hide each other")
    if any(line.is_partial.any() for line in lines):
        least = min(int(line.defined[line.is_partial].min()) for line in lines if line.is_partial.any())
        words = "dots are over the others" if data.dots else "hollow"
        notes.append(f"Undefined in some runs, which are left out: {words} (at least {least:,} runs have a value)")
    missing = sum(int(((line.runs > 0) & (line.defined == 0)).sum()) for line in lines)
    if missing:
        notes.append(f"Undefined in every run: {missing:,} {'value is' if missing == 1 else 'values are'} not drawn")
    return notes


def _crossings(data: AxisData) -> Iterator[str]:
    """Where lines cross the threshold, between levels that are numbers."""
    if data.threshold is None or data.named or data.dots:
        return
    found = []
    for line in data.panels[0].lines:
        above = line.mean - data.threshold
        for n in np.flatnonzero(above[:-1] * above[1:] < 0):
            share = above[n] / (above[n] - above[n + 1])
            at = data.places[n] + share * (data.places[n + 1] - data.places[n])
            found.append(f"{line.label + ' ' if line.label else ''}at about {short_number(float(at))}")
    words = "; ".join(found) if found else "no line of means"
    yield f"Crosses {short_number(data.threshold)} (by straight lines between levels): {words}"


def _sentences(data: AxisData) -> Iterator[str]:
    """What the figure shows: means at the first and the last level."""
    yield f"{data.title}, by {data.axis}."
    for panel in data.panels:
        found = []
        for line in panel.lines:
            known = np.flatnonzero(~np.isnan(line.mean))
            if not len(known):
                found.append(f"{line.label} no value".strip())
                continue
            ends = [f"{short_number(float(line.mean[n]))} at {data.levels[n]}" for n in (known[0], known[-1])]
            found.append(f"{line.label} {' and '.join(ends)}".strip())
        yield f"{panel.title} ({panel.unit}): {'; '.join(found)}."


def _numbers(data: AxisData) -> dict[str, list[object]]:
    """The numbers that are drawn: a row per outcome, line and level."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("outcome", "line", "level", "mean", "ci_low", "ci_high", "defined", "runs")
    }
    for panel in data.panels:
        for line in panel.lines:
            columns["outcome"] += [panel.outcome] * len(data.levels)
            columns["line"] += [line.label] * len(data.levels)
            columns["level"] += list(data.levels)
            parts = {"mean": line.mean, "ci_low": line.low, "ci_high": line.high}
            for name, each in (parts | {"defined": line.defined, "runs": line.runs}).items():
                columns[name] += each.tolist()
    return columns
