"""Agency panel figures: small multiples of agencies' measures, a panel for each group of agencies, all on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_figures import short_number
from sim.plots.count_notes import thin_note, undefined_note
from sim.plots.counted_values import CountedValues
from sim.plots.house_figure import HouseFigure
from sim.plots.overlaid_lines import LinePanel, OverlaidLine, calendar_of, draw_overlaid
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.scenario_figures import LineData, line_numbers

FEWEST = 3
"""Agencies below which the median of a group is little more than one of them."""
_COLUMNS, _WIDTH, _HEIGHT, _ROOM = 3, 2.9, 1.9, 1.62


@dataclass(frozen=True)
class AgencyGroup:
    """One group of agencies.

    Attributes
    ----------
    name : str
        What its agencies share.
    values : mapping of str to CountedValues
        Column -> its median over the agencies in a run, then over runs, of shape (quarters,).
    at_end : float
        Operating agencies in the last quarter, median over runs.
    usual : float
        Operating agencies in runs and quarters that have any, median.
    """

    name: str
    values: Mapping[str, CountedValues]
    at_end: float
    usual: float


@dataclass(frozen=True)
class AgencyPanels:
    """Groups of agencies over time.

    Attributes
    ----------
    title : str
        Heading.
    start : Quarter
        First quarter.
    runs : int
        Replications.
    groups : sequence of AgencyGroup
        In the order of their panels.
    notes : sequence of str
        What is left out.
    """

    title: str
    start: Quarter
    runs: int
    groups: Sequence[AgencyGroup]
    notes: Sequence[str]

    @property
    def texts(self) -> list[str]:
        """Everything in the figure that a user wrote, for the choice of fonts."""
        return [self.title, *(group.name for group in self.groups)]


def agency_panel_figure(data: AgencyPanels) -> HouseFigure:
    """Draw a panel for each group, and for each unit where measures have several; under the house's style."""
    lines = _line_data(data)
    calendar = calendar_of(lines.panels)
    names = lines.labels
    panels = [
        GridPanel(
            one.title,
            f"{one.unit}; {_agencies(group)}" if one.unit else _agencies(group),
            partial(draw_overlaid, panel=one, calendar=calendar, names=names, room=_ROOM),
        )
        for one, group in zip(lines.panels, _groups(data, lines), strict=True)
    ]
    aligned = len(data.groups) == _COLUMNS + 1 and len(lines.panels) > len(data.groups)
    size = GridSize(columns=_COLUMNS + aligned, width=_WIDTH, height=max(_HEIGHT, 0.5 * len(names)), after=_ROOM)
    figure = panel_grid(data.title, _notes(data, lines), panels, size)
    figure.alternative = " ".join(_sentences(data))
    figure.numbers = line_numbers(lines, ("median", "p10", "p90"))
    return figure


def _line_data(data: AgencyPanels) -> LineData:
    """The lines of all panels, those of a unit with a common scale."""
    columns = {name: values for group in data.groups for name, values in group.values.items()}
    units = list(dict.fromkeys(values.unit for values in columns.values()))
    panels = []
    for unit in units:
        shared = [each for group in data.groups for each in group.values.values() if each.unit == unit]
        for group in data.groups:
            lines = [
                OverlaidLine(values.label, data.start, values, list(columns).index(name))
                for name, values in group.values.items()
                if values.unit == unit
            ]
            panels.append(LinePanel(unit, group.name, unit, lines, shared))
    return LineData(data.title, [values.label for values in columns.values()], panels)


def _groups(data: AgencyPanels, lines: LineData) -> list[AgencyGroup]:
    """The group of every panel."""
    return [*data.groups] * (len(lines.panels) // max(len(data.groups), 1))


def _agencies(group: AgencyGroup) -> str:
    """How many agencies a panel is over, in words."""
    at_end = f"{group.at_end:,.0f}" if group.at_end == int(group.at_end) else f"{group.at_end:,.1f}"
    return f"{at_end} {'agency' if at_end == '1' else 'agencies'} at the end"


def _notes(data: AgencyPanels, lines: LineData) -> list[str]:
    small = [group.name for group in data.groups if group.usual < FEWEST]
    over = (
        f"median of {data.runs:,} replications; bands hold the middle 80 % of them"
        if data.runs > 1
        else "one replication"
    )
    shown = [panel for panel in lines.panels if not all(line.values.is_empty for line in panel.lines)]
    drawn = [line.values for panel in shown for line in panel.lines]
    return [
        f"Median over the operating agencies of a group in each run, then {over}",
        "Numbers of agencies are medians over replications",
        f"Fewer than {FEWEST} agencies as a rule, so that lines show single ones: {', '.join(small)}" if small else "",
        *data.notes,
        undefined_note(drawn),
        thin_note(drawn),
    ]


def _sentences(data: AgencyPanels) -> Iterator[str]:
    """What the figure shows: the last medians of every group."""
    yield f"{data.title}."
    for group in data.groups:
        found = []
        for values in group.values.values():
            known = values.middle[~values.is_undefined]
            found.append(f"{values.label} {short_number(float(known[-1])) if len(known) else 'no value'}")
        yield f"{group.name}, {_agencies(group)}: {', '.join(found)}."
