"""Scenario panel: which scenario is run, what it asks, and what is wrong with its file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from nicegui import ui

from sim.dashboard.page_core import PageCore
from sim.dashboard.page_setting import PageSetting
from sim.dashboard.scenario_texts import head_comment, offered, path_of
from sim.dashboard.widgets import button, paragraph
from sim.declarations.input_issues import Problem


class ScenarioPanel:
    """The choice of a scenario.

    Parameters
    ----------
    core : PageCore
        State of the page.
    use : callable
        Called with the setting that is to be used when another scenario is chosen.
    """

    def __init__(self, core: PageCore, use: Callable[[PageSetting], Awaitable[None]]) -> None:
        self._core, self._use = core, use
        core.when_loaded.append(self.refresh)

    def build(self) -> None:
        """Build it where the page is being built."""
        with ui.element("div").classes("choose"):
            options = offered(self._core.options.folder)
            self._choice = ui.select(options, value=self._core.setting.scenario, label="Scenario", with_input=True)
            self._choice.props("outlined dense options-dense").classes("grow")
            self._choice.on_value_change(lambda e: self._chosen(e.value))
            button("Reset all", self._reset, "everything as the scenario has it")
        self._question = paragraph("", "question")
        with ui.expansion("About this scenario").props("dense").classes("group about"):
            self._about = ui.element("div")
        with ui.element("div").props("role=alert"):
            self._errors = ui.element("ul").classes("errors")
        self.refresh()

    async def _chosen(self, name: str | None) -> None:
        setting = self._core.setting
        if name is not None and name != setting.scenario:
            new = PageSetting(name, seed=setting.seed, replications=setting.replications, tab=setting.tab)
            await self._use(new)

    async def _reset(self) -> None:
        now = self._core.setting
        await self._use(PageSetting(now.scenario, seed=now.seed, replications=now.replications, tab=now.tab))

    def refresh(self) -> None:
        """Show the scenario that is used now."""
        scenario, name = self._core.scenario, self._core.setting.scenario
        self._errors.clear()
        if scenario is None:
            return
        if self._choice.value != name and name in offered(self._core.options.folder):
            self._choice.set_value(name)
        self._question.set_text(f"{scenario.title}. {scenario.question}" if scenario.question else scenario.title)
        path = path_of(name, self._core.options.folder)
        self._about.clear()
        with self._about:
            for text in head_comment(path) if path is not None else ():
                paragraph(text)
            paragraph(f"{scenario.quarters} quarters from {scenario.start}.", "meaning")

    def say(self, *lines: str) -> None:
        """Say what is wrong."""
        self._errors.clear()
        with self._errors:
            for line in lines:
                with ui.element("li"):
                    ui.label(line).classes("inline")

    def say_problems(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong with a scenario."""
        self.say(*map(str, problems))
