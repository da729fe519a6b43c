"""Scenario figures: scenarios or points of a sweep over each other, a line of medians each, by outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sim.plots.band_figures import short_number
from sim.plots.count_notes import overlaid_note, thin_note, undefined_note
from sim.plots.counted_values import CountedValues
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.line_looks import short_names
from sim.plots.overlaid_lines import LABEL_ROOM, LinePanel, calendar_of, draw_overlaid
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.policy_marks import PolicyMark, keyed
from sim.plots.text_wrapping import line_height, wrap_text

_NAME_ROOM = LABEL_ROOM - 0.25
_NAME_LINES = 2
"""Lines of text that a name may have."""
_NOTE_ROOM = 0.22
"""Inches of height that a line needs beside its name."""
_LOW = 2.2


@dataclass(frozen=True)
class LineData:
    """Lines over each other.

    Attributes
    ----------
    title : str
        Heading.
    labels : sequence of str
        Names of all lines, by their numbers.
    panels : sequence of LinePanel
        What is shown.
    notes : sequence of str
        What must be known beside counts: runs that are lacking, other calendars.
    policies : sequence of PolicyMark
        Those that all lines have; none where lines differ in them.
    """

    title: str
    labels: Sequence[str]
    panels: Sequence[LinePanel]
    notes: Sequence[str] = ()
    policies: Sequence[PolicyMark] = field(default=())

    @property
    def values(self) -> list[CountedValues]:
        """Values of every line of every panel."""
        return [line.values for panel in self.panels for line in panel.lines]

    @property
    def texts(self) -> list[str]:
        """Everything in the figure that a user wrote, for the choice of fonts."""
        titles = [panel.title for panel in self.panels]
        return [self.title, *self.labels, *titles, *self.notes, *(policy.words for policy in self.policies)]


def grid_of_lines(data: LineData) -> tuple[GridSize, list[str], list[KeyEntry]]:
    """Size of panels that have room for the names of all lines, those names as they fit, and a key with cut ones."""
    most = max((len(panel.lines) for panel in data.panels), default=1)
    names, key = short_names(data.labels, _NAME_ROOM, _NAME_LINES)
    lines = max((len(wrap_text(name, _NAME_ROOM, 9.5, "bold")) for name in names), default=1)
    room = _NOTE_ROOM + lines * line_height(9.5)
    columns = 1 if len(data.panels) == 1 else 2
    return GridSize(columns=columns, height=max(_LOW, most * room), after=LABEL_ROOM), names, key


def scenario_figure(data: LineData) -> HouseFigure:
    """Draw a panel for each outcome; under the house's style."""
    size, names, cut = grid_of_lines(data)
    calendar = calendar_of(data.panels)
    notes = [overlaid_note(data.values), *data.notes, undefined_note(marked_values(data)), thin_note(data.values)]
    panels = [
        GridPanel(
            one.title,
            one.unit,
            partial(draw_overlaid, panel=one, calendar=calendar, names=names, policies=data.policies),
        )
        for one in data.panels
    ]
    figure = panel_grid(data.title, notes, panels, size, [*keyed(data.policies), *cut])
    figure.alternative = " ".join(_sentences(data))
    figure.numbers = line_numbers(data, ("median", "p10", "p90"))
    return figure


def marked_values(data: LineData) -> list[CountedValues]:
    """Lines that are dashed or hatched where they are undefined; a panel without any value says so in its middle."""
    shown = [panel for panel in data.panels if not all(line.values.is_empty for line in panel.lines)]
    return [line.values for panel in shown for line in panel.lines]


def _sentences(data: LineData) -> Iterator[str]:
    """What the figure shows: first and last median of every line."""
    yield f"{data.title}."
    for panel in data.panels:
        found = []
        for line in panel.lines:
            known = line.values.middle[~line.values.is_undefined]
            ends = [short_number(float(each)) for each in known[[0, -1]]] if len(known) else []
            found.append(f"{line.label} {f'{ends[0]} to {ends[1]}' if ends else 'no value'}")
        yield f"{panel.title} ({panel.unit}), median at the beginning and end: {'; '.join(found)}."


def line_numbers(data: LineData, names: tuple[str, str, str]) -> dict[str, list[object]]:
    """The numbers that are drawn: a row per panel, line and quarter.

    Parameters
    ----------
    data : LineData
        What is drawn.
    names : (str, str, str)
        Columns for the line and both ends of its band.
    """
    middle, low, high = names
    columns: dict[str, list[object]] = {
        name: [] for name in ("outcome", "panel", "line", "quarter", middle, low, high, "runs")
    }
    for panel in data.panels:
        for line in panel.lines:
            values = line.values
            ends = values.bands[0] if values.bands else (values.middle, values.middle)
            columns["outcome"] += [panel.outcome] * line.quarters
            columns["panel"] += [panel.title] * line.quarters
            columns["line"] += [line.label] * line.quarters
            columns["quarter"] += [str(line.start + n) for n in range(line.quarters)]
            for name, each in ((middle, values.middle), (low, ends[0]), (high, ends[1]), ("runs", values.counts)):
                columns[name] += each.tolist()
    return columns
