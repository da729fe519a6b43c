"""Atomic files appear under their names in one step: a crash, a full disk or Ctrl-C leaves whole files or none."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".part-"
"""Prefix of the name of a file that is not yet complete."""
LONGEST_NAME = 255
"""Bytes of a name on the file systems of Linux and macOS."""


class StoreError(Exception):
    """The results folder cannot be made, written or read; the message is one line for the user."""


class WrongInputError(StoreError):
    """What was asked for cannot be had (no results in the folder, no such point); nothing was written."""


class OutputExistsError(WrongInputError):
    """The folder that the user asked for cannot be used: it holds something else, or is in use."""


class NewFile:
    """A file that is being written.

    The bytes go to a dot-prefixed neighbour, are forced to the disk, and only then get the final name.
    It offers as much of a file object as pyarrow needs.

    Parameters
    ----------
    path : Path
        The final name; a file that has it already stays until `publish`.

    Attributes
    ----------
    bytes : int
        Bytes written so far.

    Raises
    ------
    StoreError
        If the file cannot be made.
    """

    closed = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = 0
        self.temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{_short(path.name)}")
        self._digest = hashlib.sha256()
        with writing(path):
            self._file = self.temporary.open("xb")

    def write(self, data: bytes) -> int:
        """Add bytes."""
        self._digest.update(data)
        self.bytes += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._file.flush()

    def tell(self) -> int:
        """Bytes written so far."""
        return self.bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of what was written so far."""
        return self._digest.hexdigest()

    def publish(self) -> None:
        """Give the file its name; `sync_folder` makes the name last.

        Raises
        ------
        StoreError
            If its bytes cannot be forced to the disk.
        """
        with writing(self.path):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self.temporary, self.path)

    def abandon(self) -> None:
        """Leave nothing behind; a file that was published stays."""
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self.temporary.unlink()


def _short(name: str) -> str:
    """The name itself, or its digest where there would be no room for a prefix."""
    return name if len(os.fsencode(name)) <= LONGEST_NAME // 2 else hashlib.sha256(os.fsencode(name)).hexdigest()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn errors of the disk into a message about the file.

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
    """Write a file whole or not at all; its name outlasts a loss of power.

    Raises
    ------
    StoreError
        If the disk is full, the folder cannot be written, and the like.
    """
    new = NewFile(path)
    try:
        with writing(path):
            new.write(data)
        new.publish()
    except BaseException:
        new.abandon()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the entries of a folder to the disk, so that names of published files last."""
    # Some systems cannot sync a folder; nothing is lost there that they could keep.
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises
    ------
    StoreError
        If it cannot be made.
    """
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder {folder}: {reason(error)}") from error
    sync_folder(folder.parent)


def reason(error: OSError) -> str:
    """What the system says; in our words where its own say little."""
    if error.errno == errno.ENAMETOOLONG:
        return f"a name in it is longer than the {LONGEST_NAME} bytes that the disk allows"
    if error.errno == errno.ELOOP:
        return "it is a link that leads back to itself"
    said = error.strerror or str(error)
    if error.errno == errno.ENOSPC and isinstance(error.filename, str) and _has_no_inodes(Path(error.filename)):
        return f"{said}: the disk can hold no more files (no inode is free; see df -i)"
    return said


def _has_no_inodes(path: Path) -> bool:
    """Whether a disk has room, but none for the entry of another file."""
    try:
        disk = os.statvfs(path if path.is_dir() else path.parent)
    except (OSError, AttributeError):
        return False
    return disk.f_files > 0 and disk.f_favail == 0 and disk.f_bavail > 0


def fitting(name: str, ending: str = "") -> str:
    """A name for a file or folder, shortened so that it fits with its ending.

    >>> fitting("town", "-1"), len(fitting("\u57ce" * 200, "-1").encode())
    ('town-1', 254)
    """
    room = LONGEST_NAME - len(ending.encode())
    data = os.fsencode(name)
    return (name if len(data) <= room else data[:room].decode(errors="ignore")) + ending


def check_new_file(path: Path) -> Path:
    """See that a file can be made where the user asked for one; a regular file that is there does not matter.

    Returns
    -------
    Path
        The same, or what a link there leads to, so that the link stays.

    Raises
    ------
    WrongInputError
        If the path names no file, or its folder is missing.
    """
    try:
        if not path.name or path.is_dir():
            raise WrongInputError(f"{path}: is a folder; expected the name of a file")
        # A file takes the place of what is there, and a device or its link is there for others too.
        if path.exists() and not path.is_file():
            raise WrongInputError(f"{path}: is a device or a pipe; expected the name of a file")
        if broken := broken_link(path):
            raise WrongInputError(f"cannot write {path}: it {broken}")
        if not path.parent.is_dir():
            why = f"{path.parent} is no folder" if path.parent.exists() else f"there is no folder {path.parent}"
            raise WrongInputError(f"cannot write {path}: {why}")
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "its name holds a null character"
        raise WrongInputError(f"cannot write {path}: {why}") from error
    return path.resolve() if path.is_symlink() else path


def check_new_folder(path: Path) -> None:
    """See that a folder can be made where the user asked for one, or is there.

    Raises
    ------
    WrongInputError
        If something else is there or above it, or the name is one that no disk takes.
    """
    try:
        there = next((each for each in (path, *path.parents) if each.exists()), None)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "its name holds a null character"
        raise WrongInputError(f"cannot make the folder {path}: {why}") from error
    if there is not None and not there.is_dir():
        raise WrongInputError(f"cannot make the folder {path}: {there} is no folder")


def broken_link(path: Path) -> str:
    """What is wrong with a path that is a link to nothing; the empty text for any other."""
    try:
        if not path.is_symlink() or path.exists():
            return ""
        return f"is a link to {os.readlink(path)}, which does not exist"
    except (OSError, ValueError, RuntimeError):
        return "is a link that leads back to itself"


def check_is_folder(path: Path) -> None:
    """See that a folder that shall be read is there.

    Raises
    ------
    WrongInputError
        If it is not; the message says what is there instead.
    """
    try:
        found = path.is_dir()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "its name holds a null character"
        raise WrongInputError(f"cannot read {path}: {why}") from error
    if not found:
        why = f"it {broken}" if (broken := broken_link(path)) else "there is no such folder"
        raise WrongInputError(f"{path} holds no results: {why}")
