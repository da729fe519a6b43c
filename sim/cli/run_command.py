"""The command `sim run`: one scenario, many replications, a folder of tables and curves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completions import scenario_names
from sim.cli.ending_messages import command, end_if_interrupted, finishing, interruptible, report_end
from sim.cli.quiet_option import note, progress_console
from sim.cli.shared_options import WIDE, load, not_an_experiment, report_errors
from sim.cli.table_keeping import print_and_keep
from sim.cli.temporary_folder import use_temporary_folder

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.scenario import Loaded, Scenario


def run(
    scenario: Annotated[
        str, typer.Argument(help="Scenario file, or the name of a shipped scenario.", autocompletion=scenario_names)
    ],
    replications: Annotated[int, typer.Option(min=1, help="Runs that differ in their random numbers only.")] = 100,
    seed: Annotated[int, typer.Option(min=0, max=2**53 - 1, help="Same seed, same results.")] = 1,
    quarters: Annotated[
        int | None, typer.Option(min=1, max=400, help="Length of a run.  [default: the scenario's]")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder; a run that is in it is continued.  [default: results/SCENARIO-DATE-N]")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; changes no result.  [default: every core]")
    ] = None,
    uncertainty: Annotated[
        bool,
        typer.Option(
            "--uncertainty", help="Draw beside the band of chance how far outcomes reach under other parameter sets."
        ),
    ] = False,
) -> None:
    """Run a scenario: a table of outcomes, and a folder of tables and curves."""
    from datetime import date

    from sim.experiment.execute.executor_protocol import usable_cores
    from sim.experiment.execute.process_environment import one_thread_each
    from sim.experiment.store.folder_claim import usual_folder
    from sim.scenario import ScenarioError
    from sim.scenario.reading.file_search import name_of

    one_thread_each()
    use_temporary_folder()
    with report_errors():
        not_an_experiment(scenario)
        loaded = load(scenario)
        name = name_of(Path(scenario))
        if not isinstance(name, str):
            raise ScenarioError([name])
        folder = out or usual_folder(name, date.today())
        sets = _sets(loaded, quarters, seed) if uncertainty else None
        with interruptible(folder):
            _run(loaded, name, (replications, seed, quarters), folder, workers or usable_cores(), sets)


def _sets(loaded: Loaded[Scenario], quarters: int | None, seed: int) -> Design | None:
    """The sweep over parameter sets that belong to the scenario; says why there is none."""
    from sim.plots.panel_declarations import OUTCOMES
    from sim.validation.uncertainty_runs import ensemble_of, uncertainty_design

    found = ensemble_of(loaded)
    if isinstance(found, str):
        note(f"note: {found}; the band of chance alone is drawn")
        return None
    return uncertainty_design(found, quarters or loaded.scenario.quarters, seed, OUTCOMES)


def _run_sets(sets: Design, folder: Path, workers: int) -> None:
    """Run the parameter sets into a folder of the run."""
    from sim.cli.terminal.progress_display import RichProgress
    from sim.experiment.execute.executor_choice import opened_executor
    from sim.validation.uncertainty_runs import run_uncertainty

    with RichProgress(progress_console(), "parameter sets") as reporter, opened_executor(workers) as executor:
        run_uncertainty(sets, folder, executor, reporter)


def _run(
    loaded: Loaded[Scenario],
    name: str,
    asked: tuple[int, int, int | None],
    folder: Path,
    workers: int,
    sets: Design | None,
) -> None:
    """Run, show, draw; then leave with the status that says how it went."""
    from rich.console import Group

    from sim.cli.plot_worker import PlotWorker, draw_run
    from sim.cli.terminal.entry_exit_table import tables_of_run
    from sim.cli.terminal.progress_display import RichProgress
    from sim.cli.terminal.run_summary_table import summary_table
    from sim.experiment.design.run_design import run_design
    from sim.experiment.execute.process_environment import leave_pandas_out
    from sim.experiment.execute.requests import run as run_replications
    from sim.experiment.results.result_arrays import ResultArrays

    replications, seed, quarters = asked
    with PlotWorker(folder, draw_run) as plotter:
        leave_pandas_out()
        design = run_design(loaded, name, replications=replications, seed=seed, quarters=quarters)
        with RichProgress(progress_console(), "replications") as reporter:
            report = run_replications(design, folder, workers, reporter)
        end_if_interrupted(report, folder)
        with finishing(report, folder):
            if report.done:
                if sets is not None and not report.read_only:
                    _run_sets(sets, folder, workers)
                if not report.read_only:
                    plotter.begin()
                opened = ResultArrays.open(folder)
                below = tables_of_run(opened)
                try:
                    print_and_keep(folder, lambda width: Group(summary_table(opened, wide=width >= WIDE), *below))
                except OSError:
                    # Nobody takes the table, but the curves go into the folder.
                    if not report.read_only:
                        plotter.finish()
                    raise
                if not report.read_only and (advice := plotter.finish()):
                    text = f"not all words in the curves can be read. {advice}. To draw again: {command(folder)}"
                    print(f"sim: {text}", file=sys.stderr)
    report_end(report, folder, "manifest, tables, summary.csv, and curves such as curves/overview.png")
