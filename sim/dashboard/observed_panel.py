"""Observed panel: a CSV file of observed series, dropped on the page and drawn over the curves."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nicegui import run, ui

from sim.dashboard.chart_data import begin_ms
from sim.dashboard.chart_options import ObservedValue
from sim.dashboard.widgets import button, heading, paragraph
from sim.declarations.input_issues import Problem
from sim.observed.observed_cells import is_flow
from sim.observed.observed_series import COLUMNS, ObservedPoint, read_observed

_MOST_BYTES = 1_000_000
_MOST_SHOWN = 20

_HEADER = """
<div class="drop">
  <label>Drop a CSV file here<q-uploader-add-trigger></q-uploader-add-trigger></label>
  <button type="button" class="linkish" @click="props.pickFiles">or choose one</button>
</div>
"""
"""Template of the place where files are dropped."""

Observed = dict[str, list[ObservedValue]]


class ObservedPanel:
    """Where observed series are dropped.

    Parameters
    ----------
    draw : callable
        Called with the observed values by outcome.
    """

    def __init__(self, draw: Callable[[Observed], None]) -> None:
        self._draw = draw

    def build(self) -> None:
        """Build it where the page is being built."""
        heading("Observed series", 3)
        paragraph(f"A CSV file with the columns {', '.join(COLUMNS)}, drawn over the curves.", "meaning")
        self._upload = ui.upload(
            auto_upload=True,
            max_file_size=_MOST_BYTES,
            on_upload=self._take,
            on_rejected=lambda: self._say([f"the file is no single file of at most {_MOST_BYTES // 1_000_000} MB"]),
        ).props("flat square accept=.csv")
        self._upload.add_slot("header", _HEADER)
        with ui.element("div").props("role=alert"):
            self._errors = ui.element("ul").classes("errors")
        self._said = paragraph("", "meaning")
        button("Remove observed values", self._remove)

    async def _take(self, event: Any) -> None:
        name = Path(event.file.name).name
        content = await event.file.read()
        found = await run.io_bound(read_upload, name, content)
        self._upload.reset()
        if found is None:
            return
        observed, problems = found
        self._say([str(problem) for problem in problems])
        if not problems:
            count = sum(map(len, observed.values()))
            self._said.set_text(f"{name}: {count} values of {len(observed)} outcomes.")
            self._draw(observed)

    def _say(self, lines: list[str]) -> None:
        self._errors.clear()
        with self._errors:
            for line in lines[:_MOST_SHOWN]:
                with ui.element("li"):
                    ui.label(line).classes("inline")

    def _remove(self) -> None:
        self._say([])
        self._said.set_text("")
        self._draw({})


def read_upload(name: str, content: bytes) -> tuple[Observed, list[Problem]]:
    """Read a file that was dropped, as `sim validate` reads it.

    Parameters
    ----------
    name : str
        What it is called where it came from; messages use it.
    content : bytes
        What is in it.

    Returns
    -------
    dict of str to list of ObservedValue, list of Problem
        Values by outcome; nothing where there is a problem.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "observed.csv"
        path.write_bytes(content)
        points, problems = read_observed(path)
    found: Observed = {}
    for point in points if not problems else ():
        found.setdefault(point.outcome.name, []).append(_drawn(point))
    return found, [replace(problem, file=name) for problem in problems]


def _drawn(point: ObservedPoint) -> ObservedValue:
    """A point as charts take it: in the middle of its date, the sum of a year as the mean of its quarters."""
    last = point.date.last + 1
    at = (begin_ms(point.date.first) + begin_ms(last)) // 2
    share = point.date.quarters if is_flow(point.outcome) else 1
    low, high = (None if abs(end) == float("inf") else end / share for end in (point.low, point.high))
    return ObservedValue(at, point.value / share, low, high)
