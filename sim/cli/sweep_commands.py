"""Commands that run many points: sweep, extend, retry."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.shared_options import FAILED, INTERRUPTED, not_a_scenario, report_errors, wrong

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.execute.sweep_coordinator import Report
    from sim.experiment.execute.sweep_requests import Crew

Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes; changes no result.  [default: every core]", show_default=False)
]
Dask = Annotated[
    str | None, typer.Option(help="Address of a Dask scheduler (tcp://host:8786), or 'local'.", show_default=False)
]
AllowChanged = Annotated[
    bool, typer.Option("--allow-changed", help="Go on although code, packages or scenarios have changed.")
]


def sweep(
    experiment: Annotated[str, typer.Argument(help="Experiment file, or the name of a shipped experiment.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder; one with this sweep in it is gone on with.  [default: results/NAME]")
    ] = None,
    workers: Workers = None,
    dask: Dask = None,
    shard: Annotated[
        str | None, typer.Option(help="Do part i of n of the work: i/n; join the folders with 'sim merge'.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Report what it would take, and run nothing more.")] = False,
    allow_changed: AllowChanged = False,
) -> None:
    """Run an experiment: every point of its design, so often; the same command goes on after an interruption."""
    from sim.experiment.design import load_experiment
    from sim.experiment.execute import sweep_requests as orders
    from sim.experiment.execute.process_environment import stay_light

    stay_light()
    part = _shard(shard)
    with report_errors():
        not_a_scenario(experiment)
        design = load_experiment(experiment)
        if part is not None and design.file.precision is not None:
            raise wrong("a precision cannot be reached shard by shard; give 'replications' in the experiment file")
        if plan:
            _tell_plan(design, workers)
            return
        path = out or Path("results") / (Path(experiment).stem + (f"-{part[0]}-of-{part[1]}" if part else ""))
        with crew(workers, dask, allow_changed) as hands:
            report = orders.sweep(design, path, hands, part)
        tell_end(report, path)


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
    allow_changed: AllowChanged = False,
) -> None:
    """Add replications or points to a sweep; what is there stays as it is."""
    from sim.experiment.design import load_experiment, restored
    from sim.experiment.execute import sweep_requests as orders
    from sim.experiment.execute.process_environment import stay_light
    from sim.experiment.store.sweep_folder import Archive

    if replications is None and points is None and experiment is None:
        raise wrong("nothing to add; give --replications, --points or --experiment")
    if points is not None and experiment is not None:
        raise wrong("--points and --experiment cannot stand together; write the points into the experiment file")
    stay_light()
    with report_errors():
        now = restored(Archive(folder).manifest()["design"])
        wanted = (
            load_experiment(experiment)
            if experiment is not None
            else now
            if points is None
            else now.grow_arrays(points)
        )
        with crew(workers, dask, allow_changed) as hands:
            report = orders.extend(folder, wanted, hands, replications)
        tell_end(report, folder)


def retry(
    folder: Annotated[Path, typer.Argument(help="Folder of a sweep.")],
    workers: Workers = None,
    dask: Dask = None,
    allow_changed: AllowChanged = False,
) -> None:
    """Run again what failed in a sweep, and nothing else."""
    from sim.experiment.design import restored
    from sim.experiment.execute import sweep_requests as orders
    from sim.experiment.execute.process_environment import stay_light
    from sim.experiment.store.sweep_folder import Archive

    stay_light()
    with report_errors():
        design = restored(Archive(folder).manifest()["design"])
        with crew(workers, dask, allow_changed) as hands:
            report = orders.retry(folder, design, hands)
        if not report.computed and not report.failed:
            print("No run has failed, so none was tried again.", file=sys.stderr)
        tell_end(report, folder)


def _shard(text: str | None) -> tuple[int, int] | None:
    """Read i/n."""
    if text is None:
        return None
    first, _, second = text.partition("/")
    if not (first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second)):
        raise wrong(f"--shard {text!r} is no part; expected i/n with i from 1 to n, such as 3/10")
    return int(first), int(second)


def _tell_plan(design: Design, workers: int | None) -> None:
    """Print what the sweep would take; one run is made to know."""
    from rich.console import Console

    from sim.cli.terminal.plan_table import plan_text
    from sim.cli.terminal.progress_display import RichProgress
    from sim.experiment.execute.measured_plan import planned

    with RichProgress(Console(stderr=True)) as watcher:
        plan = planned(design, workers, watcher)
    console = Console() if sys.stdout.isatty() else Console(width=120)
    console.print(plan_text(plan))


@contextlib.contextmanager
def crew(workers: int | None, dask: str | None, allow_changed: bool) -> Iterator[Crew]:
    """The engine that was asked for, and a bar on the screen; both end with the work."""
    from rich.console import Console

    from sim.cli.terminal.progress_display import RichProgress
    from sim.experiment.execute.executor_choice import engine
    from sim.experiment.execute.sweep_requests import Crew

    try:
        with contextlib.closing(engine(workers, dask)) as hands, RichProgress(Console(stderr=True)) as watcher:
            yield Crew(hands, watcher, allow_changed)
    except KeyboardInterrupt:
        # Once runs are under way the conductor sees to it.
        print(f"Interrupted before the first run. To go on: {shlex.join(['sim', *sys.argv[1:]])}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None


def tell_end(report: Report, path: Path) -> None:
    """Print the table of results, and how the sweep ended."""
    from sim.cli.results_commands import show

    if report.done:
        show(path)
    report_stop(report, path)


def report_stop(report: Report, path: Path) -> None:
    """Say where results are, what is missing and how to go on, and set the exit status."""
    where = f"{report.done:,} of {report.runs:,} runs are kept in {path}"
    if report.status == "interrupted":
        print(f"Interrupted; {where}. To go on: {_command(path)}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED)
    if report.failed:
        runs = "run" if report.failed == 1 else "runs"
        what = (
            f"stopped after {report.failed:,} failures"
            if report.status == "stopped"
            else f"{report.failed:,} {runs} failed"
        )
        print(f"sim: {what}; {where}. See why: sim results {shlex.quote(str(path))} --failures", file=sys.stderr)
        raise typer.Exit(FAILED)
    if report.wide:
        points = "point has" if report.wide == 1 else "points have"
        print(f"Not exact enough: {report.wide:,} {points} an interval that is wider than asked.", file=sys.stderr)
    text = f"{report.done:,} runs, {report.computed:,} of them computed now"
    if report.status == "unfinished":
        text += f"; {report.runs - report.done:,} are still to be done, by 'sim sweep'"
    print(f"Results: {path} ({text})")


def _command(path: Path) -> str:
    """The command that was given, to be given again for the same folder."""
    given = sys.argv[1:]
    named = any(each == "--out" or each.startswith("--out=") for each in given) or str(path) in given
    return shlex.join(["sim", *given, *(() if named else ("--out", str(path)))])
