"""Story offer: the life of an agency as a page of its own, to open beside the dashboard or to keep as a file."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from nicegui import ui

from sim.dashboard.page_core import PageCore
from sim.dashboard.setting_reproduction import command_of, file_of
from sim.dashboard.widgets import button, named
from sim.live.run_questions import LiveError
from sim.live.wish import FILE_NAME, Wish


class StoryOffer:
    """Offers the story of an agency in one run.

    Parameters
    ----------
    core : PageCore
        State of the page.
    wish : Wish
        The setting that the run is of.
    replication : int
        Which run.
    agency : str
        Name of the agency.
    """

    def __init__(self, core: PageCore, wish: Wish, replication: int, agency: str) -> None:
        self._core, self._wish, self._replication, self._agency = core, wish, replication, agency
        self._session, self._base = core.session, core.scenario
        self._address = core.pages.offer(core.channel, self.make)

    def build(self) -> None:
        """Build it where the page is being built."""
        with ui.element("div").classes("offer"):
            link = ui.link("Story as a page", self._address, new_tab=True).props("rel=noopener").classes("linkish")
            named(link, f"Story as a page: {self._agency}, in a new tab")
            self._button = button("Keep the story as HTML", self._download, self._agency)
            self._said = ui.label("").props("role=status")

    async def make(self) -> str:
        """Have the story written by the process that has the run.

        Raises
        ------
        LiveError
            If it cannot be.
        """
        facts: dict[str, Any] = {"made_by": "sim dashboard", "seed": self._wish.seed}
        if self._base is not None:
            facts |= {"results_made_by": [command_of(self._wish)], FILE_NAME: file_of(self._wish, self._base)}
        asked = (self._agency, self._replication, facts)
        answer = self._session.ask_run("story", *asked, replication=self._replication, wish=self._wish)
        return str(await asyncio.wrap_future(answer))

    async def _download(self) -> None:
        self._said.set_text("Writing the story ...")
        self._button.disable()
        try:
            text = await self._core.pages.text(self._address)
        except LiveError as error:
            self._said.set_text(f"The story cannot be written: {error}")
        except LookupError:
            self._said.set_text("The story is not offered any more; open the life of the agency again")
        else:
            self._said.set_text("")
            ui.download.content(text.encode(), file_name(self._agency), "text/html")
        self._button.enable()


def file_name(agency: str) -> str:
    """A name for the file that every system takes.

    >>> file_name("Mu You / <b>"), file_name("睦友")
    ('story-Mu-You-b.html', 'story-睦友.html')
    """
    words = re.findall(r"\w+", agency)
    return "-".join(["story", *words])[:80] + ".html"
