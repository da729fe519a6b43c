"""Files that appear under their names in one step, so that a crash, a full disk or Ctrl-C leaves whole ones or none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".part-"
"""How the name of a file begins that is not yet whole."""


class StoreError(Exception):
    """The results folder cannot be made, written or read; the message is one line for the user."""


class WrongInputError(StoreError):
    """What was asked for cannot be had (no sweep in the folder, no such point); nothing was written."""


class NewFile:
    """A file that is being written.

    The bytes go to a dot-prefixed neighbour, are forced to the disk, and only then get the final name.

    Parameters
    ----------
    path : Path
        The final name; a file that has it already stays until `publish`.

    Attributes
    ----------
    file : file object
        Where to write; what it raises is for `writing` to tell.

    Raises
    ------
    StoreError
        If the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
        with writing(path):
            self.file = self.temporary.open("xb")

    def publish(self) -> None:
        """Give the file its name.

        Raises
        ------
        StoreError
            If its bytes cannot be forced to the disk.
        """
        with writing(self.path):
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            os.replace(self.temporary, self.path)

    def abandon(self) -> None:
        """Leave nothing behind; a file that was published stays."""
        with contextlib.suppress(OSError):
            self.file.close()
        with contextlib.suppress(OSError):
            self.temporary.unlink()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell errors of the disk as what they mean for a file.

    Raises
    ------
    StoreError
        If the disk is full, the folder cannot be written, and the like.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(f"cannot write {path}: {reason(error)}") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    StoreError
        If the disk is full, the folder cannot be written, and the like.
    """
    new = NewFile(path)
    try:
        with writing(path):
            new.file.write(data)
        new.publish()
    except BaseException:
        new.abandon()
        raise


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises
    ------
    StoreError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder {folder}: {reason(error)}") from error


def reason(error: OSError) -> str:
    """What the system says."""
    return error.strerror or str(error)
