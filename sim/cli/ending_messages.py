"""Ending messages of a command: how runs ended, what is missing, how to go on, and the exit status."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sim.cli.interrupts import INTERRUPTED, last_words, say_interrupted
from sim.cli.quiet_option import all_is_well, note
from sim.cli.shared_options import FAILED

if TYPE_CHECKING:
    from sim.experiment.execute.coordinator import Report


_MANIFEST = "manifest.json"


def interruptible(path: Path) -> contextlib.AbstractContextManager[None]:
    """Say how to go on when a command is interrupted in here and the coordinator does not say it."""
    return last_words(lambda: _words(path))


def _words(path: Path) -> str:
    """How far a command came, from no more than the names in its folder."""
    kept = f"; what is finished is kept in {path}" if (path / _MANIFEST).exists() else " before the first run"
    return f"Interrupted{kept}. To go on: {command(path)}"


@contextlib.contextmanager
def executor_may_be_lost(path: Path) -> Iterator[None]:
    """Say how to go on when what computes is gone."""
    from sim.experiment.execute.executor_protocol import ExecutorLostError
    from sim.experiment.store.atomic_files import StoreError
    from sim.experiment.store.results_folder import ResultsFolder

    try:
        yield
    except ExecutorLostError as error:
        kept = ""
        with contextlib.suppress(StoreError, KeyError):
            found = ResultsFolder(path).read_manifest()
            kept = f"; {found['done']:,} of {found['runs']:,} runs are kept in {path}"
        print(f"sim: {error}{kept}. To go on: {command(path)}", file=sys.stderr)
        raise typer.Exit(FAILED) from None


def finishing(report: Report, path: Path) -> contextlib.AbstractContextManager[None]:
    """Say what is kept when a command is interrupted behind the last run, while it shows and draws."""
    return last_words(lambda: _interrupted(report, path))


def end_if_interrupted(report: Report, path: Path) -> None:
    """End at once where the runs were interrupted: a table or curves of what is kept would take too long.

    Raises
    ------
    typer.Exit
        If they were.
    """
    if report.status == "interrupted":
        say_interrupted(_interrupted(report, path))
        raise typer.Exit(INTERRUPTED)


def _interrupted(report: Report, path: Path) -> str:
    """What is kept, and the command to go on; of `sim run`, which draws, also what that does."""
    words = f"Interrupted; {_kept(report, path)}. To go on: {command(path)}"
    if not report.done or sys.argv[1:2] != ["run"]:
        return words
    return f"{words}\nIt also draws the curves. A table of what is kept: sim results {shlex.quote(str(path))}"


def _kept(report: Report, path: Path) -> str:
    return f"{report.done:,} of {report.runs:,} runs are kept in {path}"


def report_end(report: Report, path: Path, what: str) -> None:
    """Say where results are, what is missing and how to go on, and set the exit status.

    Parameters
    ----------
    report : Report
        How it ended.
    path : Path
        The folder.
    what : str
        What is in it, in words, where all is well.
    """
    for line in report.repaired:
        note(f"Done again: {line.partition(';')[0]}")
    if report.read_only:
        note(f"{path} cannot be written; all that is asked for is in it, so it was only read")
    where = _kept(report, path)
    if report.failed:
        runs = "run" if report.failed == 1 else "runs"
        stopped = report.status == "stopped"
        how = f"stopped after {report.failed:,} failures" if stopped else f"{report.failed:,} {runs} failed"
        print(f"sim: {how}; {where}. See why: sim results {shlex.quote(str(path))} --failures", file=sys.stderr)
        raise typer.Exit(FAILED)
    if report.wide:
        points = "point has" if report.wide == 1 else "points have"
        few = ", or too few values" if report.defined else ""
        print(f"Not exact enough: {report.wide:,} {points} an interval that is wider than asked{few}.", file=sys.stderr)
    if report.defined:
        print(f"Precision: {report.defined}.", file=sys.stderr)
    words = f"{report.done:,} runs, {report.computed:,} of them computed now"
    if report.status == "unfinished":
        words += f"; {report.runs - report.done:,} are still to be done, by 'sim sweep'"
    all_is_well(f"Results: {path} ({words}{f'; {what}' if what else ''})")


def command(path: Path) -> str:
    """The command that was given, to be given again for the same folder."""
    given = sys.argv[1:]
    named = any(each == "--out" or each.startswith("--out=") for each in given) or str(path) in given
    return shlex.join(["sim", *given, *(() if named else ("--out", str(path)))])
