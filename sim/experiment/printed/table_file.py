"""Table file of a results folder: `table.txt`, the table that a command prints, beside `summary.csv`."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.results.summary_file import write_summary
from sim.experiment.store.atomic_files import StoreError, write_file

if TYPE_CHECKING:
    from rich.console import RenderableType

TABLE_FILE = "table.txt"
_WIDTH = 160
"""Characters of a line in the file; wide tables go on below each other."""


def keep_table(results: ResultArrays, layout: Callable[[int], RenderableType]) -> str:
    """Write `table.txt` and `summary.csv` into a results folder, where they are not as they should be.

    Parameters
    ----------
    results : ResultArrays
        The folder.
    layout : callable
        Makes the table for a number of characters.

    Returns
    -------
    str
        What was not written or left out, and why; empty where nothing was.  Results themselves are safe: a folder on a
        read-only disk can still be looked at.
    """
    from rich.console import Console

    page = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    page.print(layout(_WIDTH))
    lines = page.file.getvalue().splitlines()  # type: ignore[attr-defined]
    data = "".join(f"{line.rstrip()}\n" for line in lines).encode()
    try:
        _write_if_changed(results.path / TABLE_FILE, data)
        return write_summary(results)
    except (StoreError, OSError) as error:
        return f"the table is not kept in the folder: {error}"


def keep_sweep_table(results: ResultArrays) -> str:
    """The same, with the table of a sweep."""
    from sim.experiment.printed.sweep_table import sweep_table

    return keep_table(results, lambda width: sweep_table(results, width, measure=results.measure))


def _write_if_changed(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        write_file(path, data)
