"""Held panel: settings that are kept to be compared with, each with a letter and a name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from sim.dashboard.chart_data import LETTERS
from sim.dashboard.page_core import PageCore
from sim.dashboard.page_setting import PageSetting
from sim.dashboard.widgets import button, heading, named, paragraph
from sim.live.session_state import Held


class HeldPanel:
    """Held settings: hold, rename, use again, drop.

    Parameters
    ----------
    core : PageCore
        State of the page.
    use : callable
        Called with the setting that is to be the current one.
    """

    def __init__(self, core: PageCore, use: Callable[[PageSetting], Awaitable[None]]) -> None:
        self._core, self._use = core, use

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Held settings")
        with ui.element("div").classes("control-body"):
            self._name = ui.input("Name").props("outlined dense").classes("grow")
            self._name.on("keydown.enter", self._hold)
            self._button = button("Hold this setting", self._hold)
        self._error = paragraph("", "error")
        named(self._error, "Message about held settings").props("role=alert")
        self._list = ui.element("ul").classes("held")
        # Nothing is held yet, and to ask the session would start the workers before the page is shown.
        self._show(())

    def _hold(self) -> None:
        name = (self._name.value or "").strip() or self._free_name()
        try:
            self._core.session.hold(name)
        except ValueError as error:
            self._error.set_text(str(error))
            return
        self._error.set_text("")
        self._name.set_value("")
        self.refresh()

    def _free_name(self) -> str:
        taken = {one.name for one in self._core.session.held}
        return next(name for n in range(1, 10**6) if (name := f"Setting {n}") not in taken)

    def refresh(self) -> None:
        """Show what is held now."""
        self._show(self._core.session.held)

    def _show(self, held: Sequence[Held]) -> None:
        self._list.clear()
        with self._list:
            if not held:
                with ui.element("li"):
                    paragraph("None yet. Hold a setting, then move a lever: the charts keep both.", "meaning")
            for place, one in enumerate(held):
                self._row(place, one.name)
        if len(held) > len(LETTERS):
            self._error.set_text(f"the charts draw the first {len(LETTERS)} held settings; the table compares all")

    def _row(self, place: int, name: str) -> None:
        letter = LETTERS[place] if place < len(LETTERS) else str(place + 1)
        with ui.element("li").classes("control-body"):
            ui.label(letter).classes(f"letter dash-{place % 4}")
            field = ui.input(value=name).props("outlined dense").classes("grow")
            named(field, f"Name of held setting {letter}")
            field.on("change", lambda: self._rename(name, field.value or ""))
            button("Use", lambda: self._take_up(name), f"held setting {letter} as the current one")
            button("Drop", lambda: self._drop(name), f"held setting {letter}")

    def _rename(self, old: str, new: str) -> None:
        try:
            self._core.session.rename(old, new)
        except ValueError as error:
            self._error.set_text(str(error))
            return
        self._error.set_text("")
        self.refresh()

    async def _take_up(self, name: str) -> None:
        """Give levers and policies of a held setting back to the controls; it stays held."""
        wish = next((one.wish for one in self._core.session.held if one.name == name), None)
        if wish is not None:
            self._error.set_text("")
            await self._use(PageSetting.of(wish, self._core.setting.tab))

    def _drop(self, name: str) -> None:
        self._core.session.release(name)
        self._error.set_text("")
        self.refresh()
