"""How a rule of the model is compiled.

A rule is an ordinary Python function on records.  `rule` hands it to numba; `entry` does the same for
the few functions that Python itself calls, and keeps their compiled code on disk.

Numba stamps a cached function with its own file only, so an edited *helper* would leave a stale caller
behind.  The cache therefore lives in a folder named after a digest of every source file of the package:
edit one character anywhere and everything is compiled afresh, once.

Set ``NUMBA_DISABLE_JIT=1`` to run the same rules as plain Python, in a debugger or under coverage.

>>> @rule
... def double(amount):
...     return 2 * amount
>>> double(21)
42
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numba
from numba.core import config

F = TypeVar("F", bound=Callable[..., object])

_PACKAGE = Path(__file__).parent
_KEPT_BUILDS = 8
"""Builds of earlier sources that are left on disk; older ones are removed."""


def sources_digest() -> str:
    """Digest of the package's sources and of what compiles them (16 hexadecimal digits)."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(f"{numba.__version__} {sys.version_info[:3]} {config.OPT}".encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(str(path.relative_to(_PACKAGE)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_root() -> Path:
    """Folder that holds one build per digest; ``SIM_CACHE_DIR`` overrides the usual place."""
    chosen = os.environ.get("SIM_CACHE_DIR")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "social-work-sim"


def _open_build() -> Path:
    """Point numba at this source tree's build folder and remove builds long out of date."""
    root = _cache_root()
    build = root / sources_digest()
    try:
        build.mkdir(parents=True, exist_ok=True)
        os.utime(build)
        builds = sorted(root.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in builds[_KEPT_BUILDS:]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        # A home that cannot be written (a container, a shared account): compile in memory, every time.
        return build
    config.CACHE_DIR = str(build)
    return build


BUILD = _open_build()
"""Where the compiled code of exactly these sources is kept."""


def is_compiled() -> bool:
    """Whether these sources were compiled before, so that the next run starts at once."""
    return config.DISABLE_JIT or (BUILD / "ready").exists()


def mark_compiled() -> None:
    """Remember that every entry point has been compiled."""
    if config.DISABLE_JIT:
        return
    try:
        (BUILD / "ready").touch()
    except OSError:
        return


def rule(function: F) -> F:
    """Compile a rule that other rules call."""
    return numba.njit(nogil=True, error_model="numpy")(function)  # type: ignore[no-any-return]


def entry(function: F) -> F:
    """Compile a rule that Python calls, and keep the result on disk."""
    cached = BUILD.is_dir() and os.access(BUILD, os.W_OK)
    return numba.njit(nogil=True, error_model="numpy", cache=cached)(function)  # type: ignore[no-any-return]
