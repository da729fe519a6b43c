"""Compared folders: results folders that `sim compare` sets beside each other, with warnings on other rules."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sim.cli.quiet_option import note
from sim.cli.shared_options import console, wrong
from sim.declarations.input_issues import printable


def compare_folders(names: Sequence[str], measure: str, outcomes: Sequence[str], given: Sequence[str]) -> None:
    """Compare folders of results with the first, and print warnings and tables.

    Parameters
    ----------
    names : sequence of str
        The folders.
    measure : str
        What counts of a run.
    outcomes : sequence of str
        Which; none for the main ones.
    given : sequence of str
        Options that say how scenarios are run, which folders do not take.

    Raises
    ------
    typer.Exit
        If a scenario stands among them, or such options.
    WrongInputError, StoreError, QueryError
        As in `FolderComparison.of`.
    """
    from sim.cli.terminal.comparison_table import comparison_table
    from sim.experiment.results.folder_comparison import FolderComparison
    from sim.experiment.results.result_arrays import ResultArrays

    for name in names:
        if not Path(name).is_dir():
            folder = next(each for each in names if Path(each).is_dir())
            raise wrong(
                f"{folder} is a folder and {name} is none; compare folders of results with folders, or scenarios with "
                "scenarios"
            )
    if given:
        raise wrong(f"{', '.join(given)}: folders of results are compared as they are, so this says nothing; leave out")
    base, *others = (ResultArrays.open(name) for name in names)
    found = FolderComparison.of(base, others, outcomes, measure)
    for doubt in found.doubts:
        print(printable(f"warning: {doubt}"), file=sys.stderr)
    screen = console()
    screen.print(comparison_table(found.comparison, screen.width))


def note_other_rules(folder: Path) -> None:
    """Say on the error stream where a folder was made by other rules than those at hand."""
    from sim.experiment.store.made_with import CAUTION, other_than_installed
    from sim.experiment.store.results_folder import ResultsFolder

    different = other_than_installed(ResultsFolder(folder).read_manifest())
    if different:
        note(printable(f"note: {folder} was {different}: {CAUTION}"))
