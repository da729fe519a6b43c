"""Table keeping: the table that a command prints stands in the results folder too, beside a summary as CSV."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.quiet_option import note
from sim.cli.shared_options import console

if TYPE_CHECKING:
    from rich.console import RenderableType

TABLE_FILE = "table.txt"
_WIDTH = 160
"""Characters of a line in the file; wide tables go on below each other."""


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
    _keep(folder, layout)
    screen = console()
    try:
        screen.print(layout(screen.width))
        sys.stdout.flush()
    except OSError:
        note(f"Results: {folder} ({TABLE_FILE} in it is the table that could not be written to the output)")
        raise


def _keep(folder: Path, layout: Callable[[int], RenderableType]) -> None:
    """Write a table into the folder, and `summary.csv`."""
    from rich.console import Console

    from sim.experiment.results.result_arrays import ResultArrays
    from sim.experiment.results.summary_file import write_summary
    from sim.experiment.store.atomic_files import StoreError, write_file

    page = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    page.print(layout(_WIDTH))
    lines = page.file.getvalue().splitlines()  # type: ignore[attr-defined]
    data = "".join(f"{line.rstrip()}\n" for line in lines).encode()
    path = folder / TABLE_FILE
    try:
        if not path.is_file() or path.read_bytes() != data:
            write_file(path, data)
        left_out = write_summary(ResultArrays.open(folder))
    except (StoreError, OSError) as error:
        # Results themselves are safe; a folder on a read-only disk can still be looked at.
        print(f"Note: the table is not kept in the folder: {error}", file=sys.stderr)
    else:
        if left_out:
            print(f"Note: {left_out}.", file=sys.stderr)
