"""Report panel: the held settings and the one of now as a report, made beside the page and kept as one HTML file."""

from __future__ import annotations

import asyncio

from nicegui import ui

from sim.dashboard.page_core import PageCore
from sim.dashboard.widgets import button, heading, named, paragraph
from sim.declarations.input_issues import ScenarioError
from sim.live.report_making import ReportError, ReportState, make_report, report_request, scenarios_of
from sim.live.session_state import Held
from sim.live.wish import wrong_numbers

NAME_OF_NOW = "Setting now"
FILE = "report.html"


class ReportPanel:
    """Makes a report, shows how far it is, and lets it be cancelled.

    Parameters
    ----------
    core : PageCore
        State of the page.
    """

    def __init__(self, core: PageCore) -> None:
        self._core = core
        self._task: asyncio.Task[str] | None = None

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Report", 3)
        self._what = paragraph("", "meaning")
        with ui.element("div").classes("offer"):
            self._make = button("Make the report", self._begin)
            self._cancel = button("Cancel", self.cancel, "the report")
            self._bar = named(ui.element("progress"), "Runs of the report that are done")
            self._said = ui.label("").props("role=status")
        self._error = paragraph("", "error").props("role=alert")
        self._show_running(False)
        ui.context.client.on_delete(self.cancel)

    def settings(self) -> list[Held]:
        """What a report would compare: what is held, and the setting now where it is none of these."""
        held = list(self._core.session.held)
        now = self._core.setting.wish()
        return held if any(one.wish == now for one in held) else [*held, Held(_free(NAME_OF_NOW, held), now)]

    def refresh(self) -> None:
        """Say what a report would be of."""
        found = self.settings()
        wish = found[0].wish
        runs = f"{wish.replications} run{'s' * (wish.replications != 1)} each, seed {wish.seed}"
        if len(found) == 1:
            words = f"Runs the setting now ({runs}), and tells what comes of it. Hold settings to have them compared."
        else:
            names = ", ".join(one.name for one in found[1:])
            words = f"Compares with {found[0].name}: {names} ({runs})."
        self._what.set_text(f"{words} One HTML file that opens anywhere, as `sim report` writes it.")

    async def _begin(self) -> None:
        """Make a report, and have the browser keep it."""
        if self._task is not None:
            return
        self._error.set_text("")
        self._show_running(True)
        try:
            self._task = asyncio.ensure_future(self._report(self.settings()))
            text = await self._task
        except asyncio.CancelledError:
            self._said.set_text("Cancelled")
        except ScenarioError as error:
            self._fail("; ".join(map(str, error.problems)))
        except (ReportError, OSError) as error:
            self._fail(str(error))
        else:
            self._said.set_text(f"Done, {len(text.encode()) / 1e6:.2f} MB")
            ui.download.content(text.encode(), FILE, "text/html")
        finally:
            self._task = None
            self._show_running(False)

    async def _report(self, settings: list[Held]) -> str:
        """The report of settings.

        Raises
        ------
        ScenarioError
            If one of them cannot be read.
        ReportError
            If it cannot be made.
        """
        if wrong := list(wrong_numbers(settings[0].wish)):
            raise ScenarioError(wrong)
        return await make_report(report_request(settings, await scenarios_of(settings)), self._tell)

    def cancel(self) -> None:
        """End what is being made."""
        if self._task is not None:
            self._task.cancel()

    def _tell(self, state: ReportState) -> None:
        runs = f": {state.done} of {state.runs} runs" if state.runs else ""
        self._said.set_text(f"{state.words}{runs} ...")
        self._bar.set_visibility(bool(state.runs))
        self._bar.props(f"max={state.runs or 1} value={state.done}")

    def _fail(self, words: str) -> None:
        self._said.set_text("")
        self._error.set_text(f"The report cannot be made: {words}")

    def _show_running(self, is_running: bool) -> None:
        self._make.set_enabled(not is_running)
        self._cancel.set_visibility(is_running)
        self._bar.set_visibility(False)


def _free(name: str, held: list[Held]) -> str:
    """A name that no held setting has."""
    taken = {one.name for one in held}
    return next(found for n in range(1, len(held) + 2) if (found := name if n == 1 else f"{name} {n}") not in taken)
