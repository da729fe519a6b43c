"""Controls panel: a slider, choice or switch for each lever and parameter, searched and in groups."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from sim.dashboard.control_declarations import FIRST, Control, controls
from sim.dashboard.page_core import PageCore
from sim.dashboard.problem_note import ProblemNote
from sim.dashboard.widgets import DraggedSlider, button, heading, named, paragraph
from sim.experiment.design.declared_parameters import Kind

_MOST_FOUND = 40
"""Controls that a search shows."""


class ControlRow:
    """One lever or parameter with its value, slider, meaning and source.

    Parameters
    ----------
    core : PageCore
        State of the page.
    control : Control
        What it sets.
    """

    def __init__(self, core: PageCore, control: Control) -> None:
        self._core, self._control = core, control
        self._quiet = True
        self.slider: ui.slider | None = None
        self.field: Any = None
        with ui.element("div").classes("control") as self.element:
            self._build()
        self.refresh()

    def _build(self) -> None:
        control = self._control
        unit = "" if control.unit in ("choice", "yes/no") else control.unit
        with ui.element("div").classes("control-head"):
            ui.label(f"{control.group}: {control.title.lower()}").classes("control-name")
            if unit:
                ui.label(unit).classes("unit")
            self._reset = button("As in scenario", lambda: self._core_reset(), control.key, "reset")
        name = f"{control.group}: {control.title}{f', {unit}' if unit else ''}"
        with ui.element("div").classes("control-body"):
            if control.kind.ordered:
                self._build_slider(name)
            elif control.kind is Kind.CHOICE:
                self.field = ui.select(list(control.choices), on_change=lambda e: self._changed(e.value))
                self.field.props("outlined dense options-dense").classes("grow")
            else:
                self.field = ui.switch(on_change=lambda e: self._changed(e.value))
            named(self.field, f"{name}, value" if control.kind.ordered else name)
        self.problem = ProblemNote(self._core, control.key, self.field)
        paragraph(control.meaning, "meaning")
        source = "judgement" if control.source == "free" else control.source
        paragraph(f"{control.allowed}; source: {source}" if control.allowed else f"source: {source}", "source")
        self._note = paragraph("", "source")

    def _build_slider(self, name: str) -> None:
        control = self._control
        self.slider = DraggedSlider(
            min=control.least, max=control.most, step=control.step, on_change=lambda e: self._slid(e.value)
        )
        self.slider.classes("grow")
        named(self.slider, name)
        self.field = ui.number(on_change=lambda e: self._typed(e.value)).props("outlined dense").classes("number")

    def _core_reset(self) -> None:
        self._core.reset(self._control.key)
        self.refresh()

    def _slid(self, value: float | None) -> None:
        if not self._quiet and value is not None:
            self._show(self.field, self._as_kind(value))
            self._changed(self._as_kind(value))

    def _typed(self, value: float | None) -> None:
        if not self._quiet and value is not None and self.slider is not None:
            self._show(self.slider, min(max(value, self._control.least), self._control.most))
            self._changed(self._as_kind(value))

    def _as_kind(self, value: float) -> float | int:
        whole = self._control.kind is Kind.WHOLE and float(value).is_integer()
        return int(value) if whole else float(f"{value:.12g}")

    def _changed(self, value: Any) -> None:
        if not self._quiet and value is not None:
            self._core.change(self._control.key, value)
            self._mark()

    def _show(self, element: Any, value: Any) -> None:
        before, self._quiet = self._quiet, True
        element.set_value(value)
        self._quiet = before

    def _mark(self) -> None:
        changed = self._control.key in self._core.setting.changes
        self._reset.set_visibility(changed)
        self.element.classes(add="changed" if changed else "", remove="" if changed else "changed")

    def refresh(self) -> None:
        """Show the value that is set now."""
        self._quiet = True
        known = self._core.in_force.get(self._control.key)
        usual = self._control.usual if known is None else known.value
        value = self._control.showable(self._core.setting.changes.get(self._control.key, usual))
        self.field.set_value(value)
        if self.slider is not None:
            at = float(usual if value is None else value)
            self.slider.set_value(min(max(at, self._control.least), self._control.most))
        note = "" if known is None else known.note
        self._note.set_text(f"In this scenario: {note}" if note else "")
        self._note.set_visibility(bool(note))
        self._mark()
        self._quiet = False


class ControlsPanel:
    """All controls: those asked for most, those that are changed, a search, and groups that open.

    Parameters
    ----------
    core : PageCore
        State of the page.
    """

    def __init__(self, core: PageCore) -> None:
        self._core = core
        self._rows: list[ControlRow] = []
        self._found_rows: list[ControlRow] = []
        core.when_loaded.append(self.refresh)
        core.when_wrong.append(self._show_problems)

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Levers and parameters")
        search = ui.input("Search levers and parameters", on_change=lambda e: self._search(e.value or ""))
        search.props("outlined dense clearable debounce=200").classes("wide")
        self._found = ui.element("div")
        self._usual = ui.element("div")
        with self._usual:
            self._rows += [ControlRow(self._core, controls()[key]) for key in FIRST]
            heading("All, by subject", 3)
            groups: dict[str, list[Control]] = {}
            for control in controls().values():
                groups.setdefault(control.group, []).append(control)
            for group, members in groups.items():
                self._group(group, members)

    def _group(self, group: str, members: list[Control]) -> None:
        """A group whose controls are made when it is opened."""
        with ui.expansion(f"{group} ({len(members)})").props("dense").classes("group") as expansion:
            inside = ui.element("div")

        def fill() -> None:
            if expansion.value and not inside.default_slot.children:
                with inside:
                    self._rows += [ControlRow(self._core, control) for control in members]

        expansion.on_value_change(fill)

    def _search(self, words: str) -> None:
        self._found.clear()
        self._found_rows = []
        self._usual.set_visibility(not words.strip())
        if not words.strip():
            self.refresh()
            return
        found = [control for control in controls().values() if control.matches(words)]
        with self._found:
            paragraph(f"{len(found)} found{f', the first {_MOST_FOUND} shown' if len(found) > _MOST_FOUND else ''}")
            self._found_rows = [ControlRow(self._core, control) for control in found[:_MOST_FOUND]]

    def _show_problems(self) -> None:
        for row in [*self._rows, *self._found_rows]:
            row.problem.refresh()

    def refresh(self) -> None:
        """Show what is set now."""
        for row in [*self._rows, *self._found_rows]:
            row.refresh()
