"""The command line: one thin command per user task.

Everything heavy is imported inside the command that needs it, so that help and checks come at once.  Exit
status: 0 done; 1 something failed on the way; 2 the input is wrong, and nothing was written; 130 Ctrl-C.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.experiment.manifest import Order
    from sim.experiment.runner import Report
    from sim.experiment.store import Folder, Results
    from sim.scenario import Loaded, Scenario

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="sim",
    help="Simulate a local social work sector: agencies, governments, contracts, staff, communities.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help comes twice as fast.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the entry point of ``sim``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone (`sim scenarios | head`): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"sim {version('social-work-sim')}")
        except PackageNotFoundError:
            print("sim (a checkout that is not installed)")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Scenario file, or the name of a shipped scenario.")],
    replications: Annotated[int, typer.Option(min=1, help="Runs that differ in their luck only.")] = 100,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Same seed, same results.")] = 1,
    quarters: Annotated[
        int | None, typer.Option(min=1, max=400, help="Length of a run.  [default: the scenario's]")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results.  [default: results/SCENARIO-DATE-N]")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; changes no result.  [default: every core]")
    ] = None,
) -> None:
    """Run a scenario: a table of outcomes, and a folder of tables and curves."""
    from sim.experiment.light import one_thread_each
    from sim.experiment.manifest import Order
    from sim.experiment.pool import usable_cores

    one_thread_each()
    loaded = _load(scenario)
    order = Order(loaded, replications, seed, quarters or loaded.scenario.quarters, workers or usable_cores())
    with _told_errors():
        _run(order, _claim(out, Path(scenario).stem))


@app.command()
def check(files: Annotated[list[str], typer.Argument(help="Scenario files, or names of shipped scenarios.")]) -> None:
    """Check scenario files and print every problem with its place."""
    from sim.scenario import ScenarioError, load_scenario

    wrong = False
    for file in files:
        try:
            print(f"ok: {load_scenario(file).scenario.title}")
        except ScenarioError as error:
            wrong = True
            print(error, file=sys.stderr)
    if wrong:
        raise typer.Exit(WRONG_INPUT)


@app.command()
def scenarios() -> None:
    """List the scenarios that ship with the package."""
    from sim.scenario.catalogue import shipped

    found = shipped()
    width = max((len(each.name) for each in found), default=0)
    for each in found:
        print(f"{each.name:{width}}  {each.title}")


@app.command()
def schema(out: Annotated[Path | None, typer.Option(help="File to write instead of the screen.")] = None) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from sim.scenario.schema import schema_text

    text = schema_text()
    if out is None:
        print(text, end="")
        return
    from sim.experiment.files import write_file

    with _told_errors():
        write_file(out, text.encode())


def _load(source: str) -> Loaded[Scenario]:
    from sim.scenario import ScenarioError, load_scenario

    try:
        return load_scenario(source)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(WRONG_INPUT) from None


def _claim(out: Path | None, name: str) -> Folder:
    """Make the results folder; only now is anything written."""
    from datetime import date

    from sim.experiment.store import chosen_folder, usual_folder

    return chosen_folder(out) if out is not None else usual_folder(name, date.today())


@contextlib.contextmanager
def _told_errors() -> Iterator[None]:
    """Tell errors of the surroundings (folders, disks) in one line."""
    from sim.experiment.files import StoreError
    from sim.experiment.store import FolderTakenError

    try:
        yield
    except BrokenPipeError:
        raise
    except (StoreError, OSError) as error:
        print(f"sim: {error}", file=sys.stderr)
        raise typer.Exit(WRONG_INPUT if isinstance(error, FolderTakenError) else FAILED) from None


def _run(order: Order, folder: Folder) -> None:
    """Run, show, draw; then leave with the status that says how it went."""
    from rich.console import Console

    from sim.experiment.light import leave_pandas_out
    from sim.experiment.runner import run as run_order
    from sim.view.artist import Artist
    from sim.view.progress import ScreenWatcher

    errors = Console(stderr=True)
    with Artist(folder.path) as artist:
        leave_pandas_out()
        with ScreenWatcher(order.replications, errors) as watcher:
            report, results = run_order(order, folder, watcher)
        if report.finished:
            artist.begin()
            _show(results)
            artist.finish()
    _tell_end(order, report, folder)


def _show(results: Results) -> None:
    """Print the table of outcomes."""
    from rich.console import Console

    from sim.view.summary import summary_table

    console = Console()
    if not console.is_terminal:
        # A pipe or a file has no edge to wrap at.
        console = Console(width=200)
    console.print(summary_table(results, wide=console.width >= 100))


def _tell_end(order: Order, report: Report, folder: Folder) -> None:
    """Say where the results are and what is missing from them, and set the exit status."""
    kept = f"{len(report.finished):,} of {order.replications:,} replications are kept in {folder.path}"
    if report.status == "complete":
        print(f"Results: {folder.path} (manifest, tables, and curves such as curves/overview.png)")
        return
    if report.status == "interrupted":
        print(f"Interrupted; {kept}.", file=sys.stderr)
        raise typer.Exit(INTERRUPTED)
    first = report.failures[0]
    print(
        f"sim: {len(report.failures):,} replications failed, the first (number {first.replication}, seed {first.seed}) "
        f"with {first.error}; {kept}, and manifest.json has every error.",
        file=sys.stderr,
    )
    raise typer.Exit(FAILED)
