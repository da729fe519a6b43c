"""How a rule of the model is compiled.

A rule is an ordinary Python function on rows.  `rule` marks one that other rules call; `entry` one of the few that
Python itself calls, whose compiled code is kept on disk (`sim.engine.rules_cache`).  Rules are compiled without being
linked, and an entry links all that it reaches (`sim.engine.jit_linking`); a rule that Python does call, as tests do, is
then compiled as an entry too.

Two environment variables change that, and no result:

``NUMBA_DISABLE_JIT=1``
    The same rules as plain Python, in a debugger or under coverage.
``SIM_COMPILER=plain``
    Compile with `numba.njit` alone, without the parts of numba that are not public; several times slower to compile.

>>> @rule
... def double(amount):
...     return 2 * amount
>>> double(21)
42
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import numba
from numba.core import config

from sim.engine import rules_cache
from sim.engine.compile_errors import explained
from sim.engine.replaced_rules import note_rule

if TYPE_CHECKING:
    from types import ModuleType

F = TypeVar("F", bound=Callable[..., object])

NUMBA_FROM, NUMBA_BELOW = (0, 68), (0, 69)
"""Versions of numba that the linking of rules is known to work with; `pyproject.toml` has the same bounds."""

_OPTIONS = {"nogil": True, "error_model": "numpy"}
_PLAIN = rules_cache.compiler_name() == "plain"


def check_numba(version: str) -> None:
    """Refuse a version of numba whose inner parts `sim.engine.jit_linking` was not tested with.

    Parameters
    ----------
    version : str
        As `numba.__version__` gives it.

    Raises
    ------
    ImportError
        If it is outside the bounds.
    """
    if NUMBA_FROM <= tuple(int(part) for part in version.split(".")[:2]) < NUMBA_BELOW:
        return
    wanted = "numba>={}.{},<{}.{}".format(*NUMBA_FROM, *NUMBA_BELOW)
    raise ImportError(
        f"numba {version} does not suit this version of sim: install '{wanted}', or set SIM_COMPILER=plain, which "
        "compiles more slowly but with any numba"
    )


def _jit_linking() -> ModuleType:
    """The linking compiler, which is imported only where it is used: it needs parts of numba that may change."""
    check_numba(numba.__version__)
    from sim.engine import jit_linking

    return jit_linking


class Compiled:
    """A compiled function that Python calls; what the compiler says is put into one line."""

    def __init__(self, function: Callable[..., Any], jitted: Callable[..., Any]) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._jitted = jitted

    def __call__(self, *args: object, **named: object) -> object:
        """Run the function, compiled for these arguments.

        Raises
        ------
        RuleCompileError
            If it cannot be compiled.
        """
        try:
            return self._jitted(*args, **named)
        except Exception as error:
            clear = explained(error, self._function)
            if clear is None:
                raise
            raise clear from (error if config.DEVELOPER_MODE else None)


class PlainEntry(Compiled):
    """An entry that `numba.njit` alone compiles and keeps on disk."""

    def __call__(self, *args: object, **named: object) -> object:
        """Run the entry; if its file on disk cannot be read or written, compile it in memory."""
        try:
            return super().__call__(*args, **named)
        except (EOFError, pickle.PickleError, OSError) as error:
            rules_cache.warn(f"{type(error).__name__}: {error}; rules are compiled in memory")
            self._jitted = numba.njit(**_OPTIONS)(self._function)
            return super().__call__(*args, **named)


class Rule:
    """A rule as numba sees it, unlinked, and as Python does, a function."""

    def __init__(self, function: Callable[..., object]) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._unlinked = _jit_linking().unlinked(function, _OPTIONS)

    @property
    def _numba_type_(self) -> Any:
        """What numba calls when another rule calls this one."""
        return self._unlinked._numba_type_

    @functools.cached_property
    def _linked(self) -> Compiled:
        """What Python calls; few rules are, so it is made when one is."""
        return Compiled(self._function, _jit_linking().linked(self._function, _OPTIONS, keep=False))

    def __call__(self, *args: object, **named: object) -> object:
        """Run the rule, compiled for these arguments."""
        return self._linked(*args, **named)


def rule(function: F) -> F:
    """Compile a rule that other rules call."""
    if config.DISABLE_JIT:
        made: Any = function
    else:
        made = numba.njit(**_OPTIONS)(function) if _PLAIN else Rule(function)
    note_rule(function, made)
    return made


def entry(function: F) -> F:
    """Compile a rule that Python calls, and keep the result on disk."""
    made = function if config.DISABLE_JIT else _entry(function)
    note_rule(function, made)
    return made  # type: ignore[return-value]


def _entry(function: Callable[..., Any]) -> Compiled:
    """What Python calls in the place of a function."""
    if not _PLAIN:
        return Compiled(function, _jit_linking().linked(function, _OPTIONS, keep=True))
    if rules_cache.FOLDER is not None:
        config.CACHE_DIR = str(rules_cache.FOLDER)
    return PlainEntry(function, numba.njit(cache=rules_cache.FOLDER is not None, **_OPTIONS)(function))
