"""The page: scenario and levers on one side, what comes of them on the other; one for each tab that is open."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from nicegui import ui

from sim.dashboard.compare_tab import CompareTab
from sim.dashboard.controls_panel import ControlsPanel
from sim.dashboard.curves_tab import CurvesTab
from sim.dashboard.held_panel import HeldPanel
from sim.dashboard.made_pages import MadePages
from sim.dashboard.observed_panel import ObservedPanel
from sim.dashboard.page_core import PageCore
from sim.dashboard.page_setting import TABS, LinkError, PageSetting, read_fragment
from sim.dashboard.policies_panel import PoliciesPanel
from sim.dashboard.reproduce_tab import ReproduceTab
from sim.dashboard.results_tab import ResultsTab
from sim.dashboard.run_tabs import AgenciesTab, CommunitiesTab, EventsTab, MoneyTab, RunTab
from sim.dashboard.runs_panel import RunsPanel
from sim.dashboard.scenario_panel import ScenarioPanel
from sim.dashboard.server_options import ServerOptions
from sim.dashboard.shown_runs import ShownRuns
from sim.dashboard.stored_curves import stored_curve
from sim.dashboard.widgets import named
from sim.live.live_runs import LiveRuns

_TICK = 0.03
"""Seconds between two looks whether there is something new."""
_CONNECT = 20.0
_HEAD = '<link rel="stylesheet" href="/assets/dashboard.css"><script src="/assets/dashboard.js"></script>'
_MOST_PROBLEMS = 20
_TITLES = {name: name.capitalize() for name in TABS}


class DashboardPage:
    """One open page.

    Parameters
    ----------
    live : LiveRuns
        The workers.
    options : ServerOptions
        What the page may look at.
    pages : MadePages
        Pages that it offers beside itself.
    """

    def __init__(self, live: LiveRuns, options: ServerOptions, pages: MadePages) -> None:
        self._core = PageCore(live, options, pages)
        self._shown = ShownRuns()
        self._seen: object = None
        self._linked = ""
        self._said: tuple[str, ...] = ()
        self._is_drawing = False
        self._address = ""
        self._panels: dict[str, ui.element] = {}

    async def build(self) -> None:
        """Build the page, and once it is shown, read the link and begin to run."""
        client = ui.context.client
        self._address = str(client.request.url).split("#")[0]
        ui.add_head_html(_HEAD)
        ui.colors(primary="#0b5cad", accent="#0b5cad")
        await self._core.load(PageSetting())
        self._shown.stored = stored_curve(self._core.setting.scenario)
        with ui.element("div").classes("page"):
            self._build_head()
            with ui.element("div").classes("body"):
                with ui.element("aside").classes("controls") as aside:
                    named(aside, "What is run")
                    self._build_controls()
                with ui.element("main").classes("main"):
                    self._build_main()
        ui.keyboard(on_key=self._pressed)
        self._curves.refresh()
        self._say_status()
        client.on_delete(self._core.close)
        await client.connected(timeout=_CONNECT)
        await self._read_link()
        ui.timer(_TICK, self._tick)

    # --- Parts ---

    def _build_head(self) -> None:
        with ui.element("header").classes("head"):
            with ui.element("h1"):
                ui.label("Social work sector, live").classes("inline")
            self._scenario = ScenarioPanel(self._core, self._use)
            self._scenario.build()

    def _build_controls(self) -> None:
        with ui.element("div").props("role=alert"):
            self._problems = ui.element("ul").classes("errors")
        self._held = HeldPanel(self._core, self._use)
        self._held.build()
        self._policies = PoliciesPanel(self._core)
        self._policies.build()
        ControlsPanel(self._core).build()
        RunsPanel(self._core).build()

    def _build_main(self) -> None:
        with ui.element("div").classes("status"):
            self._status = ui.label("").props("role=status aria-live=polite")
            self._single = ui.label("").classes("single")
            for text, step in (("Previous run", -1), ("Next run", 1)):
                found = ui.button(text, on_click=lambda step=step: self._step(step)).props("flat no-caps dense")
                found.classes("plain-button")
            self._all = ui.button("All runs", on_click=lambda: self._step(0)).props("flat no-caps dense")
            self._all.classes("plain-button")
        with ui.tabs(on_change=lambda e: self._choose_tab(e.value)) as self._tabs:
            self._tabs.props("no-caps dense align=left narrow-indicator outside-arrows mobile-arrows").classes("tabs")
            for name in TABS:
                ui.tab(name, _TITLES[name])
        self._tabs.set_value(self._core.setting.tab)
        for name in TABS:
            with ui.element("div").classes(f"tab-panel tab-{name}").props("role=tabpanel") as panel:
                named(panel, _TITLES[name])
                self._panels[name] = panel
        self._build_tabs()
        self._show_tab()

    def _build_tabs(self) -> None:
        """Fill the panels of all tabs."""
        self._curves = CurvesTab(self._core, self._shown)
        self._compare = CompareTab(self._shown)
        self._reproduce = ReproduceTab(self._core, self._shown)
        self._results = ResultsTab(self._core.options.results)
        self._of_runs: dict[str, RunTab] = {
            "agencies": AgenciesTab(self._core, "Agencies of one run", "agencies"),
            "money": MoneyTab(self._core, "Money of one run", "money"),
            "communities": CommunitiesTab(self._core, "Communities at the end of one run", "communities"),
            "events": EventsTab(self._core, "Events of one run", "events"),
        }
        parts: dict[str, Callable[[], Any]] = {
            "sector": self._curves.build,
            "compare": self._compare.build,
            "results": self._results.build,
            "reproduce": self._reproduce.build,
            **{name: tab.build for name, tab in self._of_runs.items()},
        }
        for name, build in parts.items():
            with self._panels[name]:
                build()
        with self._panels["sector"]:
            ObservedPanel(self._curves.set_observed).build()

    # --- What happens ---

    async def _read_link(self) -> None:
        """Take over what the link says, and begin to run."""
        fragment = ""
        with contextlib.suppress(TimeoutError):
            fragment = str(await ui.run_javascript("location.hash.slice(1)", timeout=5) or "")
        if fragment:
            try:
                await self._use(read_fragment(fragment))
                return
            except LinkError as error:
                self._scenario.say(str(error))
        self._core.ask()

    async def _use(self, setting: PageSetting) -> None:
        """Set the page to something else."""
        if not await self._core.load(setting):
            self._scenario.say_problems(self._core.problems)
            self._core.ask()
            return
        self._tabs.set_value(setting.tab)
        self._held.refresh()
        self._core.ask()

    async def _choose_tab(self, name: str) -> None:
        self._core.setting = replace(self._core.setting, tab=name)
        self._show_tab()
        self._seen = None
        if name == "results":
            await self._results.refresh()

    def _show_tab(self) -> None:
        for name, panel in self._panels.items():
            panel.set_visibility(name == self._core.setting.tab)

    def _pressed(self, event: Any) -> None:
        """Step through single runs with the keys of brackets; Escape shows all runs again."""
        step = {"]": 1, "[": -1, "Escape": 0}.get(event.key.name)
        if event.action.keydown and step is not None:
            self._step(step)

    def _step(self, step: int) -> None:
        if step == 0:
            self._core.replication = None
        else:
            before = self._core.replication
            wanted = self._core.setting.replications
            self._core.replication = (0 if step > 0 else wanted - 1) if before is None else (before + step) % wanted
        self._seen = None

    async def _tick(self) -> None:
        """Draw what is new, and wait until the browser has drawn it."""
        now = self._core.session.version, self._core.setting.tab, self._core.replication
        if self._is_drawing or now == self._seen:
            return
        self._is_drawing, self._seen = True, now
        try:
            self._shown.take(self._core)
            self._say_status()
            waiting = await self._draw()
            if waiting:
                with contextlib.suppress(TimeoutError):
                    await waiting[-1]
            self._note_link()
        finally:
            self._is_drawing = False

    async def _draw(self) -> list[Awaitable[Any]]:
        tab = self._core.setting.tab
        if tab == "sector":
            return self._curves.refresh()
        if tab == "compare":
            return self._compare.refresh()
        if tab == "reproduce":
            self._reproduce.refresh(self._address)
        elif tab in self._of_runs and self._core.session.progress().done:
            await self._of_runs[tab].refresh()
        return []

    def _note_link(self) -> None:
        """Keep the setting in the address, once all runs are done."""
        fragment = self._core.setting.fragment()
        if fragment != self._linked and self._core.session.progress().is_complete:
            self._linked = fragment
            ui.navigate.history.replace(f"#{fragment}")

    def _say_status(self) -> None:
        replication = self._core.replication
        self._single.set_text("" if replication is None else f"thin line: run {replication + 1}")
        self._all.set_visibility(replication is not None)
        if self._shown.now is None and self._core.scenario is not None and self._seen is None:
            self._status.set_text(self._stored_words())
            return
        progress = self._core.session.progress()
        self._core.note_problems(progress.problems)
        self._say_problems((*map(str, progress.problems[:_MOST_PROBLEMS]), *progress.failures))
        if progress.lost:
            said = f"No more runs: {progress.lost}. Start the dashboard again."
        elif progress.problems:
            said = "This setting cannot be run; the curves are those of the setting before."
        elif progress.done or progress.failed:
            failed = f", {progress.failed} failed" if progress.failed else ""
            said = f"{progress.done} of {progress.wanted} runs{failed}; medians with the middle 80 %"
        else:
            said = self._stored_words(progress.is_ready, progress.is_compiling)
        self._status.set_text(said)

    def _say_problems(self, lines: tuple[str, ...]) -> None:
        """Say what is wrong with the setting; only what is new, as screen readers read it aloud."""
        if lines == self._said:
            return
        self._said = lines
        self._problems.clear()
        with self._problems:
            for line in lines:
                with ui.element("li"):
                    ui.label(line).classes("inline")

    def _stored_words(self, is_ready: bool = False, is_compiling: bool = False) -> str:
        loading = "Loading the rules"
        if is_compiling:
            loading = "Compiling the rules, which takes a minute or two, once"
        elif is_ready:
            loading = "Running"
        stored = self._shown.stored
        if stored is None or self._shown.now is not None:
            return f"{loading} ..."
        old = "" if stored.is_current else ", made by an earlier state of the rules"
        return f"Stored curves of the shipped scenario, 20 runs{old}. {loading} ..."
