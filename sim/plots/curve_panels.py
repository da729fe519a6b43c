"""Curve panels: bands, lines, labels, calendar and policies on one pair of axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_drawing import draw_empty, draw_lines, draw_reach, strip_place
from sim.plots.calendar_axis import quarter_edges, quarter_middles, set_calendar
from sim.plots.count_notes import value_note
from sim.plots.counted_values import CountedValues, Numbers
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size
from sim.plots.panel_declarations import Line, Panel
from sim.plots.policy_drawing import draw_policies
from sim.plots.policy_marks import PolicyMark


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
        How many the medians and bands are taken over.
    values : mapping of str to CountedValues
        Outcome -> medians by quarter, with bands and counts.
    policies : sequence of PolicyMark
        Changes within the run.
    asked : int
        Replications that were asked for, some of which may have failed.
    reaches : mapping of str to (float array, float array)
        Outcome -> lower and upper ends by quarter of the middle 80 % of runs under other sets of parameters; empty
        where none were run.
    sets : (int, int)
        How many sets there are, and how many runs in all.
    """

    title: str
    start: Quarter
    quarters: int
    replications: int
    values: Mapping[str, CountedValues]
    policies: Sequence[PolicyMark]
    asked: int = 0
    reaches: Mapping[str, tuple[Numbers, Numbers]] = field(default_factory=dict)
    sets: tuple[int, int] = (0, 0)


def draw_panel(axes: Axes, panel: Panel, data: PlotData, room: float) -> None:
    """Draw a panel; its title and unit are the caller's business.

    Parameters
    ----------
    axes : Axes
        Where.
    panel : Panel
        What.
    data : PlotData
        Its outcomes.
    room : float
        Inches to the right of the axes, for labels.
    """
    drawn = [(data.values[line.outcome], line) for line in panel.lines]
    set_calendar(axes, data.start, data.quarters)
    high, ticks = vertical_scale(panel, data)
    axes.set_ylim(0, high)
    axes.set_yticks(list(ticks), list(ticks.values()))
    draw_policies(axes, data.policies, data.start, data.quarters)
    if all(values.is_empty for values, _ in drawn):
        draw_empty(axes, [values for values, _ in drawn])
        return
    middles, edges = quarter_middles(data.start, data.quarters), quarter_edges(data.start, data.quarters)
    for _, line in drawn:
        if line.outcome in data.reaches:
            draw_reach(axes, middles, data.reaches[line.outcome], line.colour)
    draw_lines(axes, middles, edges, [(values, line.colour) for values, line in drawn])
    _write_labels(axes, drawn, room)


def vertical_scale(panel: Panel, data: PlotData) -> tuple[float, dict[float, str]]:
    """Upper end of a panel's vertical axis, and its ticks with their labels."""
    if panel.unit_interval:
        return 1.0, {tick / 5: f"{tick / 5:.1f}" for tick in range(6)}
    highest = 1.0
    for line in panel.lines:
        values = data.values[line.outcome]
        reach = data.reaches.get(line.outcome)
        for each in (values.middle, *(high for _, high in values.bands), *(() if reach is None else (reach[1],))):
            highest = max(highest, 1.05 * float(np.nanmax(each, initial=0)))
    ticks = MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]).tick_values(0, highest)
    return highest, {float(tick): f"{tick:,.0f}" for tick in ticks if 0 <= tick <= highest}


def _write_labels(axes: Axes, drawn: Sequence[tuple[CountedValues, Line]], room: float) -> None:
    """Write each line's name beside its end, or beside the strip that says that it has no value."""
    low, high = axes.get_ylim()
    tall = axes_size(axes)[1]
    labels = []
    for number, (values, line) in enumerate(drawn):
        if values.is_empty:
            place = strip_place([each for each, _ in drawn], number)
        else:
            place = (float(values.middle[~values.is_undefined][-1]) - low) / (high - low) * tall
        labels.append(Label(place, line.label, value_note(values), line.colour))
    draw_labels(axes, labels, room)
