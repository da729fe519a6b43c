"""Table keeping: the table that a command prints stands in the results folder too, beside a summary as CSV."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.quiet_option import note
from sim.cli.shared_options import console

if TYPE_CHECKING:
    from rich.console import RenderableType


def print_and_keep(folder: Path, layout: Callable[[int], RenderableType]) -> None:
    """Print a table, and write it into the folder with `summary.csv`.

    Parameters
    ----------
    folder : Path
        A results folder.
    layout : callable
        Makes the table for a number of characters.

    Raises
    ------
    OSError
        If it cannot be printed; it is in the folder then, and a line says so.
    """
    from sim.experiment.printed.table_file import TABLE_FILE, keep_table
    from sim.experiment.results.result_arrays import ResultArrays

    not_kept = keep_table(ResultArrays.open(folder), layout)
    screen = console()
    try:
        screen.print(layout(screen.width))
        sys.stdout.flush()
    except OSError:
        note(
            f"Results: {folder}" + ("" if not_kept else f" ({TABLE_FILE} in it is the table that could not be written)")
        )
        raise
    if not_kept:
        print(f"Note: {not_kept}.", file=sys.stderr)
