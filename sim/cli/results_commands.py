"""Commands about results that are there: show them, ask them, join them, run one of their runs again."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.shared_options import Measure, console, names_in, report_errors, wrong

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiment.results.sweep_data import SweepData


def results(
    folder: Annotated[Path, typer.Argument(help="Folder of a run or a sweep.")],
    sql: Annotated[
        str | None, typer.Option(help="A question in SQL, answered by DuckDB; tables are named as folders.")
    ] = None,
    failures: Annotated[bool, typer.Option("--failures", help="Tell which runs failed, and how to see why.")] = False,
    outcomes: Annotated[
        str | None,
        typer.Option(help="Outcomes of a sweep to tell, with commas.  [default: the experiment's]", show_default=False),
    ] = None,
    measure: Annotated[
        Measure | None,
        typer.Option(help="What counts of a sweep's run: the mean of its last year, ...  [default: year]"),
    ] = None,
) -> None:
    """Show what a folder of results holds: a table of outcomes, or the answer to a question."""
    from sim.experiment.execute.process_environment import leave_pandas_out

    if (sql is not None) + failures + (outcomes is not None or measure is not None) > 1:
        raise wrong("--sql, --failures, and --outcomes with --measure ask different things; give one of them")
    leave_pandas_out()
    with report_errors():
        if sql is not None:
            _ask(folder, sql)
        elif failures:
            _tell_failures(folder)
        else:
            show(folder, names_in(outcomes), measure)


def show(folder: Path, outcomes: Sequence[str] = (), measure: Measure | None = None) -> None:
    """Print the table of a run or a sweep."""
    from sim.cli.terminal.run_summary_table import summary_table
    from sim.cli.terminal.sweep_table import sweep_table
    from sim.experiment.results.sweep_data import SweepData
    from sim.experiment.store.run_folder import Results

    screen = console()
    opened = Results.open(folder)
    if opened.manifest.get("kind") == "sweep":
        kept = SweepData.open(folder)
        screen.print(sweep_table(kept, screen.width, outcomes or None, measure or Measure.YEAR))
        tell_mixture(screen, kept)
    elif outcomes or measure:
        raise wrong(f"{folder} holds a run, whose table is always the same; ask its Parquet tables")
    else:
        screen.print(summary_table(opened, wide=screen.width >= 100))


def tell_mixture(screen: Console, kept: SweepData) -> None:
    """Say under a table that not all of its runs were made with the same."""
    for line in kept.mixture():
        screen.print(line, style="bold", highlight=False, markup=False)


def _ask(folder: Path, sql: str) -> None:
    """Print the answer to a question: a table on a terminal, CSV into a pipe or a file."""
    from sim.cli.terminal.sql_answers import answer_csv, answer_table
    from sim.experiment.results.sql_queries import ask
    from sim.experiment.results.sweep_data import SweepData

    answer = ask(SweepData.open(folder), sql)
    if sys.stdout.isatty():
        screen = console()
        screen.print(answer_table(answer, screen.width))
    else:
        sys.stdout.write(answer_csv(answer))


def _tell_failures(folder: Path) -> None:
    """Print the failure book, each run with the command that runs it again."""
    from sim.experiment.store.sweep_folder import Archive
    from sim.experiment.store.sweep_manifest import SweepManifest

    failures = SweepManifest.read(Archive(folder)).open_failures()
    for failure in failures:
        print(failure.words())
        print(f"    sim replay {folder} --point {failure.point} --replication {failure.replication}")
    if not failures:
        print("No run failed.")


def merge(
    shards: Annotated[list[Path], typer.Argument(help="Folders of the shards of one sweep.")],
    out: Annotated[Path, typer.Option(help="Folder for the whole; empty or new.")],
) -> None:
    """Join the folders of shards into one sweep; what no shard has done can be done there by 'sim sweep'."""
    from sim.experiment.execute.merging import merge as join

    with report_errors():
        standing = join(shards, out)
        show(out)
        print(f"Results: {out} ({standing.done:,} of {standing.runs:,} runs, {standing.failed:,} failed)")


def replay(
    folder: Annotated[Path, typer.Argument(help="Folder of a sweep.")],
    point: Annotated[int, typer.Option(min=0, help="Point of the design.")],
    replication: Annotated[int, typer.Option(min=0, help="Number of the replication.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for all tables of the run.  [default: none]", show_default=False)
    ] = None,
    interpreted: Annotated[
        bool, typer.Option("--interpreted", help="Run the rules as plain Python, for a debugger; slow.")
    ] = False,
) -> None:
    """Run one run of a sweep once more, here, with everything that it did; an error shows its traceback."""
    if interpreted:
        os.environ["NUMBA_DISABLE_JIT"] = "1"
    from sim.cli.terminal.run_summary_table import run_table
    from sim.experiment.design import restored
    from sim.experiment.execute.process_environment import leave_pandas_out
    from sim.experiment.execute.replay import ask_for
    from sim.experiment.execute.replay import replay as again
    from sim.experiment.store.run_folder import chosen_folder
    from sim.experiment.store.sweep_folder import Archive

    leave_pandas_out()
    with report_errors():
        archive = Archive(folder)
        past = ask_for(archive, point, replication)
        if past.since:
            what = "its experiment and scenarios are taken as they were, code and packages as they are here"
            print(f"This run was made before a change ({'; '.join(past.since)}); {what}.", file=sys.stderr)
        design = restored(past.design)
        kept = chosen_folder(out) if out is not None else None
        record = again(archive, design, point, replication)
        if kept is not None:
            kept.write_part(0, [record.pieces(replication)])
            print(f"Tables: {kept.path}", file=sys.stderr)
    console().print(run_table(record))
