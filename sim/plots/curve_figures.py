"""Curve figures: trajectories of the main outcomes as medians with bands, one panel each and all together.

The horizontal axis is the calendar.  A value is drawn in the middle of its quarter, a policy at the start of
the quarter from which it holds: what it may have changed lies to the right of its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.declarations.calendar_quarter import Quarter
from sim.plots.count_notes import reach_note, run_notes
from sim.plots.counted_values import CountedValues
from sim.plots.curve_panels import PlotData, draw_panel, vertical_scale
from sim.plots.figure_page import EDGE, Page, add_axes, make_page, tick_room, write
from sim.plots.figure_style import GREY, house_style, png, svg
from sim.plots.panel_declarations import OUTCOMES, PANELS, Panel
from sim.plots.policy_marks import keyed
from sim.statistics.replication_bands import band

OVERVIEW = "overview"

# Everything below is in inches.
_LEFT, _RIGHT, _BOTTOM = 0.62, 1.62, 0.5
_SINGLE_WIDTH, _OVERVIEW_WIDTH = 8.0, 13.0
_SINGLE_HEIGHT, _CELL_HEIGHT = 3.0, 2.5
_UNIT = 0.26
"""From the top of axes to the baseline of their unit."""
_ABOVE = 0.62
"""From the top of axes to the notes, in a figure of one panel."""
_PANEL_HEAD = 0.68
"""The same with a title of their own."""
_GUTTER = 0.35
_BELOW_NOTES = 0.15
_OUTSIDE = 0.08
"""From words beside axes to the edge of the figure, at least."""


def warm_up_plots() -> None:
    """Draw something once into nothing, so that fonts and the like are at hand when it counts."""
    nothing = CountedValues.from_band("", "", band(np.zeros((1, 1))), 1)
    data = PlotData("", Quarter(2000, 1), 1, 1, dict.fromkeys(OUTCOMES, nothing), ())
    with house_style():
        figure = panel_figure(PANELS[0], data)
        png(figure)
        svg(figure)


def texts(data: PlotData) -> list[str]:
    """Everything in the figures that a user wrote, for the choice of fonts."""
    return [data.title, *(policy.words for policy in data.policies)]


def figures(data: PlotData) -> Iterator[tuple[str, Figure]]:
    """Every figure with its file name; make them under the house's style."""
    yield OVERVIEW, overview_figure(data)
    for panel in PANELS:
        yield panel.name, panel_figure(panel, data)


def panel_figure(panel: Panel, data: PlotData) -> Figure:
    """One panel as a figure of its own."""
    height = _BOTTOM + _SINGLE_HEIGHT + _ABOVE
    page = make_page(_SINGLE_WIDTH, height, panel.title, [data.title, *_notes(data, [panel])], keyed(data.policies))
    _draw_cell(page, panel, data, (0.0, page.bottom, _SINGLE_WIDTH, _SINGLE_HEIGHT), _left([panel], data))
    return page.figure


def overview_figure(data: PlotData) -> Figure:
    """All panels in two columns."""
    rows = -(-len(PANELS) // 2)
    cell = _BOTTOM + _CELL_HEIGHT + _PANEL_HEAD
    page = make_page(
        _OVERVIEW_WIDTH, rows * cell + _BELOW_NOTES, data.title, _notes(data, PANELS), keyed(data.policies)
    )
    width = (_OVERVIEW_WIDTH - _GUTTER) / 2
    for i, panel in enumerate(PANELS):
        row, column = divmod(i, 2)
        left, bottom = column * (width + _GUTTER), page.bottom + (rows - 1 - row) * cell
        _draw_cell(page, panel, data, (left, bottom, width, _CELL_HEIGHT), _left(PANELS, data))
        write(page.figure, left + EDGE, bottom + _BOTTOM + _CELL_HEIGHT + 0.49, panel.title, size=11, weight="bold")
    return page.figure


def _draw_cell(
    page: Page, panel: Panel, data: PlotData, place: tuple[float, float, float, float], before: float
) -> None:
    """Draw a panel and its unit.

    Parameters
    ----------
    page : Page
        Where.
    panel : Panel
        What.
    data : PlotData
        Its outcomes.
    place : (float, float, float, float)
        Left, bottom, width with all labels, height of the axes; in inches.
    before : float
        Inches to the left of the axes.
    """
    left, bottom, width, height = place
    axes = add_axes(page.figure, left + before, bottom + _BOTTOM, width - before - _RIGHT, height)
    draw_panel(axes, panel, data, _RIGHT - _OUTSIDE)
    write(page.figure, left + EDGE, bottom + _BOTTOM + height + _UNIT, panel.unit, size=9, color=GREY)


def _left(panels: Sequence[Panel], data: PlotData) -> float:
    """Inches that the numbers at the vertical axes need."""
    labels = [label for panel in panels for label in vertical_scale(panel, data)[1].values()]
    return max(_LEFT, _OUTSIDE + tick_room(labels))


def _notes(data: PlotData, panels: Sequence[Panel]) -> list[str]:
    """What must be known of all numbers of a figure."""
    drawn = [[data.values[line.outcome] for line in panel.lines] for panel in panels]
    values = [each for panel in drawn for each in panel]
    lines = [each for panel in drawn if not all(one.is_empty for one in panel) for each in panel]
    return [
        *run_notes(values, data.replications, data.asked, lines),
        reach_note(*data.sets),
        "Grey: how far ramps, pulses and triggers are in force" if any(one.force for one in data.policies) else "",
    ]
