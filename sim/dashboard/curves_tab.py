"""Curves tab: the main outcomes as charts that follow the levers, any other outcome, policies and observed values."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from nicegui import ui

from sim.dashboard.chart_options import ChartLine, ObservedValue, observed_update, outcome_options
from sim.dashboard.outcome_chart import OutcomeChart
from sim.dashboard.page_core import PageCore
from sim.dashboard.shown_runs import MEANINGS, TITLES, UNITS, ChartState, ShownRuns
from sim.dashboard.widgets import heading, paragraph
from sim.declarations.sector_outcomes import SECTOR
from sim.plots.panel_declarations import BLUE, PANELS

_MORE = 3
"""Times as many runs as are drawn that are drawn at once."""
_SOON = 0.4
"""Seconds after which fewer are drawn, too."""
_FURTHER = "closures"
"""Outcome of the chart that can show any, at first."""


class CurvesTab:
    """Charts of the main outcomes and of one more.

    Parameters
    ----------
    core : PageCore
        State of the page.
    shown : ShownRuns
        What is drawn.
    """

    def __init__(self, core: PageCore, shown: ShownRuns) -> None:
        self._core, self._shown = core, shown
        self._charts: list[tuple[OutcomeChart, tuple[str, ...]]] = []
        self._drawn: object = None
        self._numbers: ChartState | None = None
        self._at = 0.0
        self._further = _FURTHER
        self.observed: dict[str, list[ObservedValue]] = {}
        """Outcome -> observed values that are drawn over its curve."""

    def build(self) -> None:
        """Build it where the page is being built."""
        with ui.element("div").classes("charts"):
            for panel in PANELS:
                with ui.element("section").classes("panel"):
                    heading(panel.title, 3)
                    outcomes = tuple(line.outcome for line in panel.lines)
                    name = f"Chart: {panel.title}, medians and middle 80 % of the runs by quarter"
                    self._charts.append((OutcomeChart(name, panel.unit), outcomes))
            with ui.element("section").classes("panel"):
                heading("Another outcome", 3)
                choices = {outcome.name: f"{outcome.title} ({outcome.name})" for outcome in SECTOR}
                self._choice = ui.select(choices, value=self._further, label="Outcome", with_input=True)
                self._choice.props("outlined dense options-dense").classes("wide")
                self._choice.on_value_change(lambda e: self.show_outcome(e.value))
                self._charts.append((OutcomeChart("Chart: another outcome", UNITS[self._further]), (self._further,)))
                self._meaning = paragraph("", "meaning")
        self._policies = ui.element("ol").classes("policies")

    def show_outcome(self, name: str | None) -> None:
        """Show another outcome in the last chart."""
        if name is None:
            return
        self._further = name
        chart = self._charts[-1][0]
        self._charts[-1] = chart, (name,)
        chart.rename(f"Chart: {TITLES[name]}, median and middle 80 % of the runs by quarter", UNITS[name])
        if self._choice.value != name:
            self._choice.set_value(name)
        self._drawn = None
        self.refresh()

    def refresh(self) -> list[Any]:
        """Draw what is new; what is returned may be awaited until the browser has drawn it."""
        calendar = self._shown.calendar
        if calendar is None:
            return []
        marks = self._shown.marks()
        policies = self._shown.begun.policies if self._shown.begun is not None else ()
        axes = (calendar, marks, policies, self._further)
        state = self._shown.state(self._core.replication)
        if axes == self._drawn and (state == self._numbers or self._is_little(state)):
            return []
        self._numbers, self._at = state, monotonic()
        waiting = []
        for number, (chart, outcomes) in enumerate(self._charts):
            data = self._shown.data(outcomes, self._core.replication)
            if axes != self._drawn:
                chart.set_options(self._options(number, outcomes, calendar, marks), data)
                chart.merge([observed_update(name, self.observed.get(name, [])) for name in outcomes])
            else:
                waiting.append(chart.set_data(data))
            if self._shown.is_settled:
                # A table that changes many times a second cannot be read, and costs more than the curves.
                chart.set_table(partial(self._shown.table, outcomes))
        if axes != self._drawn:
            self._list_policies()
            self._meaning.set_text(MEANINGS[self._further])
        self._drawn = axes
        return [one for one in waiting if one is not None]

    def _is_little(self, state: ChartState) -> bool:
        """Whether a few more runs of the same setting can wait, so that drawing does not take the time of running."""
        before = None if self._numbers is None else replace(self._numbers, is_settled=False)
        if before is None or state.is_settled or replace(state, seeds=()) != replace(before, seeds=()):
            return False
        if state.seeds == before.seeds:
            return True
        return len(state.seeds) < _MORE * len(before.seeds) and monotonic() - self._at < _SOON

    def _options(self, number: int, outcomes: tuple[str, ...], calendar: Any, marks: Any) -> dict[str, Any]:
        if number < len(PANELS):
            panel = PANELS[number]
            lines = [ChartLine(line.outcome, line.label, line.colour) for line in panel.lines]
            return outcome_options(lines, calendar, marks, panel.unit_interval)
        name = outcomes[0]
        return outcome_options([ChartLine(name, TITLES[name], BLUE)], calendar, marks)

    def _list_policies(self) -> None:
        self._policies.clear()
        begun = self._shown.begun
        with self._policies:
            for policy in begun.policies if begun is not None else ():
                with ui.element("li"):
                    ui.label(f"{policy.when}, {policy.words}").classes("inline")

    def set_observed(self, observed: dict[str, list[ObservedValue]]) -> None:
        """Draw observed values over the curves; one of an outcome without a chart is shown in the last chart."""
        self.observed = observed
        drawn = {name for _, outcomes in self._charts for name in outcomes}
        missing = [name for name in observed if name not in drawn]
        self._drawn = None
        if missing:
            self.show_outcome(missing[0])
        else:
            self.refresh()
