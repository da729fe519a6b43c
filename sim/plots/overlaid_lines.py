"""Overlaid lines: several lines on common axes, each with its own calendar, marker, bands and name at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_drawing import draw_empty, draw_values, mark_strip, strip_place
from sim.plots.band_figures import short_number
from sim.plots.calendar_axis import quarter_edges, quarter_middles, set_calendar
from sim.plots.count_notes import value_note
from sim.plots.counted_values import CountedValues
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size
from sim.plots.line_looks import LINE_LOOKS, LineLook, draw_markers, marked_places
from sim.plots.policy_drawing import draw_policies
from sim.plots.policy_marks import PolicyMark
from sim.plots.value_scale import scale_of

LABEL_ROOM = 1.9
"""Inches to the right of axes for the names of lines."""
_FEW = 4
"""Lines whose bands are as dark as those of a line alone."""


@dataclass(frozen=True)
class OverlaidLine:
    """One line of a panel.

    Attributes
    ----------
    label : str
        Its name in full.
    start : Quarter
        Of its first value.
    values : CountedValues
        Of shape (quarters,), the line's own calendar.
    number : int
        Its place among the lines of the figure, which gives its look.
    """

    label: str
    start: Quarter
    values: CountedValues
    number: int

    @property
    def quarters(self) -> int:
        """Its length."""
        return len(self.values.middle)

    @property
    def look(self) -> LineLook:
        """Its colour and marker."""
        return LINE_LOOKS[self.number]


@dataclass(frozen=True)
class LinePanel:
    """A panel of lines.

    Attributes
    ----------
    outcome : str
        Name of what is shown.
    title, unit : str
        What is written above.
    lines : sequence of OverlaidLine
        The first in front.
    shared : sequence of CountedValues
        Values of other panels that have the same vertical axis.
    """

    outcome: str
    title: str
    unit: str
    lines: Sequence[OverlaidLine]
    shared: Sequence[CountedValues] = ()


def calendar_of(panels: Iterable[LinePanel]) -> tuple[Quarter, int]:
    """First quarter of any line, and quarters to the end of the last."""
    lines = [line for panel in panels for line in panel.lines]
    start = min((line.start for line in lines), default=Quarter(2000, 1))
    return start, max((line.start - start + line.quarters for line in lines), default=1)


def draw_overlaid(
    axes: Axes,
    panel: LinePanel,
    calendar: tuple[Quarter, int],
    names: Sequence[str],
    policies: Sequence[PolicyMark] = (),
    room: float = LABEL_ROOM,
) -> None:
    """Draw a panel of medians with bands.

    Parameters
    ----------
    axes : Axes
        Where.
    panel : LinePanel
        What.
    calendar : (Quarter, int)
        First quarter and length of the axis.
    names : sequence of str
        Names of lines as they fit, by `OverlaidLine.number`.
    policies : sequence of PolicyMark
        Those of all lines.
    room : float
        Inches to the right of the axes, for names.
    """
    values = [line.values for line in panel.lines]
    if not set_panel(axes, panel, calendar, policies):
        return
    strength = min(1.0, _FEW / len(values))
    for line in reversed(panel.lines):
        places = quarter_middles(line.start, line.quarters)
        draw_values(axes, places, line.values, line.look.colour, strength)
        mark_line(axes, line, len(values))
    mark_gaps(axes, panel)
    write_names(axes, panel, names, room)


def set_panel(axes: Axes, panel: LinePanel, calendar: tuple[Quarter, int], policies: Sequence[PolicyMark] = ()) -> bool:
    """Set both axes of a panel; says why it is empty where it is, and returns whether there is anything to draw."""
    values = [line.values for line in panel.lines]
    set_calendar(axes, *calendar)
    low, high, ticks = scale_of([*values, *panel.shared], panel.unit)
    axes.set_ylim(low, high)
    axes.set_yticks(list(ticks), list(ticks.values()))
    draw_policies(axes, policies, *calendar)
    if all(each.is_empty for each in values):
        draw_empty(axes, values)
        return False
    return True


def mark_line(axes: Axes, line: OverlaidLine, lines: int) -> None:
    """Draw the markers of a line, one of so many."""
    places = quarter_middles(line.start, line.quarters)
    at = marked_places(~line.values.is_undefined, line.number, lines)
    draw_markers(axes, places[at], line.values.middle[at], line.look)


def mark_gaps(axes: Axes, panel: LinePanel) -> None:
    """Mark by strips where lines have no value."""
    level = 0.0
    for line in panel.lines:
        edges = quarter_edges(line.start, line.quarters)
        level = mark_strip(axes, edges, line.values, line.look.colour, level)


def write_names(
    axes: Axes, panel: LinePanel, names: Sequence[str], room: float = LABEL_ROOM, *, sign: bool = False
) -> None:
    """Write the name of each line beside its end, with its last value and over how many runs it is.

    Parameters
    ----------
    axes, panel, names, room
        As in `draw_overlaid`.
    sign : bool
        Whether a last value above zero is written with its sign, as differences are.
    """
    low, high = axes.get_ylim()
    tall = axes_size(axes)[1]
    latest = max(line.start + (line.quarters - 1) for line in panel.lines)
    labels = []
    for number, line in enumerate(panel.lines):
        values, note = line.values, value_note(line.values)
        if values.is_empty:
            place = strip_place([each.values for each in panel.lines], number)
        else:
            last = float(values.middle[~values.is_undefined][-1])
            place = (last - low) / (high - low) * tall
            written = ("+" if sign and last > 0 else "") + short_number(last)
            end = line.start + int(np.flatnonzero(~values.is_undefined)[-1])
            if end < latest:
                written += f" in {end}"
            note = "; ".join(filter(None, (written, note)))
        labels.append(Label(place, names[line.number], note, line.look.colour, line.look.marker))
    draw_labels(axes, labels, room)
