"""Observed figures: what was observed of a sector over the bands of what its scenario gives, a panel an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.declarations.calendar_quarter import Quarter
from sim.plots.count_notes import run_notes
from sim.plots.figure_page import EDGE, Page, add_axes, make_page, tick_room, write, write_block
from sim.plots.figure_style import GREY
from sim.plots.house_figure import HouseFigure
from sim.plots.observed_panels import ObservedPanel, draw_observed, is_logarithmic, tick_words
from sim.plots.policy_marks import PolicyMark, keyed
from sim.plots.text_wrapping import line_height, wrap_text

# Everything below is in inches.
_CELL, _GUTTER = 4.1, 0.25
_HEIGHT = 1.9
"""Of axes."""
_DATES = 0.32
"""From the axes to the sources, with the dates between."""
_UNIT, _TITLE = 0.24, 0.45
"""From the top of axes to the baselines of unit and title."""
_TITLE_SIZE = 11
_HEAD = 0.62
"""From the top of axes to what is above the panel, with a title of one line."""
_BELOW_NOTES = 0.12
"""Between the head of the figure and the first panels."""
_SOURCE_SIZE, _MOST_LINES = 7.5, 3
_BETWEEN = 0.22
"""Between the sources of a panel and the panel below."""


@dataclass(frozen=True)
class ObservedData:
    """Data of the figure of one scenario.

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
    panels : tuple of ObservedPanel
        One an outcome.
    policies : sequence of PolicyMark
        Changes within the run.
    asked : int
        Replications that were asked for, some of which may have failed.
    """

    title: str
    start: Quarter
    quarters: int
    replications: int
    panels: tuple[ObservedPanel, ...]
    policies: Sequence[PolicyMark]
    asked: int = 0


def texts(data: ObservedData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, *(policy.words for policy in data.policies), *(panel.sources for panel in data.panels)]


def observed_figure(data: ObservedData) -> HouseFigure:
    """All panels of a scenario in two columns, in three where there are more than four; under the house's style."""
    columns = min(len(data.panels), 2 if len(data.panels) <= 4 else 3)
    rows = [data.panels[first : first + columns] for first in range(0, len(data.panels), columns)]
    sources = [[_source_lines(panel) for panel in row] for row in rows]
    heads = [_HEAD + (max(len(_title_lines(panel)) for panel in row) - 1) * line_height(_TITLE_SIZE) for row in rows]
    heights = [
        head + _HEIGHT + _DATES + max(map(len, lines)) * line_height(_SOURCE_SIZE)
        for head, lines in zip(heads, sources, strict=True)
    ]
    width = max(columns, 2) * (_CELL + _GUTTER) - _GUTTER
    values = [panel.values for panel in data.panels]
    notes = [_inside_note(data), *run_notes(values, data.replications, data.asked)]
    page = make_page(
        width,
        sum(heights) + _BETWEEN * len(rows) + _BELOW_NOTES,
        f"Observed and simulated: {data.title}",
        notes,
        keyed(data.policies),
    )
    top = page.bottom + page.height - _BELOW_NOTES
    before = max(0.5, 0.08 + max(tick_room(tick_words(panel)) for panel in data.panels))
    for row, lines, head, height in zip(rows, sources, heads, heights, strict=True):
        for column, (panel, words) in enumerate(zip(row, lines, strict=True)):
            _draw_cell(page, panel, words, data, (column * (_CELL + _GUTTER), top - head, before))
        top -= height + _BETWEEN
    page.figure.alternative = _alternative(data)
    page.figure.numbers = _numbers(data)
    return page.figure


def _draw_cell(
    page: Page, panel: ObservedPanel, sources: Sequence[str], data: ObservedData, place: tuple[float, float, float]
) -> None:
    """Draw a panel with its head and sources.

    Parameters
    ----------
    page : Page
        Where.
    panel : ObservedPanel
        What.
    sources : sequence of str
        Lines below.
    data : ObservedData
        Calendar and policies.
    place : (float, float, float)
        Left edge of the cell, top of its axes, and inches before the axes.
    """
    left, top, before = place
    axes = add_axes(page.figure, left + before, top - _HEIGHT, _CELL - before - EDGE, _HEIGHT)
    draw_observed(axes, panel, data.policies, data.start, data.quarters)
    scale = ", log scale" if is_logarithmic(panel) else ""
    reached = f"{panel.inside} of {len(panel.marks)} inside"
    for number, line in enumerate(reversed(_title_lines(panel))):
        at = top + _TITLE + number * line_height(_TITLE_SIZE)
        write(page.figure, left + EDGE, at, line, size=_TITLE_SIZE, weight="bold")
    write(page.figure, left + EDGE, top + _UNIT, f"{panel.unit}{scale}; {reached}", size=9, color=GREY)
    write_block(page.figure, left + EDGE, top - _HEIGHT - _DATES, sources, _SOURCE_SIZE, color=GREY)


def _title_lines(panel: ObservedPanel) -> list[str]:
    return wrap_text(panel.title, _CELL - EDGE, _TITLE_SIZE, "bold", most=2)


def _source_lines(panel: ObservedPanel) -> list[str]:
    return wrap_text(panel.sources, _CELL - 2 * EDGE, _SOURCE_SIZE, most=_MOST_LINES)


def _inside_note(data: ObservedData) -> str:
    """How many observed values the runs reach, and how points are drawn."""
    inside = sum(panel.inside for panel in data.panels)
    all_of_them = sum(len(panel.marks) for panel in data.panels)
    bar = "; a bar is a year" if any(panel.has_years for panel in data.panels) else ""
    arrow = "; an arrow is an open range" if any(panel.is_open for panel in data.panels) else ""
    return (
        f"{inside} of {all_of_them} observed values (vermilion) are inside the middle 80 % of the replications (blue) "
        f"at their date: filled inside, hollow outside{bar}{arrow}"
    )


def _alternative(data: ObservedData) -> str:
    """How many observed values the runs reach, outcome by outcome."""
    found = [f"Observed and simulated: {data.title}, {data.replications:,} runs."]
    for panel in data.panels:
        marks = ", ".join(f"{mark.words} {'inside' if mark.inside else 'outside'}" for mark in panel.marks)
        found.append(f"{panel.title} ({panel.unit}), {panel.inside} of {len(panel.marks)} inside: {marks}.")
    return " ".join(found)


def _numbers(data: ObservedData) -> dict[str, Sequence[Any]]:
    """A row per observed value, and one per simulated place; dates in years, from and to."""
    names = ("outcome", "unit", "what", "from", "to", "value", "low", "high", "inside")
    rows: list[tuple[Any, ...]] = []
    for panel in data.panels:
        head = (panel.title, panel.unit)
        for mark in panel.marks:
            rows.append((*head, "observed", mark.first, mark.last, mark.value, mark.low, mark.high, mark.inside))
        low, high = panel.values.bands[0] if panel.values.bands else (panel.values.middle, panel.values.middle)
        ends = zip(panel.edges[:-1].tolist(), panel.edges[1:].tolist(), strict=True)
        numbers = zip(panel.values.middle.tolist(), low.tolist(), high.tolist(), strict=True)
        rows += [(*head, "simulated", *edge, *each, None) for edge, each in zip(ends, numbers, strict=True)]
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
