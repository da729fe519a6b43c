"""Curve figures: trajectories of the main outcomes as medians with bands, one panel each and all together.

The horizontal axis is the calendar.  A value is drawn in the middle of its quarter, a policy at the start of
the quarter from which it holds: what it may have changed lies to the right of its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.declarations.calendar_quarter import Quarter
from sim.plots.curve_panels import PlotData, draw_panel
from sim.plots.figure_style import GREY, house_style, png, svg
from sim.plots.panel_declarations import OUTCOMES, PANELS, Panel
from sim.plots.policy_marks import keyed, shortened
from sim.statistics.replication_bands import band

OVERVIEW = "overview"

# Everything below is in inches, so that type and margins stay as they are whatever a figure's size.
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.62, 1.62, 1.4, 0.5
_EDGE = 0.28
_KEY_LINE = 0.19
_SINGLE = (8.0, 4.9)
_OVERVIEW = (13.0, 8.4)
_PANEL_HEAD = 0.66
_GUTTER = 0.35
_UNIT = 0.26


def warm_up_plots() -> None:
    """Draw something once into nothing, so that fonts and the like are at hand when it counts."""
    nothing = band(np.zeros((1, 1)))
    data = PlotData("", Quarter(2000, 1), 1, 1, dict.fromkeys(OUTCOMES, nothing), ())
    with house_style():
        figure = panel_figure(PANELS[0], data)
        png(figure)
        svg(figure)


def figures(data: PlotData) -> Iterator[tuple[str, Figure]]:
    """Every figure with its file name; make them under the house's style."""
    yield OVERVIEW, overview_figure(data)
    for panel in PANELS:
        yield panel.name, panel_figure(panel, data)


def panel_figure(panel: Panel, data: PlotData) -> Figure:
    """One panel as a figure of its own."""
    key = keyed(list(data.policies), width=115)
    wide, tall = _SINGLE[0], _SINGLE[1] + _key_height(key)
    figure = Figure(figsize=(wide, tall))
    bottom = _BOTTOM + _key_height(key)
    axes = _axes(figure, _LEFT, bottom, wide - _LEFT - _RIGHT, tall - bottom - _TOP)
    draw_panel(axes, panel, data)
    _write(figure, _EDGE, tall - _TOP + _UNIT, panel.unit, size=9, color=GREY)
    _write_head(figure, panel.title, shortened(data.title, 95), _bands_meaning(data))
    _write_key(figure, key)
    return figure


def overview_figure(data: PlotData) -> Figure:
    """All panels in two columns."""
    key = keyed(list(data.policies), width=190)
    rows = -(-len(PANELS) // 2)
    wide, tall = _OVERVIEW[0], _OVERVIEW[1] + _key_height(key)
    figure = Figure(figsize=(wide, tall))
    floor = _key_height(key) + 0.1
    cell = (tall - floor - 1.0) / rows
    width = (wide - 2 * _LEFT - 2 * _RIGHT - _GUTTER) / 2
    for i, panel in enumerate(PANELS):
        row, column = divmod(i, 2)
        left = _LEFT + column * (width + _RIGHT + _LEFT + _GUTTER)
        bottom = floor + (rows - 1 - row) * cell + _BOTTOM
        height = cell - _BOTTOM - _PANEL_HEAD
        draw_panel(_axes(figure, left, bottom, width, height), panel, data)
        edge, top = left - _LEFT + _EDGE, bottom + height
        _write(figure, edge, top + 0.49, panel.title, size=11, weight="bold")
        _write(figure, edge, top + _UNIT, panel.unit, size=9, color=GREY)
    _write_head(figure, shortened(data.title, 95), _bands_meaning(data))
    _write_key(figure, key)
    return figure


def _bands_meaning(data: PlotData) -> str:
    grey = "; grey: how far ramps, pulses and triggers are" if any(one.force for one in data.policies) else ""
    if data.replications == 1:
        return f"One replication{grey}"
    return f"Median of {data.replications:,} replications; bands hold the middle 50 % and 80 % of them{grey}"


def _axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))


def _key_height(key: list[str]) -> float:
    return _KEY_LINE * len(key) + 0.18 if key else 0.0


def _write_head(figure: Figure, title: str, *below: str) -> None:
    tall = figure.get_figheight()
    _write(figure, _EDGE, tall - 0.42, title, size=14, weight="bold")
    for i, line in enumerate(below):
        _write(figure, _EDGE, tall - 0.67 - i * _KEY_LINE, line, size=9, color=GREY)


def _write_key(figure: Figure, key: list[str]) -> None:
    for i, line in enumerate(reversed(key)):
        _write(figure, _EDGE, 0.2 + i * _KEY_LINE, line, size=8, color=GREY)


def _write(figure: Figure, x: float, y: float, words: str, size: float, **look: Any) -> None:
    wide, tall = figure.get_size_inches()
    # Scenario titles are the user's words: a dollar sign in them is no mathematics.
    figure.text(x / wide, y / tall, words, size=size, va="baseline", parse_math=False, **look)
