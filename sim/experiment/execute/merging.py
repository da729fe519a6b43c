"""Merging of folders: what parts of one sweep have done in folders of their own, put into one folder.

Chunks are copied one by one, each with its receipt last.  A merge that was cut short is continued by the same
command, and what no folder has done can be done in the joined one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from sim.experiment.store.atomic_files import StoreError, WrongInputError, make_folder, sync_folder, write_file, writing
from sim.experiment.store.file_checks import sealed
from sim.experiment.store.folder_claim import claimed
from sim.experiment.store.identity import made_with_other, other_experiment
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.receipts import Progress, Receipt
from sim.experiment.store.results_folder import COLUMNS, DESIGN, MANIFEST, ResultsFolder

_SAME = ("kind", "seed", "keep", "batches")
"""What all folders share, beside what decides their numbers."""


def merge(folders: Sequence[Path], out: Path) -> Progress:
    """Join folders of one sweep.

    Parameters
    ----------
    folders : sequence of Path
        They need not be complete: the joined sweep can be continued.
    out : Path
        A new or empty folder, or one of the same sweep, to which is added what it does not have.

    Returns
    -------
    Progress
        Runs in all, done, and failed.

    Raises
    ------
    OutputExistsError
        If something else is in `out`.
    WrongInputError
        If the folders are not of one sweep.
    StoreError
        If they cannot be read or written, or a file is damaged.
    """
    parts = [Manifest.read(ResultsFolder(path), complete=True) for path in folders]
    for part in parts[1:]:
        _refuse_others(parts[0], part)
    joined = ResultsFolder(out)
    with claimed(joined) as there:
        if there:
            _refuse_others(parts[0], Manifest.read(joined, complete=True))
        else:
            _begin(parts, joined)
        manifest = Manifest.read(joined, complete=True)
        joined.tidy()
        for part in parts:
            for chunk, receipt in part.receipts().items():
                if chunk not in joined.done():
                    _copy(part.folder, joined, receipt)
        manifest.close("complete")
        return manifest.progress(manifest.receipts())


def _refuse_others(first: Manifest, other: Manifest) -> None:
    """Refuse folders that do not belong together."""
    identities = first.values["identity"], other.values["identity"]
    different = other_experiment(*identities) + made_with_other(*identities)
    different += [key for key in _SAME if other.values[key] != first.values[key]]
    if different:
        paths = f"{first.folder.path} and {other.folder.path}"
        raise WrongInputError(f"{paths} are not of one sweep: {'; '.join(different)}")


def _begin(parts: Sequence[Manifest], joined: ResultsFolder) -> None:
    """Write the manifest of the joined folder, and what describes the design."""
    first = parts[0]
    for name in (DESIGN, COLUMNS):
        write_file(joined.path / name, first.check_file(name).read_bytes())
    commands = [command for part in parts for command in part.values["commands"]]
    merged = [str(part.folder.path) for part in parts]
    values = {**first.values, "status": "running", "shards": None, "commands": commands, "merged": merged}
    write_file(joined.path / MANIFEST, sealed(values))


def _copy(source: ResultsFolder, target: ResultsFolder, receipt: Receipt) -> None:
    """Copy a chunk, seen to be as it was written, its receipt last."""
    for line in source.damage(receipt):
        raise StoreError(line)
    for name in receipt.files:
        make_folder(target.path / name)
        path = target.part(name, receipt.chunk)
        with writing(path):
            shutil.copyfile(source.part(name, receipt.chunk), path)
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        sync_folder(path.parent)
    target.write_receipt(receipt)
