"""Policies panel: levers that are set at a quarter, moved along the run by slider, keys or text."""

from __future__ import annotations

from typing import Any, cast

from nicegui import ui

from sim.dashboard.control_declarations import controls
from sim.dashboard.page_core import PageCore
from sim.dashboard.page_setting import PolicyStep
from sim.dashboard.problem_note import ProblemNote
from sim.dashboard.problem_places import STEP_PARTS
from sim.dashboard.widgets import DraggedSlider, button, heading, named, paragraph
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import IssueError
from sim.experiment.design.declared_parameters import Kind

_USUAL_LEVER = "procurement.budget_factor"


class PoliciesPanel:
    """The policies that were added on the page, each with its date, lever, value and place.

    Parameters
    ----------
    core : PageCore
        State of the page.
    """

    def __init__(self, core: PageCore) -> None:
        self._core = core
        self._problems: list[ProblemNote] = []
        core.when_loaded.append(self.refresh)
        core.when_wrong.append(self._show_problems)

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Policies")
        paragraph("A lever that is set anew from a quarter on; the charts mark the date by its number.", "meaning")
        self._list = ui.element("div")
        button("Add a policy", self._add)
        self.refresh()

    def _add(self) -> None:
        scenario = self._core.scenario
        if scenario is None:
            return
        middle = scenario.start + min(self._core.setting.quarters or scenario.quarters, scenario.quarters) // 2
        lever = controls()[_USUAL_LEVER]
        self._core.set_steps([*self._core.setting.steps, PolicyStep(str(middle), lever.key, 0.5)])
        self.refresh()

    def refresh(self) -> None:
        """Show the policies that are set now."""
        self._list.clear()
        self._problems = []
        with self._list:
            for number in range(len(self._core.setting.steps)):
                self._row(number)

    def _row(self, number: int) -> None:
        step = self._core.setting.steps[number]
        scenario = self._core.scenario
        if scenario is None:
            return
        label = f"Policy {number + 1}"
        with ui.element("fieldset").classes("policy"):
            with ui.element("legend"):
                ui.label(label).classes("inline")
            levers = {key: key for key, control in controls().items() if control.is_lever}
            chosen = ui.select(
                levers, value=step.lever if step.lever in levers else None, label="Lever", with_input=True
            )
            chosen.props("outlined dense options-dense").classes("wide")
            chosen.on_value_change(lambda e: self._set_lever(number, e.value))
            with ui.element("div").classes("control-body"):
                value = self._value_field(number, step)
                places = {"": "everywhere"} | {name: name for name in _places(self._core)}
                where = ui.select(places, value=step.place if step.place in places else "", label="Where")
                where.props("outlined dense options-dense").classes("grow")
                where.on_value_change(lambda e: self._set(number, place=e.value or ""))
            date = self._date_fields(number, step)
            for part, field in zip(STEP_PARTS, (date, where, value), strict=True):
                self._problems.append(ProblemNote(self._core, f"policies.{number}.{part}", field))
            button("Remove", lambda: self._remove(number), label)

    def _show_problems(self) -> None:
        for note in self._problems:
            note.refresh()

    def _value_field(self, number: int, step: PolicyStep) -> ui.element:
        control = controls().get(step.lever)
        kind = Kind.NUMBER if control is None else control.kind
        value = None if control is None else control.showable(step.value)
        if control is not None and kind is Kind.CHOICE:
            field: Any = ui.select(list(control.choices), value=value, label="Value")
        elif kind is Kind.YES_NO:
            field = ui.select({True: "yes", False: "no"}, value=value, label="Value")
        else:
            unit = control.unit if control is not None else ""
            field = ui.number(f"Value{f', {unit}' if unit else ''}", value=value)
        field.props("outlined dense").classes("grow")
        whole = kind is Kind.WHOLE
        field.on_value_change(lambda e: self._set_value(number, e.value, whole))
        return cast(ui.element, field)

    def _date_fields(self, number: int, step: PolicyStep) -> ui.element:
        """A slider over the quarters of the run and a field for the quarter, which show the same."""
        scenario = self._core.scenario
        assert scenario is not None
        last = (self._core.setting.quarters or scenario.quarters) - 1
        with ui.element("div").classes("control-body"):
            slider = DraggedSlider(min=0, max=last, step=1, value=_index(step.at, scenario.start, last)).classes("grow")
            named(slider, f"Policy {number + 1}: quarter")
            text = ui.input("From", value=step.at).props("outlined dense").classes("number")

        def slid(event: Any) -> None:
            at = str(scenario.start + int(event.value or 0))
            if text.value != at and _index(text.value or "", scenario.start, last) != int(event.value or 0):
                text.set_value(at)

        def typed(event: Any) -> None:
            at = (event.value or "").strip()
            self._set(number, at=at)
            place = _index(at, scenario.start, last)
            if slider.value != place:
                slider.set_value(place)

        slider.on_value_change(slid)
        text.on_value_change(typed)
        return text

    def _set_lever(self, number: int, lever: str | None) -> None:
        if lever is None:
            return
        known = self._core.in_force.get(lever)
        value = controls()[lever].usual if known is None else known.value
        self._set(number, lever=lever, value=value)
        self.refresh()

    def _set_value(self, number: int, value: Any, whole: bool) -> None:
        if value is not None:
            self._set(number, value=int(value) if whole and float(value).is_integer() else value)

    def _set(self, number: int, **values: Any) -> None:
        steps = list(self._core.setting.steps)
        for name, value in values.items():
            setattr(steps[number], name, value)
        self._core.set_steps(steps)

    def _remove(self, number: int) -> None:
        steps = list(self._core.setting.steps)
        del steps[number]
        self._core.set_steps(steps)
        self.refresh()


def _index(at: str, start: Quarter, last: int) -> int:
    """Quarter of the run that a date means, within the run; 0 for what is no quarter."""
    try:
        return min(max(Quarter.parse(at) - start, 0), last)
    except IssueError:
        return 0


def _places(core: PageCore) -> list[str]:
    """Cities, and districts with their city."""
    if core.scenario is None:
        return []
    cities = core.scenario.cities
    return ["cities", "districts", *cities, *(f"{name}/{d}" for name, city in cities.items() for d in city.districts)]
