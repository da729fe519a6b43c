"""Verification: everything in a results folder compared with its checksum, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import CHUNKS, COLUMNS, DESIGN, ResultsFolder


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
        A line for each that is missing, damaged, or named by no receipt.

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
    for chunk in sorted(_due(manifest)):
        named.add(folder.receipt_path(chunk))
        try:
            receipt = folder.receipt(chunk)
        except StoreError as error:
            found.append(str(error))
            # Without it nothing is known of the chunk's files.
            named |= set(path.glob(f"*/{chunk:05d}.parquet"))
            continue
        named |= {folder.part(table, chunk) for table in receipt.files}
        found += folder.damage(receipt)
    found += [f"{stray} is no part of these results; remove it" for stray in _parts(path) if stray not in named]
    return len(named) + 3, found


def _due(manifest: Manifest) -> set[int]:
    """Chunks that have a receipt, or should."""
    chunks = manifest.chunks()
    return chunks if manifest.ended else chunks & manifest.folder.done()


def _parts(path: Path) -> Iterator[Path]:
    yield from sorted(path.glob("*/*.parquet"))
    yield from sorted((path / CHUNKS).glob("*.json"))
