"""Folder claim before writing: the folder is found or made, checked to hold nothing else, and locked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sim.experiment.store.atomic_files import OutputExistsError, StoreError, broken_link, fitting, make_folder, reason
from sim.experiment.store.folder_lock import Shard, locked
from sim.experiment.store.results_folder import COLUMNS, DESIGN, MANIFEST, ResultsFolder


@contextlib.contextmanager
def claimed(folder: ResultsFolder, shard: Shard | None = None) -> Iterator[bool]:
    """Be the only writer of a folder that is empty, new, or holds results; for a shard, of its part.

    Yields
    ------
    bool
        Whether there are results in it.

    Raises
    ------
    OutputExistsError
        If something else is in it, it cannot be made, or another program is at work there.
    StoreError
        If its manifest is damaged, or it cannot be written.
    """
    path = folder.path
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputExistsError(f"{path} {broken_link(path) or 'is a file, not a folder'}") from None
    except OSError as error:
        raise OutputExistsError(f"cannot use the folder {path}: {reason(error)}") from error
    # What is in it, before a lock is left there.
    _look(folder)
    with locked(path, shard):
        yield _look(folder)


def _look(folder: ResultsFolder) -> bool:
    """Whether there are results in a folder; refuse one with anything else."""
    names = folder.holds()
    if MANIFEST in names:
        folder.read_manifest()
        return True
    if names - {DESIGN, COLUMNS}:
        raise OutputExistsError(f"{folder.path} is not empty; nothing is overwritten, so choose another folder")
    return False


def usual_folder(name: str, day: date, root: Path = Path("results")) -> Path:
    """Make the folder ``results/NAME-DATE-N`` with the first N that is free.

    Raises
    ------
    StoreError
        If it cannot be made.
    """
    make_folder(root)
    number = 1
    while True:
        path = root / fitting(name, f"-{day.isoformat()}-{number}")
        try:
            # Making it is also how it is claimed: two runs that start together get two folders.
            path.mkdir()
        except FileExistsError:
            number += 1
        except OSError as error:
            raise StoreError(f"cannot make the folder {path}: {reason(error)}") from error
        else:
            return path
