"""Band figures: a panel for each outcome of one scenario, its median over the runs with bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from matplotlib.axes import Axes

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_drawing import draw_empty, draw_lines, draw_reach
from sim.plots.calendar_axis import quarter_edges, quarter_middles, set_calendar
from sim.plots.count_notes import reach_note, run_notes, value_note
from sim.plots.counted_values import CountedValues, Numbers
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size
from sim.plots.figure_style import INK
from sim.plots.house_figure import HouseFigure
from sim.plots.panel_declarations import BLUE
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.policy_drawing import draw_policies
from sim.plots.policy_marks import PolicyMark, keyed
from sim.plots.value_scale import value_scale

_SINGLE_STRENGTH, _SINGLE_WIDTH = 0.38, 0.7
"""How dark and how wide, in points, lines of single runs are."""


@dataclass(frozen=True)
class BandPanel:
    """One outcome over time.

    Attributes
    ----------
    outcome, title : str
        Its name and its title.
    values : CountedValues
        Of shape (quarters,).
    reach : (float array, float array), optional
        Lower and upper ends by quarter of the middle 80 % of runs under other sets of parameters.
    singles : float array, shape (runs, quarters), optional
        Single runs that are drawn as lines.
    """

    outcome: str
    title: str
    values: CountedValues
    reach: tuple[Numbers, Numbers] | None = None
    singles: Numbers | None = None

    @property
    def drawn(self) -> list[Numbers]:
        """Everything that is drawn along the vertical axis."""
        ends = [end for pair in self.values.bands for end in pair]
        return [
            self.values.middle,
            *ends,
            *(() if self.reach is None else self.reach),
            *([] if self.singles is None else [self.singles.ravel()]),
        ]


@dataclass(frozen=True)
class BandData:
    """Outcomes of one scenario over time.

    Attributes
    ----------
    title : str
        The scenario's.
    start : Quarter
        First quarter.
    quarters : int
        Length of the runs.
    replications, asked : int
        How many the medians are taken over, and how many were asked for.
    panels : sequence of BandPanel
        One an outcome.
    policies : sequence of PolicyMark
        Changes within the run.
    sets : (int, int)
        Sets of parameters behind the reaches, and runs under them in all.
    notes : sequence of str
        What must be known beside counts, such as which single runs are drawn.
    """

    title: str
    start: Quarter
    quarters: int
    replications: int
    asked: int
    panels: Sequence[BandPanel]
    policies: Sequence[PolicyMark]
    sets: tuple[int, int] = (0, 0)
    notes: Sequence[str] = ()


def texts(data: BandData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, *(policy.words for policy in data.policies)]


def band_figure(data: BandData) -> HouseFigure:
    """Draw a panel for each outcome; under the house's style."""
    values = [panel.values for panel in data.panels]
    force = "Grey: how far ramps, pulses and triggers are in force" if any(one.force for one in data.policies) else ""
    shown = [each for each in values if not each.is_empty]
    counts = run_notes(values, data.replications, data.asked, shown)
    notes = [*counts, *data.notes, reach_note(*data.sets), force]
    panels = [GridPanel(one.title, one.values.unit, partial(_draw, panel=one, data=data)) for one in data.panels]
    size = GridSize(columns=1 if len(panels) == 1 else 2, after=1.0)
    figure = panel_grid(data.title, notes, panels, size, keyed(data.policies))
    figure.alternative = _words(data)
    figure.numbers = _numbers(data)
    return figure


def _draw(axes: Axes, panel: BandPanel, data: BandData) -> None:
    set_calendar(axes, data.start, data.quarters)
    low, high, ticks = value_scale(panel.drawn, panel.values.unit)
    axes.set_ylim(low, high)
    axes.set_yticks(list(ticks), list(ticks.values()))
    draw_policies(axes, data.policies, data.start, data.quarters)
    if panel.values.is_empty:
        draw_empty(axes, [panel.values])
        return
    middles, edges = quarter_middles(data.start, data.quarters), quarter_edges(data.start, data.quarters)
    if panel.reach is not None:
        draw_reach(axes, middles, panel.reach, BLUE)
    for single in () if panel.singles is None else panel.singles:
        axes.plot(middles, single, color=INK, alpha=_SINGLE_STRENGTH, linewidth=_SINGLE_WIDTH, zorder=2.2)
    draw_lines(axes, middles, edges, [(panel.values, BLUE)])
    last = float(panel.values.middle[~panel.values.is_undefined][-1])
    place = (last - low) / (high - low) * axes_size(axes)[1]
    draw_labels(axes, [Label(place, short_number(last), value_note(panel.values), BLUE)], 1.0)


def short_number(value: float) -> str:
    """A value in few characters.

    >>> short_number(0.8231), short_number(-52.0), short_number(12_177_000)
    ('0.82', '−52', '12.2 m')
    """
    return _short(value).replace("-", "\u2212")


def _short(value: float) -> str:
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.1f} m"
    if abs(value) >= 20 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2g}" if abs(value) < 1 else f"{value:.1f}"


def _words(data: BandData) -> str:
    """First and last median of every outcome, in a sentence each."""
    found = [f"{data.title}, {data.start} to {data.start + (data.quarters - 1)}, {data.replications:,} runs."]
    for panel in data.panels:
        known = panel.values.middle[~panel.values.is_undefined]
        ends = [short_number(float(each)) for each in known[[0, -1]]] if len(known) else []
        words = f"median from {ends[0]} to {ends[1]} {panel.values.unit}" if ends else "no value"
        found.append(f"{panel.title}: {words}.")
    return " ".join(found)


def _numbers(data: BandData) -> dict[str, list[object]]:
    """A row per outcome and quarter."""
    columns: dict[str, list[object]] = {name: [] for name in ("outcome", "quarter", "median", "runs", "p10", "p90")}
    for panel in data.panels:
        low, high = panel.values.bands[0] if panel.values.bands else (panel.values.middle, panel.values.middle)
        columns["outcome"] += [panel.outcome] * data.quarters
        columns["quarter"] += [str(data.start + n) for n in range(data.quarters)]
        for name, each in (("median", panel.values.middle), ("runs", panel.values.counts), ("p10", low), ("p90", high)):
            columns[name] += each.tolist()
    return columns
