"""Folder lock: one writer at a time, also on file systems without locks.

A sweep as a whole excludes every other program; shards of a sweep exclude the whole and the same shard.  Where
the file system has locks, the system lifts them when the process ends, however it ends.  Elsewhere a file that
only one program can make is the lock; it names host, process and time, because it may outlast its program.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shlex
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.experiment.store.atomic_files import OutputExistsError, StoreError, reason, writing

LOCK = ".lock"
OWNER = ".lock-owner"
"""Prefix of the file that is the lock where the file system has none."""
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_PATIENCE, _PAUSE = 60.0, 0.05
"""Seconds to wait for another shard that writes the manifest, and between two attempts."""
Shard = tuple[int, int]
"""Part i of n, from 1."""


def is_ours(chunk: int, shard: Shard | None) -> bool:
    """Whether a chunk belongs to a shard; to the whole all do."""
    return shard is None or chunk % shard[1] == shard[0] - 1


class ReadOnlyError(StoreError):
    """The folder cannot be written by us: the disk is read-only, or belongs to somebody else."""


class _NoLocksError(Exception):
    """The file system knows no locks."""


@contextlib.contextmanager
def locked(folder: Path, shard: Shard | None = None) -> Iterator[None]:
    """Be the only writer of a folder, or of a shard in it.

    Raises
    ------
    OutputExistsError
        If another program is at work there.
    ReadOnlyError
        If the folder may not be written.
    StoreError
        If it cannot be written for another reason.
    """
    with contextlib.ExitStack() as held:
        try:
            if shard is None:
                held.enter_context(_system_lock(folder, LOCK))
            else:
                held.enter_context(_system_lock(folder, LOCK, shared=True))
                held.enter_context(_system_lock(folder, f"{LOCK}-{_name(shard)}"))
        except _NoLocksError:
            held.enter_context(_owner_file(folder, shard))
        yield


@contextlib.contextmanager
def briefly_locked(folder: Path) -> Iterator[None]:
    """Keep other shards from the manifest while it is read and written; wait for them.

    Raises
    ------
    OutputExistsError
        If another program keeps it for very long.
    """
    end = time.monotonic() + _PATIENCE
    with contextlib.ExitStack() as held:
        while True:
            try:
                try:
                    held.enter_context(_system_lock(folder, f"{LOCK}-manifest"))
                except _NoLocksError:
                    held.enter_context(_owner_file(folder, None, f"{LOCK}-manifest-owner"))
                break
            except OutputExistsError:
                if time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)
        yield


@contextlib.contextmanager
def _system_lock(folder: Path, name: str, *, shared: bool = False) -> Iterator[None]:
    """Hold a lock of the system on a file in the folder."""
    try:
        import fcntl
    except ImportError:  # Windows
        raise _NoLocksError from None
    with contextlib.ExitStack() as held:
        try:
            file = held.enter_context((folder / name).open("a+"))
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _taken(folder, file.read().strip()) from None
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise _NoLocksError from None
            kind = ReadOnlyError if error.errno in _READ_ONLY else StoreError
            raise kind(f"cannot write {folder}: {reason(error)}") from error
        if not shared:
            with writing(folder / name):
                file.truncate(0)
                file.write(f"process {os.getpid()} on {socket.gethostname()}")
                file.flush()
        yield


@contextlib.contextmanager
def _owner_file(folder: Path, shard: Shard | None, name: str = "") -> Iterator[None]:
    """Hold a file that only one program can make, and see whether another excludes it."""
    path = folder / (name or (OWNER if shard is None else f"{OWNER}-{_name(shard)}"))
    _create(path)
    try:
        # Each first makes its own file and then looks for others, so no two can miss each other.
        others = [] if name else folder.glob(f"{OWNER}*") if shard is None else [folder / OWNER]
        for other in others:
            if other != path and other.exists() and not _is_stale(other):
                raise _refused(other)
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _create(path: Path) -> None:
    """Make a lock file, or take over one whose program has ended."""
    if _made(path):
        return
    if not _is_stale(path):
        # Its program may just have ended and removed it; the first program that makes it now has it.
        if path.exists() or not _made(path):
            raise _refused(path)
        return
    # Only one program may take it over: the one that makes the guard.
    guard = path.with_name(f"{path.name}.takeover")
    if not _made(guard):
        raise _refused(guard)
    try:
        # Another may have taken it over before we had the guard.
        if not _is_stale(path):
            raise _refused(path)
        sys.stderr.write(f"sim: took over {path.parent} from {_words(_owner(path))}, which has ended\n")
        path.unlink()
        if not _made(path):
            raise _refused(path)
    finally:
        guard.unlink()


def _made(path: Path) -> bool:
    """Make the file with our name in it, unless it is there."""
    owner = {"host": socket.gethostname(), "process": os.getpid(), "started": datetime.now(UTC).isoformat()}
    try:
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        return False
    except OSError as error:
        kind = ReadOnlyError if error.errno in _READ_ONLY else StoreError
        raise kind(f"cannot write {path.parent}: {reason(error)}") from error
    with writing(path), os.fdopen(number, "w") as file:
        json.dump(owner, file)
    return True


def _owner(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_stale(path: Path) -> bool:
    """Whether a lock file is there whose program was on this host and has ended."""
    owner = _owner(path)
    if owner.get("host") != socket.gethostname():
        return False
    process = owner.get("process")
    if not isinstance(process, int) or process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _refused(path: Path) -> OutputExistsError:
    remove = f"if that has ended, remove its lock: rm {shlex.quote(str(path))}"
    return OutputExistsError(f"{_taken(path.parent, _words(_owner(path)))}; {remove}")


def _taken(folder: Path, who: str) -> OutputExistsError:
    named = f" ({who})" if who else ""
    return OutputExistsError(f"another program is at work in {folder}{named}; wait for it, or end it")


def _words(owner: dict[str, Any]) -> str:
    return f"process {owner.get('process', '?')} on {owner.get('host', '?')} since {owner.get('started', '?')}"


def _name(shard: Shard) -> str:
    return f"{shard[0]}-of-{shard[1]}"
