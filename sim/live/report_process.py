"""Report process: runs settings into a folder, writes the report of them there, and says how it gets on.

Started as ``python -m sim.live.report_process`` in an empty folder with a request as JSON on its standard input; it
writes an object a line to its standard output, the last of which says that the report is written or why it is not.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design

PAGE, RESULTS = Path("report.html"), Path("results")


class LineProgress:
    """Says on the standard output how many runs are done."""

    def __init__(self) -> None:
        self._runs = self._done = 0

    def compiling(self) -> AbstractContextManager[object]:
        """Say that the rules are being compiled."""
        say(stage="Compiling the rules, which takes a minute or two, once")
        return nullcontext()

    def expect(self, runs: int, done: int) -> None:
        """Say how many runs there are."""
        self._runs, self._done = runs, done
        say(runs=runs, done=done)

    def done(self, runs: int) -> None:
        """Say that so many more are done."""
        self._done += runs
        say(runs=self._runs, done=self._done)


def say(**values: Any) -> None:
    """Write a line for the process that asked."""
    assert sys.__stdout__ is not None
    sys.__stdout__.write(json.dumps(values) + "\n")
    sys.__stdout__.flush()


def make(request: Mapping[str, Any]) -> None:
    """Run the settings of a request, and write the report.

    Parameters
    ----------
    request : mapping
        ``files``: names of scenario files with their texts, the base first; ``seed``, ``replications``, ``quarters``;
        ``title`` of the report.
    """
    from sim.experiment.execute.process_environment import stay_light

    stay_light()
    names = list(request["files"])
    for name, text in request["files"].items():
        Path(name).write_text(text, encoding="utf-8")
    # What the report says of its making is what makes the same runs of these files elsewhere.
    sys.argv = command_words(names, request["seed"], request["replications"], request["quarters"])
    _run(names, request)
    from sim.report.report_writing import make_report

    say(stage="Writing the report")
    page = make_report([RESULTS], request["title"], shlex.join(sys.argv))
    PAGE.write_text(page, encoding="utf-8")


def command_words(names: Sequence[str], seed: int, replications: int, quarters: int | None) -> list[str]:
    """The command that does the same runs.

    >>> command_words(["A.yaml", "B.yaml"], 1, 20, None)[:4]
    ['sim', 'compare', 'A.yaml', 'B.yaml']
    """
    several = len(names) > 1
    words = ["sim", "compare" if several else "run", *names, "--replications", str(replications), "--seed", str(seed)]
    words += ["--quarters", str(quarters)] if quarters is not None else []
    return [*words, *(["--populations"] if several else []), "--out", str(RESULTS)]


def _run(names: Sequence[str], request: Mapping[str, Any]) -> None:
    """Do the runs, one after another: the cores are the page's."""
    from sim.experiment.execute import requests
    from sim.experiment.execute.coordinator import Context
    from sim.experiment.execute.executor_protocol import SerialExecutor

    design, progress = _design(names, request), LineProgress()
    if len(names) > 1:
        requests.sweep(design, RESULTS, Context(SerialExecutor(), progress))
    else:
        requests.run(design, RESULTS, 1, progress)


def _design(names: Sequence[str], request: Mapping[str, Any]) -> Design:
    from sim.experiment.design.comparison_design import comparison_design
    from sim.experiment.design.run_design import run_design
    from sim.scenario import load_scenario_file

    asked = {name: request[name] for name in ("seed", "replications", "quarters")}
    if len(names) > 1:
        return comparison_design(names[0], names[1:], populations=True, **asked)
    return run_design(load_scenario_file(names[0]), Path(names[0]).stem, **asked)


def main() -> None:
    """Read the request, do what it asks for, and say how it ended."""
    from sim.experiment.execute.executor_protocol import ExecutorError
    from sim.experiment.store.atomic_files import StoreError
    from sim.scenario import ScenarioError

    sys.stdout = sys.stderr  # what a library prints is not for the one who asked
    try:
        make(json.load(sys.stdin))
    except ScenarioError as error:
        say(error="; ".join(map(str, error.problems)))
    except (ValueError, RuntimeError, ArithmeticError, MemoryError, OSError, StoreError, ExecutorError) as error:
        say(error=str(error) or type(error).__name__)
    else:
        say(written=True)


if __name__ == "__main__":
    main()
