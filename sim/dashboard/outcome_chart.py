"""Outcome chart: one chart of the page with its title, a name for screen readers, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from sim.dashboard.chart_data import Points
from sim.dashboard.widgets import named, show_table
from sim.live.single_runs import PlainTable


class OutcomeChart:
    """A chart whose numbers are sent alone, as long as its axes and lines stay.

    Parameters
    ----------
    name : str
        What it shows, for screen readers.
    unit : str
        Unit of its vertical axis.
    """

    def __init__(self, name: str, unit: str = "") -> None:
        self._unit = ui.label(unit).classes("axis-unit")
        self._chart = ui.echart({}).classes("chart")
        named(self._chart, name)
        with self._chart.props.suspend_updates():
            self._chart.props["role"] = "img"
        self._table: Callable[[], PlainTable] | None = None
        with ui.expansion("Numbers as a table").props("dense").classes("group") as self._expansion:
            self._inside = ui.element("div")
        self._expansion.on_value_change(self._fill)
        self._name = name

    def rename(self, name: str, unit: str) -> None:
        """Give it another name and unit."""
        self._unit.set_text(unit)
        self._name = name
        named(self._chart, name)
        self._chart.update()

    def set_options(self, options: dict[str, Any], data: Mapping[str, Points]) -> None:
        """Draw it anew."""
        for series in options["series"]:
            series["data"] = data.get(series["id"], series["data"])
        with self._chart.props.suspend_updates():
            self._chart.props["options"] = options
        if self._chart.client.has_socket_connection:
            # Series of before must not stay, so the whole of it is replaced.
            self._chart.run_chart_method("setOption", options, True)

    def set_data(self, data: Mapping[str, Points]) -> Any:
        """Send other numbers; what is returned may be awaited until they are drawn."""
        changed = []
        # What the server keeps is for a page that connects again; the browser gets the numbers alone.
        with self._chart.props.suspend_updates():
            for series in self._chart.options.get("series", ()):
                new = data.get(series["id"])
                if new is not None and new != series["data"]:
                    series["data"] = new
                    changed.append({"id": series["id"], "data": new})
        return self._chart.run_chart_method("setOption", {"series": changed}) if changed else None

    def merge(self, series: Sequence[dict[str, Any]]) -> None:
        """Lay something over some series, by their id."""
        by_id = {one["id"]: one for one in series}
        with self._chart.props.suspend_updates():
            for known in self._chart.options.get("series", ()):
                known.update(by_id.get(known["id"], {}))
        if self._chart.client.has_socket_connection:
            self._chart.run_chart_method("setOption", {"series": list(series)})

    def set_table(self, table: Callable[[], PlainTable]) -> None:
        """Say where the numbers of the table below come from; it is made when it is opened."""
        self._table = table
        if self._expansion.value:
            self._fill()

    def _fill(self) -> None:
        self._inside.clear()
        if self._expansion.value and self._table is not None:
            with self._inside:
                show_table(self._table(), f"{self._name}: numbers", rows=0)
