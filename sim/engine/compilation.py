"""How a rule of the model is compiled.

A rule is an ordinary Python function on records.  `rule` hands it to numba; `entry` does the same for
the few functions that Python itself calls, and keeps their compiled code on disk.  Rules are drafts that
the entries put together (`sim.engine.jit_linking`); one that Python does call, as tests do, is then made an entry too.

Numba stamps a cached function with its own file only, so an edited *helper* would leave a stale caller
behind.  The cache therefore lives in a folder named after a digest of every source file that a rule can
reach (`REACHED`): edit one character in them and everything is compiled afresh, once.  An edit of anything else,
a picture or a command, waits for no compiler.

Set ``NUMBA_DISABLE_JIT=1`` to run the same rules as plain Python, in a debugger or under coverage.

>>> @rule
... def double(amount):
...     return 2 * amount
>>> double(21)
42
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import config

from sim.engine.jit_linking import LinkedCompiler, UnlinkedCompiler

F = TypeVar("F", bound=Callable[..., object])

_PACKAGE = Path(__file__).parents[1]
REACHED = ("engine", "declarations", "scenario/parameters", "model")
"""Packages that a rule can reach, whose sources decide what is compiled; a test sees to it that they are all."""
_KEPT_BUILDS = 8
"""Builds of earlier sources that are left on disk; older ones are removed."""


def sources(packages: Iterable[str] = REACHED) -> dict[str, bytes]:
    """Sources of some packages by path below `sim`, in order."""
    files = (path for package in packages for path in (_PACKAGE / package).rglob("*.py"))
    return {str(path.relative_to(_PACKAGE)): path.read_bytes() for path in sorted(files)}


def sources_digest() -> str:
    """Digest of the model's sources and of what compiles them (16 hexadecimal digits)."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(f"{numba.__version__} {sys.version_info[:3]} {config.OPT}".encode())
    for name, source in sources().items():
        digest.update(name.encode())
        digest.update(source)
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


_OPTIONS = {"nogil": True, "error_model": "numpy"}


class Rule:
    """A rule as numba sees it, a draft, and as Python does, a function."""

    def __init__(self, function: Callable[..., object]) -> None:
        functools.update_wrapper(self, function)
        # A draft is never run, so nothing is needed that would let Python or C call it.
        unwrapped = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        self._draft = numba.njit(pipeline_class=UnlinkedCompiler, **_OPTIONS, **unwrapped)(function)

    @property
    def _numba_type_(self) -> Any:
        """What numba calls when another rule calls this one."""
        return self._draft._numba_type_

    @functools.cached_property
    def _whole(self) -> Callable[..., object]:
        """What Python calls; few rules are, so it is made when one is."""
        return numba.njit(pipeline_class=LinkedCompiler, **_OPTIONS)(self._draft.py_func)

    def __call__(self, *args: object, **named: object) -> object:
        """Run the rule, compiled for these arguments."""
        return self._whole(*args, **named)


def rule(function: F) -> F:
    """Compile a rule that other rules call."""
    return function if config.DISABLE_JIT else Rule(function)  # type: ignore[return-value]


def entry(function: F) -> F:
    """Compile a rule that Python calls, and keep the result on disk."""
    cached = BUILD.is_dir() and os.access(BUILD, os.W_OK)
    return numba.njit(pipeline_class=LinkedCompiler, cache=cached, **_OPTIONS)(function)
