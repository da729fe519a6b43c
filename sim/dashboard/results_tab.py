"""Results tab: folders of results below the root, opened and read: what differs between points, outcomes, failures."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from nicegui import run, ui

from sim.dashboard.contained_paths import OutsideError, contained, results_folders
from sim.dashboard.results_figure import ResultsFigure
from sim.dashboard.shown_runs import TITLES, UNITS
from sim.dashboard.widgets import button, download_csv, heading, named, paragraph, show_table
from sim.declarations.sector_outcomes import SECTOR
from sim.live.single_runs import PlainTable, TableColumn

if TYPE_CHECKING:
    from sim.experiment.results.result_arrays import ResultArrays

_MOST_POINTS = 1000
_OUTCOME = "agencies"


@dataclass(frozen=True)
class OpenedResults:
    """What is shown of a folder of results.

    Attributes
    ----------
    title, facts : str
        Title, and how many runs and points there are.
    points, failures : PlainTable
        A row a point with mean, interval and number of runs of an outcome; a row a failed run, with its error and the
        command that runs it again.
    axes : list of str
        What points differ in, with the number of values of each.
    varied : tuple of str
        The names of these.
    """

    title: str
    facts: str
    axes: list[str]
    varied: tuple[str, ...]
    points: PlainTable
    failures: PlainTable


class ResultsTab:
    """Explores folders of results.

    Parameters
    ----------
    root : Path
        Folder that must not be left.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._figure = ResultsFigure(root)

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Results")
        paragraph(f"Folders of runs, comparisons and sweeps below {self._root}.", "meaning")
        with ui.element("div").classes("control-body"):
            self._folder = ui.select([], label="Folder of results").props("outlined dense options-dense")
            self._folder.classes("grow").on_value_change(self._show)
            button("Look again", self.refresh, "folders of results")
        choices = {outcome.name: f"{outcome.title} ({outcome.name})" for outcome in SECTOR}
        self._outcome = ui.select(choices, value=_OUTCOME, label="Outcome", with_input=True)
        self._outcome.props("outlined dense options-dense").classes("wide").on_value_change(self._show)
        self._error = paragraph("", "error")
        named(self._error, "Message about results").props("role=alert")
        self._head = ui.element("div")
        self._figure.build()
        self._below = ui.element("div")

    async def refresh(self) -> None:
        """Look which folders there are."""
        found = await run.io_bound(results_folders, self._root)
        self._folder.set_options(found or [])
        self._error.set_text("" if found else f"there are no results below {self._root} yet")

    async def _show(self) -> None:
        folder, outcome = self._folder.value, self._outcome.value
        if folder is None or outcome is None:
            return
        self._head.clear()
        self._below.clear()
        try:
            opened = await run.io_bound(open_results, self._root, folder, outcome)
        except Exception as error:
            from sim.experiment.store.atomic_files import StoreError
            from sim.experiment.store.part_reader import QueryError

            if not isinstance(error, OutsideError | StoreError | QueryError | OSError):
                raise
            self._figure.hide()
            self._error.set_text(str(error))
            return
        self._error.set_text("")
        if opened is None or (folder, outcome) != (self._folder.value, self._outcome.value):
            return  # something newer is on its way
        with self._head:
            heading(opened.title, 3)
            paragraph(opened.facts, "meaning")
            for axis in opened.axes:
                paragraph(axis, "meaning")
        with self._below:
            _shown(opened.points, "Points")
            if opened.failures.rows:
                _shown(opened.failures, "Failed runs")
        await self._figure.show(folder, outcome, opened.varied)


def _shown(table: PlainTable, title: str) -> None:
    heading(title, 4)
    with ui.element("div").classes("scrolls").props("tabindex=0 role=region") as region:
        named(region, title)
        show_table(table, title)
    button(f"{title} as CSV", lambda: download_csv(f"{title.lower().replace(' ', '-')}.csv", table))


def open_results(root: Path, name: str, outcome: str) -> OpenedResults:
    """Read a folder of results.

    Parameters
    ----------
    root : Path
        Folder that it must be below.
    name : str
        Relative to the root.
    outcome : str
        Of which the points are listed.

    Raises
    ------
    OutsideError
        If it is not below the root.
    StoreError, QueryError
        If it cannot be read, or does not have the outcome.
    """
    from sim.experiment.results.result_arrays import ResultArrays

    results = ResultArrays.open(contained(root, name))
    progress = results.progress()
    found = results.statistics([outcome], "year")[outcome]
    points = results.points.slice(0, _MOST_POINTS).to_pylist()
    labels = list(results.points.column_names)
    columns = [TableColumn(label, "", "") for label in labels]
    unit = UNITS.get(outcome, "")
    columns += [TableColumn(f"{TITLES.get(outcome, outcome)}, mean", unit, "")]
    columns += [TableColumn(part, "", "") for part in ("low", "high", "runs")]
    rows: list[list[Any]] = []
    for place, point in enumerate(points):
        numbers = [found.mean[place], found.low[place], found.high[place]]
        plain = [None if np.isnan(number) else float(number) for number in numbers]
        rows.append([*(_plain(point[label]) for label in labels), *plain, int(found.n[place])])
    axes = [f"{name}: {len(results.points[name].unique())} values" for name in results.varied]
    return OpenedResults(
        results.title,
        f"{progress.done:,} of {progress.runs:,} runs, {results.points.num_rows:,} points; means of the last year "
        "with 95 % intervals",
        axes,
        results.varied,
        PlainTable(tuple(columns), rows, results.points.num_rows),
        _failures(results, root / name),
    )


def _failures(results: ResultArrays, folder: Path) -> PlainTable:
    """Runs that failed and have not succeeded since: which, what happened, and the command that runs each again."""
    failed = results.failures_table()
    points = [failure.point for failure in results.open_failures()][:_MOST_POINTS]
    names = [name for name in failed.column_names if name != "traceback"]
    rows = [
        [*(_plain(row[name]) for name in names), replay_command(folder, point, row["replication"])]
        for row, point in zip(failed.slice(0, _MOST_POINTS).to_pylist(), points, strict=True)
    ]
    columns = tuple(TableColumn(name, "", "") for name in (*names, "to run it again"))
    return PlainTable(columns, rows, failed.num_rows)


def replay_command(folder: Path, point: int, replication: int) -> str:
    """The command that runs a run again.

    >>> replay_command(Path("results/my sweep"), 3, 0)
    "sim replay 'results/my sweep' --point 3 --replication 0"
    """
    return shlex.join(["sim", "replay", str(folder), "--point", str(point), "--replication", str(replication)])


def _plain(value: Any) -> Any:
    """A value as text where it is neither a number nor true or false."""
    return value if value is None or isinstance(value, bool | int | float) else str(value)
