"""Compare tab: paired differences of the setting now from held settings, over time and in a table."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.dashboard.chart_data import LETTERS, difference_data
from sim.dashboard.chart_options import difference_options
from sim.dashboard.outcome_chart import OutcomeChart
from sim.dashboard.shown_runs import MEANINGS, TITLES, UNITS, ShownRuns, comparison_table
from sim.dashboard.widgets import button, download_csv, heading, named, paragraph, show_table
from sim.declarations.sector_outcomes import SECTOR
from sim.live.single_runs import PlainTable, TableColumn

_FIRST = "resource_independence_p50"
_NAME = "Chart: paired differences with 95 % intervals by quarter"


class CompareTab:
    """Differences from what is held.

    Parameters
    ----------
    shown : ShownRuns
        What is drawn.
    """

    def __init__(self, shown: ShownRuns) -> None:
        self._shown = shown
        self._outcome = _FIRST
        self._drawn: object = None
        self._table: PlainTable | None = None

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Differences from held settings")
        self._said = paragraph("", "meaning")
        choices = {outcome.name: f"{outcome.title} ({outcome.name})" for outcome in SECTOR}
        choice = ui.select(choices, value=self._outcome, label="Outcome", with_input=True)
        choice.props("outlined dense options-dense").classes("wide")
        choice.on_value_change(lambda e: self._choose(e.value))
        self._meaning = paragraph(MEANINGS[self._outcome], "meaning")
        self._chart = OutcomeChart(_NAME, UNITS[self._outcome])
        heading("Main outcomes, mean of the last year", 3)
        self._reasons = paragraph("", "note")
        self._below = ui.element("div").classes("scrolls").props("tabindex=0 role=region")
        named(self._below, "Differences from held settings")
        button("Differences as CSV", self._download)

    def _choose(self, name: str | None) -> None:
        if name is not None:
            self._outcome = name
            self._meaning.set_text(MEANINGS[name])
            self._chart.rename(f"{_NAME}: {TITLES[name]}", UNITS[name])
            self.refresh()

    def refresh(self) -> list[Any]:
        """Draw what is new."""
        shown = self._shown
        calendar = shown.calendar
        if calendar is None:
            return []
        self._said.set_text(
            "The setting now less each held one: mean of the differences of runs with the same random keys, with its "
            "95 % interval. An interval that does not reach zero is clear."
            if shown.held
            else "Nothing is held. Hold a setting and move a lever; the differences appear here."
        )
        data = difference_data(shown.now, shown.held, self._outcome)
        axes = (calendar, shown.marks(), self._outcome)
        waiting: Any = None
        if axes != self._drawn:
            self._drawn = axes
            self._chart.set_options(difference_options(calendar, shown.marks()), data)
        else:
            waiting = self._chart.set_data(data)
        if shown.is_settled:
            self._chart.set_table(lambda: _as_table(self._outcome, data, shown))
            self._fill()
        return [waiting] if waiting is not None else []

    def _fill(self) -> None:
        shown = self._shown
        reasons: list[str] = []
        self._table = None
        if shown.now is not None and shown.held:
            self._table, reasons = comparison_table(shown.now, shown.held, shown.names)
        self._reasons.set_text("; ".join(reasons))
        self._below.clear()
        if self._table is not None:
            with self._below:
                show_table(self._table, "Differences from held settings", rows=0)

    def _download(self) -> None:
        if self._table is not None:
            download_csv("differences.csv", self._table)


def _as_table(outcome: str, data: dict[str, Any], shown: ShownRuns) -> PlainTable:
    """Numbers of the chart, at the end of each year."""
    letters = [letter for letter in LETTERS if data[f"{letter}:middle"]]
    columns = [TableColumn("quarter", "", "Quarter.")]
    for letter in letters:
        columns += [
            TableColumn(f"less {letter} {shown.names[letter]}, {part}", UNITS[outcome], TITLES[outcome])
            for part in ("low", "mean", "high")
        ]
    rows: list[list[Any]] = []
    calendar = shown.calendar
    for n in range(calendar.quarters) if calendar is not None and letters else ():
        assert calendar is not None
        quarter = calendar.start + n
        if quarter.number == 4 or n == calendar.quarters - 1:
            row: list[Any] = [str(quarter)]
            for letter in letters:
                low, height = data[f"{letter}:low"], data[f"{letter}:height"]
                ends = (low[n][1], height[n][1]) if low else (None, None)
                high = None if ends[0] is None or ends[1] is None else ends[0] + ends[1]
                row += [ends[0], data[f"{letter}:middle"][n][1], high]
            rows.append(row)
    return PlainTable(tuple(columns), rows, len(rows))
