"""Results commands: show, query, verify and join results folders, run one of their runs again."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.compared_folders import note_other_rules
from sim.cli.completions import outcome_names
from sim.cli.quiet_option import all_is_well, note
from sim.cli.shared_options import (
    FAILED,
    MEASURE_NAMES,
    WIDE,
    At,
    From,
    Measure,
    Since,
    To,
    asked_measure,
    console,
    outcomes_in,
    parse_measure,
    report_errors,
    wrong,
)
from sim.cli.table_keeping import print_and_keep
from sim.declarations.input_issues import printable

if TYPE_CHECKING:
    from rich.console import RenderableType


Sql = Annotated[str | None, typer.Option(help="A question in SQL, answered by DuckDB; tables are named as folders.")]
Failures = Annotated[bool, typer.Option("--failures", help="List runs that failed, and how to see why.")]
Outcomes = Annotated[
    str | None,
    typer.Option(
        help="Outcomes to show, with commas.  [default: the experiment's]",
        show_default=False,
        autocompletion=outcome_names,
    ),
]
Counted = Annotated[
    Measure | None,
    typer.Option(
        parser=parse_measure,
        metavar=MEASURE_NAMES,
        help="What counts of a run: the mean of its last year, ...  [default: the experiment's, or year]",
    ),
]
Effect = Annotated[
    str | None,
    typer.Option(
        metavar="FACTOR", help="Show what 'scenario', 'variant' or an axis does, run by run.", show_default=False
    ),
]
Across = Annotated[
    str | None,
    typer.Option(
        metavar="FACTOR",
        help="With --effect: by how much more at each level of another factor; differences of differences.",
        show_default=False,
    ),
]


def results(
    folder: Annotated[Path, typer.Argument(help="Folder of a run, a comparison or a sweep.")],
    sql: Sql = None,
    failures: Failures = False,
    outcomes: Outcomes = None,
    measure: Counted = None,
    at: At = None,
    first: From = None,
    to: To = None,
    since: Since = None,
    effect: Effect = None,
    across: Across = None,
) -> None:
    """Show what a folder of results holds: a table of outcomes, or the answer to a question."""
    from sim.experiment.execute.process_environment import leave_pandas_out

    counted = asked_measure(measure, at, first, to, since)
    if across is not None and effect is None:
        raise wrong("--across needs --effect FACTOR")
    if (sql is not None) + failures + (outcomes is not None or counted is not None or effect is not None) > 1:
        raise wrong("--sql, --failures, and --outcomes with --measure ask different things; give one of them")
    leave_pandas_out()
    with report_errors():
        if sql is not None:
            _ask(folder, sql)
        elif failures:
            _list_failures(folder)
        elif effect is not None:
            _show_effect(folder, effect, across, outcomes_in(outcomes), counted)
        else:
            show(folder, outcomes_in(outcomes), counted)
        note_other_rules(folder)


def show(folder: Path, outcomes: Sequence[str] = (), measure: str | None = None, keep: bool = False) -> None:
    """Print the table of a run or a sweep, and keep it in the folder."""
    from rich.console import Group

    from sim.cli.terminal.entry_exit_table import tables_of_run
    from sim.cli.terminal.run_summary_table import summary_table
    from sim.experiment.printed.sweep_table import sweep_table
    from sim.experiment.results.result_arrays import ResultArrays

    opened = ResultArrays.open(folder)
    plain = opened.kind == "run" and opened.done and not (outcomes or measure)
    below = tables_of_run(opened) if plain else []

    def layout(width: int) -> RenderableType:
        if plain:
            return Group(summary_table(opened, wide=width >= WIDE), *below)
        return sweep_table(opened, width, outcomes or None, measure or opened.measure)

    if keep and opened.done:
        print_and_keep(folder, layout)
    else:
        screen = console()
        screen.print(layout(screen.width))


def _show_effect(folder: Path, factor: str, across: str | None, outcomes: Sequence[str], measure: str | None) -> None:
    """Print what a factor does."""
    from sim.cli.terminal.effect_table import effect_table
    from sim.experiment.results.result_arrays import ResultArrays

    screen = console()
    screen.print(effect_table(ResultArrays.open(folder), screen.width, factor, outcomes or None, across, measure))


def _ask(folder: Path, sql: str) -> None:
    """Print the answer to a question: a table on a terminal, CSV into a pipe or a file."""
    from sim.cli.terminal.sql_answers import answer_csv, answer_table
    from sim.experiment.results.result_arrays import ResultArrays
    from sim.experiment.results.sql_queries import ask

    answer = ask(ResultArrays.open(folder), sql)
    if sys.stdout.isatty():
        screen = console()
        screen.print(answer_table(answer, screen.width))
    else:
        sys.stdout.write(answer_csv(answer))


def _list_failures(folder: Path) -> None:
    """Print the runs that failed, each with the command that runs it again."""
    from sim.experiment.results.result_arrays import ResultArrays

    failures = ResultArrays.open(folder).open_failures()
    for failure in failures:
        print(printable(failure.words()))
        print(f"    sim replay {folder} --point {failure.point} --replication {failure.replication}")
    if not failures:
        print("No run failed.")


def verify(folder: Annotated[Path, typer.Argument(help="Folder of a run, a comparison or a sweep.")]) -> None:
    """Compare every file of data with its checksum, whatever its size, and name all that is not as it was.

    Curves, table.txt and summary.csv, which are made from the data, have no checksums: the command that made the
    folder, given again, makes them anew.
    """
    from sim.experiment.store.verification import verified

    with report_errors():
        files, found = verified(folder)
    for line in found:
        print(line, file=sys.stderr)
    if found:
        raise typer.Exit(FAILED)
    all_is_well(f"ok: {files:,} files of {folder} are as they were written")


def merge(
    folders: Annotated[list[Path], typer.Argument(help="Folders that each hold a part of one sweep.")],
    out: Annotated[Path, typer.Option(help="Folder for the whole; new, empty, or with the same sweep in it.")],
) -> None:
    """Join separate folders of one sweep; what none of them has done can be done there by 'sim sweep'."""
    from sim.cli.figure_keeping import keep_figures, say_kept
    from sim.experiment.execute.merging import merge as join

    with report_errors():
        progress = join(folders, out)
        show(out, keep=True)
        whole = progress.done + progress.failed == progress.runs
        what = say_kept(keep_figures(out), out) if whole else ""
        counts = f"{progress.done:,} of {progress.runs:,} runs, {progress.failed:,} failed"
        all_is_well(f"Results: {out} ({counts}{f'; {what}' if what else ''})")


def replay(
    folder: Annotated[Path, typer.Argument(help="Folder of a run, a comparison or a sweep.")],
    replication: Annotated[int, typer.Option(min=0, help="Number of the replication.")],
    point: Annotated[int, typer.Option(min=0, help="Point of the design; a run has but one.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Folder for all tables of the run.  [default: none]", show_default=False)
    ] = None,
    interpreted: Annotated[
        bool, typer.Option("--interpreted", help="Run the rules as plain Python, for a debugger; slow.")
    ] = False,
) -> None:
    """Run one run of a folder once more, here, with everything that it did; an error shows its traceback."""
    if interpreted:
        os.environ["NUMBA_DISABLE_JIT"] = "1"
    from sim.cli.terminal.run_summary_table import run_table
    from sim.experiment.execute.process_environment import leave_pandas_out
    from sim.experiment.execute.replay import replay as again
    from sim.experiment.store.results_folder import ResultsFolder

    leave_pandas_out()
    with report_errors():
        result = again(ResultsFolder(folder), point, replication, out)
        note_other_rules(folder)
        if out is not None:
            note(f"Tables: {out}")
    console().print(run_table(result))
