"""What all commands share: exit status, how errors are told, how inputs are loaded."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario import Loaded, Scenario

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130


@contextlib.contextmanager
def told_errors() -> Iterator[None]:
    """Tell wrong input, and errors of the surroundings (folders, disks, clusters), and set the exit status."""
    from sim.experiment.engines import EngineError
    from sim.experiment.files import StoreError, WrongInputError
    from sim.experiment.parts import AskedError
    from sim.scenario import ScenarioError

    try:
        yield
    except BrokenPipeError:
        raise
    except ScenarioError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(WRONG_INPUT) from None
    except (StoreError, EngineError, AskedError, OSError) as error:
        print(f"sim: {error}", file=sys.stderr)
        wrong = isinstance(error, WrongInputError | EngineError | AskedError)
        raise typer.Exit(WRONG_INPUT if wrong else FAILED) from None


def console() -> Console:
    """The screen; a pipe or a file has no edge to wrap at."""
    from rich.console import Console

    screen = Console()
    return screen if screen.is_terminal else Console(width=200)


def wrong(message: str) -> typer.Exit:
    """Tell what is wrong with an option; raise what this returns."""
    print(f"sim: {message}", file=sys.stderr)
    return typer.Exit(WRONG_INPUT)


def load(source: str) -> Loaded[Scenario]:
    """Load a scenario file, or a shipped scenario by its name."""
    from sim.scenario import load_scenario

    return load_scenario(source)
