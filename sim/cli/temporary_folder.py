"""Temporary folder of a command: one for all that it and its workers keep for a while, so that nothing is left behind.

A command that is killed cannot remove it; the next one does.  A lock, which the system lifts with the process, says
whether a folder still belongs to a command.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from multiprocessing.util import Finalize
from pathlib import Path
from typing import IO

from sim.cli.interrupts import at_end, is_a_command

_PREFIX = "sim-tmp-"
_LOCK = "lock"
_GONE = ".gone"
"""End of the name of a folder that is being removed."""
_LONGEST = 50
"""Characters of the system's folder from which a socket in ours, whose path has at most 107, would be too long."""


class _Held:
    """The lock of our folder, held as long as the process lives."""

    file: IO[str] | None = None
    folder: Path | None = None


def use_temporary_folder() -> None:
    """Make the folder of this command, and remove those of commands that have ended; where that fails, do without.

    Where the commands' functions are called by another program, nothing is done: its temporary files are its own.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    if _Held.folder is not None or not is_a_command():
        return
    root = Path(tempfile.gettempdir())
    _remove_left(root)
    if len(str(root)) > _LONGEST:
        return
    with contextlib.suppress(OSError):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
        _Held.folder = folder
        new = folder / f"{_LOCK}.new"
        _Held.file = new.open("w")
        fcntl.flock(_Held.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Under the name by which other commands know it, it is never without its lock.
        new.rename(folder / _LOCK)
        # Workers, which are processes of their own, find it in the environment.
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        # Behind the removal of multiprocessing's own folder in it, which has -100.
        Finalize(None, remove_temporary_folder, exitpriority=-200)
        at_end.append(remove_temporary_folder)


def remove_temporary_folder() -> None:
    """Remove the folder of this command."""
    if _Held.folder is not None:
        # At the end of a command this is asked for more than once.
        with contextlib.suppress(OSError):
            _remove(_Held.folder)


def _remove(folder: Path) -> None:
    """Remove a folder, even while helpers of its command are still ending.

    Python looks for the temporary folder by writing a file there.  One that came while the folder is emptied would keep
    it, without the lock by which the next command knows it; under a new name none comes.
    """
    gone = folder.with_name(folder.name + _GONE)
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _remove_left(root: Path) -> None:
    """Remove folders of commands that were killed: those whose lock nobody holds."""
    import fcntl

    for folder in root.glob(f"{_PREFIX}*"):
        # Another user's, or one that another command removes just now.
        with contextlib.suppress(OSError):
            if folder.stat().st_uid != os.getuid():
                continue
            if folder.name.endswith(_GONE):
                shutil.rmtree(folder, ignore_errors=True)
                continue
            with (folder / _LOCK).open("r") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
