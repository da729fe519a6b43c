"""Shared options of all commands: exit status, how errors are reported, how inputs are loaded."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sim.declarations.input_issues import printable

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario import Loaded, Scenario

FAILED, WRONG_INPUT = 1, 2
WIDE = 100
"""Characters from which the table of a run is wide enough for the band at the start too."""


class Measure(StrEnum):
    """What counts of a trajectory; `sim.experiment.store.run_summary` says what they mean."""

    YEAR = "year"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"


MEASURE_NAMES = "|".join(Measure)


def parse_measure(text: str) -> Measure:
    """Read the name of a measure.

    Raises
    ------
    typer.BadParameter
        If there is none of that name; says what it is called now, where it was renamed.
    """
    from sim.declarations.renamed_names import called_now, renamed

    if text in Measure.__members__.values():
        return Measure(text)
    now = renamed("measure", text)
    changed = f"; {called_now(now)}" if now else ""
    if text[:1].isdigit():
        changed = "; a quarter is given as --at, a window as --from and --to"
    raise typer.BadParameter(f"{text!r} is not one of {', '.join(Measure)}{changed}")


At = Annotated[
    str | None,
    typer.Option(metavar="QUARTER", help="Let this quarter count of a run, such as 2018-Q4.", show_default=False),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="QUARTER", help="First quarter of a window whose mean counts; with --to.", show_default=False
    ),
]
To = Annotated[str | None, typer.Option(metavar="QUARTER", help="Last quarter of the window.", show_default=False)]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="QUARTER",
        help="With --at or --from and --to: subtract the value in this earlier quarter (or window, "
        "2014-Q1..2014-Q4), so that changes are compared.",
        show_default=False,
    ),
]


def asked_measure(
    measure: Measure | None,
    at: str | None = None,
    first: str | None = None,
    last: str | None = None,
    since: str | None = None,
) -> str | None:
    """What counts of a run, as one text; None where nothing was asked.

    Raises
    ------
    typer.Exit
        If options contradict each other, or a quarter is none.
    """
    from sim.declarations.input_issues import IssueError
    from sim.output.outcome_measures import SINCE, TO, measure_text

    if (first is None) != (last is None):
        raise wrong("--from and --to belong together; for one quarter give --at")
    if (measure is not None) + (at is not None) + (first is not None) > 1:
        raise wrong("--measure, --at, and --from with --to say in several ways what counts of a run; give one of them")
    if at is not None and TO in at:
        raise wrong("--at takes one quarter; give a window as --from and --to")
    text = at if first is None else f"{first}{TO}{last}"
    if text is None:
        if since is not None:
            raise wrong("--since needs --at, or --from and --to")
        return None if measure is None else measure.value
    try:
        return measure_text(text if since is None else f"{text}{SINCE}{since}")
    except IssueError as error:
        issue = error.issues[0]
        meant = issue.repair()
        hint = "" if meant is None else f"; did you mean '{meant}'?"
        options = "--at" if first is None else "--from and --to"
        options += "" if since is None else " with --since"
        raise wrong(f"{options}: {issue.what}; {issue.allowed}{hint}") from None


@contextlib.contextmanager
def report_errors() -> Iterator[None]:
    """Report wrong input, and errors of folders and clusters, and set the exit status."""
    from sim.experiment.execute.executor_protocol import ExecutorError
    from sim.experiment.store.atomic_files import StoreError, WrongInputError
    from sim.experiment.store.part_reader import QueryError
    from sim.scenario import ScenarioError

    try:
        yield
    except ScenarioError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(WRONG_INPUT) from None
    except OSError:
        # Errors of files are StoreErrors; what is left is the output, which `main` reports.
        raise
    except (StoreError, ExecutorError, QueryError) as error:
        print("\n".join(map(printable, f"sim: {_words(error)}".split("\n"))), file=sys.stderr)
        wrong = isinstance(error, WrongInputError | ExecutorError | QueryError)
        raise typer.Exit(WRONG_INPUT if wrong else FAILED) from None


def _words(error: Exception) -> str:
    """The message of an error; one of the system in our words."""
    from sim.experiment.store.atomic_files import reason

    if not isinstance(error, OSError):
        return str(error)
    return f"cannot use {error.filename}: {reason(error)}" if error.filename else reason(error)


def console() -> Console:
    """The screen; a pipe or a file has no edge to wrap at."""
    from rich.console import Console

    screen = Console()
    return screen if screen.is_terminal else Console(width=200)


def wrong(message: str) -> typer.Exit:
    """Report what is wrong with an option; raise what this returns."""
    print("\n".join(map(printable, f"sim: {message}".split("\n"))), file=sys.stderr)
    return typer.Exit(WRONG_INPUT)


def names_in(text: str | None) -> list[str]:
    """Names with commas between them.

    >>> names_in("closures, staff"), names_in(None)
    (['closures', 'staff'], [])
    """
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def outcomes_in(text: str | None) -> list[str]:
    """Names of outcomes that were asked for.

    Raises
    ------
    typer.Exit
        If the option is there and names none.
    """
    names = names_in(text)
    if text is not None and not names:
        raise wrong("--outcomes names no outcome; 'sim outcomes' lists all")
    return names


def not_a_scenario(source: str) -> None:
    """Refuse a scenario where an experiment is meant: in one line, not in one for each of its keys."""
    from sim.experiment.design.file_type import detect_file_type

    if detect_file_type(source) == (True, False):
        raise wrong(f"{source} is a scenario; run it with 'sim run', or name it under 'scenarios' in an experiment")


def not_an_experiment(source: str) -> None:
    """Refuse an experiment where a scenario is meant."""
    from sim.experiment.design.file_type import detect_file_type

    if detect_file_type(source) == (False, True):
        raise wrong(f"{source} is an experiment; run it with 'sim sweep'")


def load(source: str) -> Loaded[Scenario]:
    """Load a scenario file, or a shipped scenario by its name; say which policies never hold in some place."""
    from sim.scenario import load_scenario_file
    from sim.scenario.checks.hidden_policies import hidden_policies

    loaded = load_scenario_file(source)
    for issue in hidden_policies(loaded.scenario):
        print(f"note: {loaded.problem(issue)}", file=sys.stderr)
    return loaded
