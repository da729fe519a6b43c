"""Run tabs: agencies, money, communities and events of one run, which is done when it is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.dashboard.agency_view import show_life
from sim.dashboard.page_core import PageCore
from sim.dashboard.story_offer import StoryOffer
from sim.dashboard.widgets import button, download_csv, heading, named, paragraph, show_table
from sim.declarations.events_and_causes import Event
from sim.live.run_questions import LiveError
from sim.live.single_runs import PlainTable

_EVERY = "all years"
_EVERY_EVENT = "all kinds"


class RunTab:
    """One tab about one run; it asks anew when the setting, the run or a choice has changed since.

    Parameters
    ----------
    core : PageCore
        State of the page.
    title, name : str
        Heading, and name of the downloaded file.
    """

    def __init__(self, core: PageCore, title: str, name: str) -> None:
        self._core, self._title, self._name = core, title, name
        self._asked: object = None
        self._tables: list[tuple[str, PlainTable]] = []

    def build(self) -> None:
        """Build it where the page is being built."""
        heading(self._title)
        self._which = paragraph("", "meaning")
        self.build_choices()
        self._error = paragraph("", "error")
        self._below = ui.element("div")

    def build_choices(self) -> None:
        """Build what may be chosen above the tables."""

    def choices(self) -> tuple[Any, ...]:
        """What is chosen; a change of it asks anew."""
        return ()

    async def fetch(self) -> Callable[[], None]:
        """Ask for the tables, and return what shows them."""
        raise NotImplementedError

    async def refresh(self) -> None:
        """Ask for what is to be shown, unless it is shown already."""
        wish = self._core.session.wish
        if wish is None or self._core.session.progress().problems:
            return
        asked = wish, self._core.replication, self.choices()
        if asked == self._asked:
            return
        self._asked = asked
        replication = self._core.replication or 0
        self._which.set_text(f"Run {replication + 1} of the setting now (replication {replication}).")
        try:
            show = await self.fetch()
        except LiveError as error:
            self._error.set_text(str(error))
            self._below.clear()
            return
        if asked != self._asked:
            return  # something newer is on its way
        self._error.set_text("")
        self._below.clear()
        self._tables = []
        with self._below:
            show()

    async def ask(self, name: str, *arguments: Any) -> Any:
        """Ask something of the run."""
        replication = self._core.replication or 0
        return await asyncio.wrap_future(self._core.session.ask_run(name, *arguments, replication=replication))

    def show(self, table: PlainTable, title: str, **options: Any) -> None:
        """Show a table, and offer it as CSV."""
        with ui.element("div").classes("scrolls").props("tabindex=0 role=region") as region:
            named(region, title)
            show_table(table, title, **options)
        file = f"{self._name}-{title.lower().replace(' ', '-')}.csv"
        button(f"{title} as CSV", lambda: download_csv(file, table))


class AgenciesTab(RunTab):
    """All agencies of a run; a click opens the life of one."""

    def build_choices(self) -> None:
        """Build the place of the life of one agency, above the list."""
        self._life = ui.element("div")

    async def fetch(self) -> Callable[[], None]:
        """Ask for the agencies."""
        self._life.clear()
        table = await self.ask("agencies")

        def show() -> None:
            paragraph("Each agency as it was in its last quarter. Choose a name to read its life.", "meaning")
            self.show(table, "Agencies", link="agency", opened=self.open_life)

        return show

    async def open_life(self, agency: str) -> None:
        """Show the life of an agency."""
        wish, replication = self._core.session.wish, self._core.replication or 0
        try:
            life = await self.ask("life", agency)
        except LiveError as error:
            self._error.set_text(str(error))
            return
        if wish is None:
            return
        self._error.set_text("")
        self._life.clear()
        with self._life:
            show_life(life, self._life.clear, StoryOffer(self._core, wish, replication, agency).build)


class MoneyTab(RunTab):
    """Who paid whom for what in a year."""

    def build_choices(self) -> None:
        """Build the choice of the year."""
        self._year = ui.select([_EVERY], value=_EVERY, label="Year").props("outlined dense options-dense")
        self._year.on_value_change(lambda: asyncio.ensure_future(self.refresh()))

    def choices(self) -> tuple[Any, ...]:
        """The year."""
        return (self._year.value,)

    async def fetch(self) -> Callable[[], None]:
        """Ask for the sums."""
        scenario, wish = self._core.scenario, self._core.session.wish
        if scenario is not None and wish is not None:
            last = scenario.start + ((wish.quarters or scenario.quarters) - 1)
            self._year.set_options([_EVERY, *range(scenario.start.year, last.year + 1)])
        year = None if self._year.value in (_EVERY, None) else int(self._year.value)
        by_kind, by_name = await asyncio.gather(self.ask("money_by_kind", year), self.ask("money", year))

        def show() -> None:
            self.show(by_kind, "By kinds of payers and payees")
            self.show(by_name, "Payers and payees")

        return show


class CommunitiesTab(RunTab):
    """The communities at the end of a run."""

    async def fetch(self) -> Callable[[], None]:
        """Ask for the communities."""
        table = await self.ask("communities")
        return lambda: self.show(table, "Communities")


class EventsTab(RunTab):
    """What happened, and why."""

    def build_choices(self) -> None:
        """Build the choice of the kind of event."""
        kinds = {_EVERY_EVENT: _EVERY_EVENT} | {one.label: f"{one.label}: {one.meaning}" for one in Event}
        self._kind = ui.select(kinds, value="closed", label="Kind of event").props("outlined dense options-dense")
        self._kind.classes("wide").on_value_change(lambda: asyncio.ensure_future(self.refresh()))

    def choices(self) -> tuple[Any, ...]:
        """The kind of event."""
        return (self._kind.value,)

    async def fetch(self) -> Callable[[], None]:
        """Ask for the events."""
        kind = None if self._kind.value == _EVERY_EVENT else self._kind.value
        counts, events = await asyncio.gather(self.ask("event_counts"), self.ask("events", kind))

        def show() -> None:
            self.show(events, "Events")
            heading("How often, and why", 3)
            self.show(counts, "Counts of events")

        return show
