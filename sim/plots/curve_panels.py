"""Curve panels: bands, lines, labels, calendar and policies on one pair of axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_drawing import draw_empty, draw_values, mark_undefined, strip_place
from sim.plots.calendar_axis import begin, quarter_edges, quarter_middles, set_calendar
from sim.plots.count_notes import value_note
from sim.plots.counted_values import CountedValues
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size, inches
from sim.plots.figure_style import GREY, MARK
from sim.plots.panel_declarations import Line, Panel
from sim.plots.policy_marks import PolicyMark, stretches

_NUMBER_ROOM = 0.14
"""Inches that the number of a policy needs."""
_SHADE = 0.22
"""How dark a quarter is in which a policy is wholly in force."""


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
    """

    title: str
    start: Quarter
    quarters: int
    replications: int
    values: Mapping[str, CountedValues]
    policies: Sequence[PolicyMark]
    asked: int = 0


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
    _mark_policies(axes, data)
    if all(values.is_empty for values, _ in drawn):
        draw_empty(axes, [values for values, _ in drawn])
        return
    middles = quarter_middles(data.start, data.quarters)
    for values, line in reversed(drawn):
        draw_values(axes, middles, values, line.colour)
    mark_undefined(axes, quarter_edges(data.start, data.quarters), [(values, line.colour) for values, line in drawn])
    _write_labels(axes, drawn, room)


def vertical_scale(panel: Panel, data: PlotData) -> tuple[float, dict[float, str]]:
    """Upper end of a panel's vertical axis, and its ticks with their labels."""
    if panel.unit_interval:
        return 1.0, {tick / 5: f"{tick / 5:.1f}" for tick in range(6)}
    highest = 1.0
    for line in panel.lines:
        values = data.values[line.outcome]
        for each in (values.middle, *(high for _, high in values.bands)):
            highest = max(highest, 1.05 * float(np.nanmax(each, initial=0)))
    ticks = MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]).tick_values(0, highest)
    return highest, {float(tick): f"{tick:,.0f}" for tick in ticks if 0 <= tick <= highest}


def _mark_policies(axes: Axes, data: PlotData) -> None:
    """Number policies where they begin, and shade the quarters in which passing ones are in force."""
    marks: list[tuple[float, int]] = []
    for number, policy in enumerate(data.policies, start=1):
        if policy.at is not None:
            marks.append((begin(policy.at), number))
            axes.axvline(marks[-1][0], color=MARK, linewidth=0.9, linestyle=(0, (2, 2.5)), zorder=0.9)
        for first, end, force in stretches(policy.force):
            ends = begin(data.start + first), begin(data.start + end)
            axes.axvspan(*ends, color=MARK, alpha=_SHADE * force, linewidth=0, zorder=0.5)
    inch = data.quarters / 4 / axes_size(axes)[0]
    for at, words in gathered(marks, _NUMBER_ROOM * inch):
        place = axes.get_xaxis_transform() + inches(axes, 0, 0.04)
        axes.text(at, 1, words, transform=place, color=GREY, size=8, ha="center", va="bottom")


def gathered(marks: Sequence[tuple[float, int]], room: float) -> list[tuple[float, str]]:
    """Write the numbers of marks that stand closer than some room together, in the middle of them.

    >>> gathered([(1.0, 1), (1.5, 2), (4.0, 3)], room=1.0), gathered([(1.0, 1), (1.0, 2), (1.0, 3)], room=1.0)
    ([(1.25, '1, 2'), (4.0, '3')], [(1.0, '1–3')])
    """
    groups: list[list[tuple[float, int]]] = []
    for mark in sorted(marks):
        if groups and mark[0] - groups[-1][-1][0] < room:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return [((group[0][0] + group[-1][0]) / 2, _numbers([number for _, number in group])) for group in groups]


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers of policies; more than two that follow each other, as policies in order of their dates do, as a range."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


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
