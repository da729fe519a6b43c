"""Verification: everything in a results folder compared with its checksum, whatever its size."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import CHUNKS, COLUMNS, DESIGN, MANIFEST, ResultsFolder


def verified(path: Path) -> tuple[int, list[str]]:
    """Look at every file of results.

    Parameters
    ----------
    path : Path
        The folder.

    Returns
    -------
    files : int
        Files that were looked at.
    found : list of str
        A line for each that is missing, damaged, or named by no receipt.  Curves, figures, `table.txt` and
        `summary.csv`, which are made from the others, have no checksums.

    Raises
    ------
    StoreError
        If there are no results, or the manifest is damaged.
    """
    manifest = Manifest.read(ResultsFolder(path))
    found: list[str] = []
    for name in (DESIGN, COLUMNS):
        try:
            manifest.check_file(name)
        except StoreError as error:
            found.append(str(error))
    named = set()
    folder = manifest.folder
    due = manifest.chunks() if manifest.ended else manifest.chunks() & folder.done()
    for chunk, receipt, lines in folder.inspected(due):
        found += lines
        named.add(folder.receipt_path(chunk))
        # Without its receipt nothing is known of a chunk's files.
        tables = (
            {part.parent.name for part in path.glob(f"*/{chunk:05d}.parquet")} if receipt is None else receipt.files
        )
        named |= {folder.part(table, chunk) for table in tables}
    named |= {path / name for name in (DESIGN, COLUMNS, MANIFEST)}
    parts = [*path.glob("*.parquet"), *path.glob("*.json"), *path.glob("*/*.parquet"), *(path / CHUNKS).glob("*.json")]
    found += [f"{stray} is no part of these results; remove it" for stray in sorted(parts) if stray not in named]
    return len(named), found
