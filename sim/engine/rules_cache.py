"""The rules' cache: the folder of compiled rules, named after a digest of all that compiled code depends on.

Numba stamps a cached function with its own file only, so an edited *helper* would leave a stale caller behind.  The
cache therefore has a folder for each digest of every source file that a rule can reach (`REACHED`): edit one
character in them and everything is compiled again, once.  An edit of anything else, a picture or a command, compiles
nothing.

A folder that cannot be used (another user's, on a full or read-only disk) and a file that is truncated or damaged cost
a compilation and a line on standard error, never a run.  Files hold machine code and are read with `pickle`, so
folders are private (mode 0700) and one that belongs to another user is not read.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

import llvmlite
import numba
from llvmlite import binding
from numba.core import config

from sim.engine.rule_sources import sources

_KEPT_FOLDERS = 8
"""Folders of earlier sources that are left on disk; older ones are removed."""
_READY = "ready.json"
_HOST = os.uname().nodename if hasattr(os, "uname") else "here"
_UNFINISHED = re.compile(r"\.new-(?P<pid>\d+)@(?P<host>.*)-[^-]*")
"""Names of files that are being written: by which process of which machine, as homes are shared by machines."""
_DAY = 86_400.0
_MAGIC = b"SIMRULES1\n"


def compiler_name() -> str:
    """How rules are compiled: ``linked`` (the default) or ``plain``, by ``SIM_COMPILER``."""
    chosen = os.environ.get("SIM_COMPILER") or "linked"
    if chosen not in ("linked", "plain"):
        raise ValueError(f"SIM_COMPILER is 'linked' or 'plain', not '{chosen}'")
    return chosen


def compiled_digest() -> str:
    """Digest of the sources, of what compiles them and of the processor (16 hexadecimal digits)."""
    digest = hashlib.blake2b(digest_size=8)
    versions = (numba.__version__, llvmlite.__version__, sys.version_info[:3])
    options = (compiler_name(), config.OPT, config.BOUNDSCHECK)
    processor = (binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten())
    digest.update(repr((versions, options, processor)).encode())
    for name, source in sources().items():
        digest.update(name.encode())
        digest.update(source)
    return digest.hexdigest()


@functools.cache
def warn(line: str) -> None:
    """Write a line about the cache to standard error, once in a process."""
    sys.stderr.write(f"sim: rules' cache: {line}\n")


def _cache_root() -> Path:
    """Folder that holds one folder per digest; ``SIM_CACHE_DIR`` overrides the usual place.

    Where there is no home (services, containers, jobs of a cluster), it is a folder of this user among the temporary
    ones, with a line on standard error.
    """
    chosen = os.environ.get("SIM_CACHE_DIR")
    if chosen:
        return Path(chosen)
    usual = Path(os.environ.get("XDG_CACHE_HOME") or "")
    if usual.is_absolute():  # the standard says that another is to be ignored
        return usual / "social-work-sim"
    home = _home()
    if home is not None:
        return home / ".cache" / "social-work-sim"
    user = os.getuid() if hasattr(os, "getuid") else "user"
    temporary = Path(tempfile.gettempdir()) / f"social-work-sim-{user}"
    warn(f"no home folder can be used; compiled rules are kept in {temporary} (SIM_CACHE_DIR names another folder)")
    return temporary


def _home() -> Path | None:
    """The user's home, if there is one to write in."""
    if os.environ.get("HOME") == "":  # Python takes that for the root of the file system, where root can write
        return None
    try:
        home = Path.home()
        usable = home.is_absolute() and home.is_dir() and _can_write(home / ".cache", home)
    except (OSError, RuntimeError):  # RuntimeError: nothing says where it is
        return None
    return home if usable else None


def _can_write(*folders: Path) -> bool:
    """Whether the first of some folders that is there can be written."""
    there = next(folder for folder in folders if folder.is_dir())
    return os.access(there, os.W_OK | os.X_OK)


def open_folder(root: Path, name: str) -> Path | None:
    """Make the folder of one digest, private, and remove those long out of date.

    Parameters
    ----------
    root, name : Path, str
        Where the folder is and what it is called.

    Returns
    -------
    Path or None
        The folder; None, with a line on standard error, if compiled rules cannot be kept there.
    """
    folder = root / name
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != _user(status):
            warn(f"{folder} belongs to another user; rules are compiled in memory (SIM_CACHE_DIR names another folder)")
            return None
        if stat.S_IMODE(status.st_mode) != 0o700:
            folder.chmod(0o700)
        os.utime(folder)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home
        warn(f"{folder} cannot be used ({_reason(error)}); rules are compiled in memory, every time")
        return None
    _remove_old_folders(root)
    _remove_unfinished(folder)
    return folder


