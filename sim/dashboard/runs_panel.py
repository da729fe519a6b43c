"""Runs panel: how many runs there are, of which seed, and how long they are."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.dashboard.page_core import PageCore
from sim.dashboard.problem_note import ProblemNote
from sim.dashboard.widgets import heading, paragraph


class RunsPanel:
    """Replications, seed and quarters.

    Parameters
    ----------
    core : PageCore
        State of the page.
    """

    def __init__(self, core: PageCore) -> None:
        self._core = core
        self._fields: dict[str, ui.number] = {}
        self._quiet = False
        self._problems: list[ProblemNote] = []
        core.when_loaded.append(self.refresh)
        core.when_wrong.append(self._show_problems)

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Runs")
        with ui.element("div").classes("control-body"):
            for name, label in (("replications", "Replications"), ("seed", "Seed"), ("quarters", "Quarters")):
                field = ui.number(label).props("outlined dense").classes("grow")
                field.on_value_change(lambda event, name=name: self._changed(name, event.value))
                self._fields[name] = field
        self._problems = [ProblemNote(self._core, name, field) for name, field in self._fields.items()]
        paragraph(
            "Replication r has the same random keys in every setting of one seed, so that settings are compared run by "
            "run. The keys [ and ] step through single runs; Escape shows all again.",
            "meaning",
        )
        self.refresh()

    def _show_problems(self) -> None:
        for note in self._problems:
            note.refresh()

    def _changed(self, name: str, value: Any) -> None:
        if self._quiet or (value is None and name != "quarters"):
            return
        whole = None if value is None else int(value) if float(value).is_integer() else value
        self._core.set_runs(**{name: whole})

    def refresh(self) -> None:
        """Show what is set now."""
        self._quiet = True
        for name, field in self._fields.items():
            value = getattr(self._core.setting, name)
            if value is None and self._core.scenario is not None:
                value = self._core.scenario.quarters
            field.set_value(value)
        self._quiet = False
