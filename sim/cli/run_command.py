"""The command `sim run`: one scenario, many replications, a folder of tables and curves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.shared_options import FAILED, INTERRUPTED, load, not_an_experiment, report_errors

if TYPE_CHECKING:
    from sim.experiment.execute.run_scenario import Report
    from sim.experiment.store.run_folder import Folder, Results
    from sim.experiment.store.run_manifest import Order


def run(
    scenario: Annotated[str, typer.Argument(help="Scenario file, or the name of a shipped scenario.")],
    replications: Annotated[int, typer.Option(min=1, help="Runs that differ in their random numbers only.")] = 100,
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
    from sim.experiment.execute.process_environment import one_thread_each
    from sim.experiment.execute.worker_pool import usable_cores
    from sim.experiment.store.run_manifest import Order

    one_thread_each()
    with report_errors():
        not_an_experiment(scenario)
        loaded = load(scenario)
        order = Order(loaded, replications, seed, quarters or loaded.scenario.quarters, workers or usable_cores())
        _run(order, _claim(out, Path(scenario).stem))


def _claim(out: Path | None, name: str) -> Folder:
    """Make the results folder; only now is anything written."""
    from datetime import date

    from sim.experiment.store.run_folder import chosen_folder, usual_folder

    return chosen_folder(out) if out is not None else usual_folder(name, date.today())


def _run(order: Order, folder: Folder) -> None:
    """Run, show, draw; then leave with the status that says how it went."""
    from rich.console import Console

    from sim.cli.plot_worker import PlotWorker
    from sim.cli.terminal.progress_display import RichProgress
    from sim.experiment.execute.process_environment import leave_pandas_out
    from sim.experiment.execute.run_scenario import run as run_order

    errors = Console(stderr=True)
    with PlotWorker(folder.path) as plot_worker:
        leave_pandas_out()
        with RichProgress(errors, "replications") as watcher:
            report, results = run_order(order, folder, watcher)
        if report.finished:
            plot_worker.begin()
            _show(results)
            plot_worker.finish()
    _tell_end(order, report, folder)


def _show(results: Results) -> None:
    """Print the table of outcomes."""
    from rich.console import Console

    from sim.cli.terminal.run_summary_table import summary_table

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
