"""Report making: a report of settings, made by a process of its own in a folder that is removed afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.live.own_processes import module_command, module_environment
from sim.live.report_process import PAGE
from sim.live.session_state import Held
from sim.live.wish import FILE_NAME, Wish
from sim.scenario import Scenario
from sim.scenario.parameters.name_types import LONGEST_TITLE
from sim.scenario.reading.text_forms import name_fault
from sim.scenario.yaml_writing import yaml_text

_MODULE = "sim.live.report_process"
_LONGEST_NAME, _LONGEST_LINE = 60, 2**20


class ReportError(RuntimeError):
    """A report could not be made; the message says why."""


@dataclass(frozen=True)
class ReportState:
    """How far a report is.

    Attributes
    ----------
    words : str
        What is being done.
    runs, done : int
        Runs that are wanted and done; 0 before that is known.
    """

    words: str
    runs: int = 0
    done: int = 0


def report_request(settings: Iterable[Held], bases: Mapping[str, Scenario], title: str = "") -> dict[str, Any]:
    """What the process is asked for.

    Parameters
    ----------
    settings : iterable of Held
        Settings with their names, the base of the comparison first; all with one seed, length and number of runs. One
        alone keeps the title of its scenario, and is the file that the page offers.
    bases : mapping of str to Scenario
        The scenario of each setting, by the wish's name of it.
    title : str
        Heading of the report; that of the results by default.
    """
    named = list(settings)
    wish = named[0].wish
    if len(named) == 1:
        files = {FILE_NAME: setting_text(replace(named[0], name=""), bases[wish.scenario])}
    else:
        files = {
            f"{file_stem(place, one.name)}.yaml": setting_text(one, bases[one.wish.scenario])
            for place, one in enumerate(named)
        }
    numbers = {"seed": wish.seed, "replications": wish.replications, "quarters": wish.quarters}
    return {"files": files, "title": title, **numbers}


def file_stem(place: int, name: str) -> str:
    """Name of the file of a setting, which is also its name in the report: its letter and the words of its name.

    >>> file_stem(1, "Faster <pay>!"), file_stem(30, "")
    ('B-Faster-pay', '31')
    """
    letter = chr(ord("A") + place) if place < 26 else str(place + 1)
    return "-".join([letter, *re.findall(r"\w+", name)])[:_LONGEST_NAME].rstrip("-")


def setting_text(one: Held, base: Scenario) -> str:
    """The scenario file of a setting, wherever it lies; its title is the setting's name where that may be one."""
    values = one.wish.file_values(base)
    if os.sep in one.wish.scenario:
        values["extends"] = os.path.abspath(one.wish.scenario)
    if 0 < len(one.name) <= LONGEST_TITLE and name_fault(one.name) is None:
        values = {"extends": values.pop("extends"), "title": one.name} | values
    return yaml_text(values)


async def make_report(request: Mapping[str, Any], tell: Callable[[ReportState], None]) -> str:
    """Have a report made; when the task is cancelled, its process is ended.

    Parameters
    ----------
    request : mapping
        By `report_request`.
    tell : callable
        Called with each step.

    Raises
    ------
    ReportError
        If it cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="sim-report-", ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            *module_command(_MODULE),
            cwd=folder,
            env=module_environment(),
            limit=_LONGEST_LINE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            tell(ReportState("Loading the rules"))
            last = await _follow(process, request, tell)
        except BaseException:
            # Cancelled, most likely; the folder can be removed when nobody writes into it any more.
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        status = await process.wait()
        if "error" in last:
            raise ReportError(str(last["error"]))
        if "written" not in last:
            raise ReportError(f"the process that makes it ended with status {status}")
        return await asyncio.to_thread((Path(folder) / PAGE).read_text, encoding="utf-8")


async def _follow(
    process: asyncio.subprocess.Process, request: Mapping[str, Any], tell: Callable[[ReportState], None]
) -> dict[str, Any]:
    """Give a process its request, and tell of its lines; the last one is returned."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
    last: dict[str, Any] = {}
    async for line in process.stdout:
        last = json.loads(line)
        if "stage" in last:
            tell(ReportState(last["stage"]))
        elif "runs" in last:
            tell(ReportState("Running", last["runs"], last["done"]))
    return last


async def scenarios_of(settings: Iterable[Held]) -> dict[str, Scenario]:
    """The scenarios that settings are made of, by the names of their wishes.

    Raises
    ------
    ScenarioError
        If the file of one cannot be read any more.
    """
    wishes: dict[str, Wish] = {one.wish.scenario: one.wish for one in settings}
    return {name: await asyncio.to_thread(wish.load_base) for name, wish in wishes.items()}
