"""Page core: the state behind one open page, what it is set to, and who wants to know when that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from nicegui import run

from sim.dashboard.control_declarations import controls
from sim.dashboard.made_pages import MadePages
from sim.dashboard.page_setting import PageSetting, PolicyStep
from sim.dashboard.problem_places import problem_places
from sim.dashboard.scenario_texts import FILE_SIGN, path_of
from sim.dashboard.server_options import ServerOptions
from sim.dashboard.values_in_force import InForce, in_force
from sim.declarations.input_issues import Problem, ScenarioError
from sim.live.live_runs import LiveRuns
from sim.live.live_session import LiveSession
from sim.scenario import Scenario, load_scenario_file


class PageCore:
    """State of one open page.

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
        self._live, self.options, self.pages = live, options, pages
        self.channel = uuid4().hex
        self.setting = PageSetting()
        self.scenario: Scenario | None = None
        self.in_force: dict[str, InForce] = {}
        self.problems: tuple[Problem, ...] = ()
        """Of a scenario that cannot be read; those of a wish are the session's."""
        self._is_read = False
        self.replication: int | None = None
        """The single run that is shown."""
        self.when_loaded: list[Callable[[], None]] = []
        """Called after another scenario was loaded."""
        self.wrong: dict[str, str] = {}
        """What is wrong with which control (`sim.dashboard.problem_places`)."""
        self.when_wrong: list[Callable[[], None]] = []
        """Called after that has changed."""
        self.when_asked: list[Callable[[], None]] = []
        """Called after something was wished."""

    @property
    def session(self) -> LiveSession:
        """The session of this page; the first use starts the workers."""
        return self._live.session(self.channel)

    async def load(self, setting: PageSetting) -> bool:
        """Take over a whole setting; false, and nothing changed, where its scenario cannot be read."""
        if path_of(setting.scenario, self.options.folder) is None:
            what, allowed = (
                "is neither a shipped scenario nor a file of this folder",
                f"looked in {self.options.folder}",
            )
            self.problems = (Problem(setting.scenario, 0, 0, (), what, allowed),)
            return False
        try:
            found = await run.io_bound(_read, setting.scenario)
        except ScenarioError as error:
            self.problems = tuple(error.problems)
            return False
        if found is None:  # the page is being closed
            return False
        self.scenario, self.in_force = found
        self.problems = ()
        if self._is_read and setting.scenario.startswith(FILE_SIGN):
            self.session.forget(setting.scenario)
        self._is_read = True
        self.setting = setting
        self.replication = None
        for react in self.when_loaded:
            react()
        return True

    def ask(self) -> None:
        """Wish for what the page is set to."""
        self.session.ask(self.setting.wish())
        for react in self.when_asked:
            react()

    def change(self, key: str, value: Any) -> None:
        """Set a lever or parameter; what the scenario says itself is no change."""
        known = self.in_force.get(key)
        if known is not None and known.value == value and "by place" not in known.note:
            self.setting.changes.pop(key, None)
        else:
            self.setting.changes[key] = value
        self.ask()

    def reset(self, key: str) -> None:
        """Leave a lever or parameter as the scenario has it."""
        if self.setting.changes.pop(key, None) is not None:
            self.ask()

    def set_steps(self, steps: list[PolicyStep]) -> None:
        """Set the policies of the page."""
        self.setting.steps = steps
        self.ask()

    def set_runs(self, **numbers: Any) -> None:
        """Set seed, replications or quarters."""
        self.setting = replace(self.setting, **numbers)
        self.ask()

    def note_problems(self, problems: Iterable[Problem]) -> None:
        """Note what is wrong with the newest wish, and tell the controls where it is new."""
        wish = self.session.wish
        found = {} if wish is None or self.scenario is None else problem_places(wish, self.scenario, problems)
        if found != self.wrong:
            self.wrong = found
            for react in self.when_wrong:
                react()

    def close(self) -> None:
        """End the session."""
        self.pages.forget(self.channel)
        self._live.forget(self.channel)


def _read(name: str) -> tuple[Scenario, dict[str, InForce]]:
    """A scenario, and what it says of every control."""
    scenario = load_scenario_file(name).scenario
    return scenario, {key: in_force(scenario, control) for key, control in controls().items()}
