"""Reproduce tab: the file, command and code that give the same bits, a link, and the figure to take away."""

from __future__ import annotations

from nicegui import run, ui

from sim.dashboard.figure_drawing import DRAWING
from sim.dashboard.page_core import PageCore
from sim.dashboard.report_panel import ReportPanel
from sim.dashboard.setting_reproduction import command_of, file_of, python_of
from sim.dashboard.shown_runs import UNITS, ShownRuns
from sim.dashboard.widgets import button, csv_text, heading, named, paragraph
from sim.declarations.sector_outcomes import SECTOR
from sim.live.run_values import RunValues
from sim.live.wish import FILE_NAME
from sim.live.worker_messages import Begun


class ReproduceTab:
    """How to get the same bits elsewhere.

    Parameters
    ----------
    core : PageCore
        State of the page.
    shown : ShownRuns
        What is drawn.
    """

    def __init__(self, core: PageCore, shown: ShownRuns) -> None:
        self._core, self._shown = core, shown
        self._report = ReportPanel(core)

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Reproduce")
        paragraph("The same bits as the curves, from the command line and from Python.", "meaning")
        self._file = self._text("Scenario file", f"Save it as {FILE_NAME} where the dashboard was started.")
        button("Download the scenario file", lambda: ui.download.content(self._file.value.encode(), FILE_NAME))
        self._command = self._text("Command")
        self._python = self._text("Python")
        self._link = self._text("Link", "Opens this page with scenario, levers, policies, seed and tab.")
        heading("Take away", 3)
        with ui.element("div").classes("control-body"):
            button("Figure as PNG", lambda: self._figure("png"))
            button("Figure as SVG", lambda: self._figure("svg"))
            button("Runs as CSV", self._runs)
        self._error = paragraph("", "error")
        self._report.build()

    def _text(self, title: str, meaning: str = "") -> ui.textarea:
        heading(title, 3)
        if meaning:
            paragraph(meaning, "meaning")
        found = ui.textarea().props("outlined dense readonly autogrow input-class=code").classes("wide")
        named(found, title)
        return found

    def refresh(self, address: str) -> None:
        """Show what belongs to the setting now."""
        self._report.refresh()
        wish, base = self._core.setting.wish(), self._core.scenario
        if base is None:
            return
        self._file.set_value(file_of(wish, base))
        self._command.set_value(command_of(wish))
        self._python.set_value(python_of(wish))
        self._link.set_value(f"{address}#{self._core.setting.fragment()}")

    async def _figure(self, ending: str) -> None:
        now, begun = self._shown.now, self._shown.begun
        if now is None or begun is None:
            self._error.set_text("there are no runs yet")
            return
        content = await run.io_bound(figure_bytes, now, begun, self._core.setting.replications, ending)
        if content is not None:
            ui.download.content(content, f"overview.{ending}")

    def _runs(self) -> None:
        now = self._shown.now
        if now is None:
            self._error.set_text("there are no runs yet")
            return
        names = [outcome.name for outcome in SECTOR if outcome.name in UNITS]
        rows = [
            [replication, str(seed), str(now.start + quarter), *(float(value) for value in values)]
            for replication, seed, run_values in zip(now.replications, now.seeds, now.values, strict=True)
            for quarter, values in enumerate(run_values)
        ]
        text = csv_text(["replication", "seed", "quarter", *names], rows)
        ui.download.content(text.encode(), "runs.csv", "text/csv")


def figure_bytes(now: RunValues, begun: Begun, asked: int, ending: str) -> bytes:
    """The overview figure of `sim run`, of the runs that are done.

    Parameters
    ----------
    now, begun : RunValues, Begun
        The runs, their title and policies.
    asked : int
        Replications that are wanted.
    ending : str
        ``png`` or ``svg``.
    """
    from sim.plots.counted_values import CountedValues
    from sim.plots.curve_figures import overview_figure, texts
    from sim.plots.curve_panels import PlotData
    from sim.plots.figure_style import house_style, png, svg
    from sim.plots.font_choice import choose_fonts
    from sim.plots.panel_declarations import LINES

    runs = len(now.replications)
    values = {
        line.outcome: CountedValues.from_band(
            line.label, UNITS[line.outcome], now.band(line.outcome), runs, line.undefined_when
        )
        for line in LINES
    }
    data = PlotData(begun.title, now.start, now.quarters, runs, values, begun.policies, asked)
    with DRAWING, house_style(choose_fonts(texts(data)).families):
        figure = overview_figure(data)
        return svg(figure) if ending == "svg" else png(figure)
