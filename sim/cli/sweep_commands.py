"""Sweep commands, which run many points: sweep, extend, retry."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completions import experiment_names
from sim.cli.ending_messages import end_if_interrupted, executor_may_be_lost, finishing, interruptible, report_end
from sim.cli.figure_keeping import KeptFigures, keep_figures, show_and_draw
from sim.cli.plot_worker import PlotWorker
from sim.cli.quiet_option import note, progress_console
from sim.cli.shared_options import not_a_scenario, report_errors, wrong
from sim.cli.temporary_folder import use_temporary_folder

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.coordinator import Context, Report

Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes; changes no result.  [default: every core]", show_default=False)
]
Dask = Annotated[
    str | None, typer.Option(help="Address of a Dask scheduler (tcp://host:8786), or 'local'.", show_default=False)
]


def sweep(
    experiment: Annotated[
        str,
        typer.Argument(help="Experiment file, or the name of a shipped experiment.", autocompletion=experiment_names),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder; one with this sweep in it is gone on with.  [default: results/NAME]")
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
    shard: Annotated[
        str | None, typer.Option(help="Do part i of n of the work: i/n; all parts may write into one folder at once.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Report what it would take, and run nothing more.")] = False,
) -> None:
    """Run an experiment: every point of its design, so often; the same command goes on after an interruption."""
    from sim.experiment.design.experiment_loading import load_experiment
    from sim.experiment.execute import requests
    from sim.experiment.execute.process_environment import stay_light

    stay_light()
    part = _shard(shard)
    with report_errors():
        not_a_scenario(experiment)
        design = load_experiment(experiment)
        if part is not None and design.file.precision is not None:
            raise wrong("a precision cannot be reached shard by shard; give 'replications' in the experiment file")
        if plan:
            _show_plan(design, workers)
            return
        path = out or Path("results") / Path(experiment).stem
        with drawing(path) as plotter:
            with context(path, workers, dask) as where:
                report = requests.sweep(design, path, where, part)
            show_and_report(report, path, plotter)


def extend(
    folder: Annotated[Path, typer.Argument(help="Folder of a sweep.")],
    replications: Annotated[
        int | None, typer.Option(min=1, help="Replications that every point shall have.", show_default=False)
    ] = None,
    points: Annotated[
        int | None, typer.Option(min=1, help="Points that a sampled design shall have.", show_default=False)
    ] = None,
    experiment: Annotated[
        str | None, typer.Option(help="The experiment with further values or points; nothing else in it may differ.")
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Add replications or points to a sweep; what is there stays as it is."""
    from sim.experiment.design.experiment_loading import load_experiment, restored
    from sim.experiment.execute import requests
    from sim.experiment.execute.process_environment import stay_light
    from sim.experiment.store.results_folder import ResultsFolder

    if replications is None and points is None and experiment is None:
        raise wrong("nothing to add; give --replications, --points or --experiment")
    if points is not None and experiment is not None:
        raise wrong("--points and --experiment cannot stand together; write the points into the experiment file")
    stay_light()
    with report_errors():
        now = restored(ResultsFolder(folder).read_manifest(complete=True)["design"])
        wanted = (
            load_experiment(experiment)
            if experiment is not None
            else now
            if points is None
            else now.with_points(points)
        )
        with drawing(folder) as plotter:
            with context(folder, workers, dask) as where:
                report = requests.extend(folder, wanted, where, replications)
            show_and_report(report, folder, plotter)


def retry(
    folder: Annotated[Path, typer.Argument(help="Folder of results.")],
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Run again what failed in a run or a sweep, and nothing else."""
    from sim.experiment.design.experiment_loading import restored
    from sim.experiment.execute import requests
    from sim.experiment.execute.process_environment import stay_light
    from sim.experiment.store.results_folder import ResultsFolder

    stay_light()
    with report_errors():
        design = restored(ResultsFolder(folder).read_manifest(complete=True)["design"])
        with drawing(folder) as plotter:
            with context(folder, workers, dask) as where:
                report = requests.retry(folder, design, where)
            if not report.computed and not report.failed:
                note("No run has failed, so none was tried again.")
            show_and_report(report, folder, plotter)


def _shard(text: str | None) -> tuple[int, int] | None:
    """Read i/n."""
    if text is None:
        return None
    first, _, second = text.partition("/")
    if not (first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second)):
        raise wrong(f"--shard {text!r} is no part; expected i/n with i from 1 to n, such as 3/10")
    return int(first), int(second)


def _show_plan(design: Design, workers: int | None) -> None:
    """Print what the sweep would take; one run is made to know."""
    from rich.console import Console

    from sim.cli.terminal.plan_table import plan_text
    from sim.cli.terminal.progress_display import RichProgress
    from sim.experiment.execute.pilot_estimate import measured_plan

    use_temporary_folder()
    with RichProgress(progress_console()) as reporter:
        plan = measured_plan(design, workers, reporter)
    console = Console() if sys.stdout.isatty() else Console(width=120)
    console.print(plan_text(plan))


@contextlib.contextmanager
def context(path: Path, workers: int | None, dask: str | None) -> Iterator[Context]:
    """The executor that was asked for, and a bar on the screen; both end with the work."""
    from sim.cli.terminal.progress_display import RichProgress
    from sim.experiment.execute.coordinator import Context
    from sim.experiment.execute.executor_choice import opened_executor

    use_temporary_folder()
    with (
        interruptible(path),
        executor_may_be_lost(path),
        opened_executor(workers, dask) as executor,
        RichProgress(progress_console()) as reporter,
    ):
        yield Context(executor, reporter)


def drawing(path: Path) -> PlotWorker[KeptFigures]:
    """A process that draws the figures of a folder; a context manager around the runs."""
    return PlotWorker(path, keep_figures)


def show_and_report(report: Report, path: Path, plotter: PlotWorker[KeptFigures]) -> None:
    """Print the table of results, draw the figures, and say how the sweep ended."""
    from sim.cli.results_commands import show

    end_if_interrupted(report, path)
    what = ""
    with finishing(report, path):
        if report.done:
            what = show_and_draw(plotter, report, lambda: show(path, keep=True))
    report_end(report, path, what)