def _user(status: os.stat_result) -> int:
    """Number of this user; where the system has no such numbers (Windows), that of the folder."""
    return os.getuid() if hasattr(os, "getuid") else status.st_uid


def _remove_old_folders(root: Path) -> None:
    """Remove all but the folders used last."""
    with contextlib.suppress(OSError):
        folders = [path for path in root.iterdir() if path.is_dir()]
        folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for old in folders[_KEPT_FOLDERS:]:
            shutil.rmtree(old, ignore_errors=True)


def _remove_unfinished(folder: Path) -> None:
    """Remove what processes were writing that were killed; of those of other machines, and numba's own, after a day."""
    with contextlib.suppress(OSError):
        for path in [*folder.glob(".new-*"), *folder.glob(f".{_READY}.*"), *folder.rglob("*.tmp.*")]:
            with contextlib.suppress(OSError):
                if _is_left(path):
                    path.unlink()


def _is_left(path: Path) -> bool:
    """Whether nobody writes a file any more."""
    if time.time() - path.stat().st_mtime > _DAY:
        return True
    writer = _UNFINISHED.fullmatch(path.name)
    # On other systems a signal of number 0 is no question.
    if writer is None or writer["host"] != _HOST or os.name != "posix":
        return False
    try:
        os.kill(int(writer["pid"]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:  # another user's
        return False
    return False


def _new_prefix() -> str:
    """Beginning of the name of a file that this process writes."""
    return f".new-{os.getpid()}@{_HOST}-"


def _reason(error: BaseException) -> str:
    """What went wrong, in the system's words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


FOLDER = None if config.DISABLE_JIT else open_folder(_cache_root(), compiled_digest())
"""Where the compiled code of exactly these sources is kept; None where it is not kept."""


def read_file(name: str) -> bytes | None:
    """Content of a file of the cache; None if there is none, or a damaged one (which is removed, with a line)."""
    if FOLDER is None:
        return None
    path = FOLDER / name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        warn(f"{path} cannot be read ({_reason(error)}); rules are compiled again")
        return None
    start = len(_MAGIC) + 32
    content = data[start:]
    if data[:start] == _MAGIC + hashlib.sha256(content).digest():
        return content
    discard_file(name)
    return None


def discard_file(name: str) -> None:
    """Remove a damaged file of the cache, with a line on standard error."""
    if FOLDER is None:
        return
    warn(f"{FOLDER / name} is damaged; rules are compiled again")
    with contextlib.suppress(OSError):
        (FOLDER / name).unlink()


def write_file(name: str, content: bytes) -> None:
    """Write a file of the cache as a whole, with a checksum; if that fails, say so and go on."""
    if FOLDER is None:
        return
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=FOLDER, prefix=_new_prefix(), delete=False) as file:
            temporary = file.name
            file.write(_MAGIC + hashlib.sha256(content).digest() + content)
        Path(temporary).replace(FOLDER / name)
    except OSError as error:
        warn(f"{FOLDER} cannot be written ({_reason(error)}); rules are compiled in memory, every time")
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _sizes(folder: Path) -> dict[str, int]:
    """Size of each file that holds compiled rules."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", _READY)))
    return {str(path.relative_to(folder)): path.stat().st_size for path in files}


def is_compiled() -> bool:
    """Whether these sources were compiled before, so that the next run starts at once."""
    if config.DISABLE_JIT:
        return True
    if FOLDER is None:
        return False
    try:
        noted: dict[str, int] = json.loads((FOLDER / _READY).read_text(encoding="utf-8"))
        sizes = _sizes(FOLDER)
        return bool(noted) and all(sizes.get(name) == size for name, size in noted.items())
    except (OSError, ValueError, AttributeError):
        return False


def mark_compiled() -> None:
    """Remember that every entry point has been compiled."""
    if FOLDER is None:
        return
    with contextlib.suppress(OSError):
        path = FOLDER / f"{_new_prefix()}ready"
        path.write_text(json.dumps(_sizes(FOLDER)), encoding="utf-8")
        path.replace(FOLDER / _READY)
