"""Replaced rules: what a program has put in the place of a rule, or of a number that rules use, after they were read.

Compiled code holds rules and numbers as they were when it was compiled, so a rule that is replaced from Python, or a
module of rules that is loaded again, would change nothing.  Each rule notes the names that it uses when it is read;
before a run they are compared with what they mean now.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from operator import is_
from types import CodeType
from typing import Any

_PACKAGE = "sim"
_noted: dict[tuple[str, str], tuple[dict[str, Any], object]] = {}
# The same as columns, which are gone through in a few hundredths of a millisecond before every run.
_spaces: list[dict[str, Any]] = []
_names: list[str] = []
_values: list[object] = []
_read_again: set[str] = set()
_MOST_NAMED = 3


class ReplacedRuleError(RuntimeError):
    """A rule, or a number that rules use, was replaced where that would have no effect."""


def note_rule(function: Callable[..., Any], made: object) -> None:
    """Note a rule, and what the names that it uses mean, while its module is read.

    Parameters
    ----------
    function : callable
        The function as it is written.
    made : object
        What takes its name in the module.
    """
    module, name = function.__module__, function.__qualname__
    space = function.__globals__
    # An example in a docstring runs in a copy of its module's names, which is emptied afterwards.
    if module.split(".")[0] != _PACKAGE or "." in name or space is not vars(sys.modules[module]):
        return
    _note(module, name, space, made)
    for used in _used_names(function.__code__):
        if used in space and used != name:
            _note(module, used, space, space[used])


def _used_names(code: CodeType) -> Iterator[str]:
    """Names that code, and functions inside it, may look up in its module."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _used_names(constant)


def _note(module: str, name: str, space: dict[str, Any], value: object) -> None:
    """Note what a name means; one that is noted already as something else was read again."""
    if (module, name) not in _noted:
        _noted[module, name] = (space, value)
        _spaces.append(space)
        _names.append(name)
        _values.append(value)
    elif _noted[module, name][1] is not value:
        _read_again.add(f"{module}.{name}")


def replaced_names() -> list[str]:
    """Full names that mean something else than when the rules were read, in order."""
    if not _read_again and all(map(is_, map(dict.get, _spaces, _names), _values)):
        return []
    changed = {f"{module}.{name}" for (module, name), (space, value) in _noted.items() if space.get(name) is not value}
    return sorted(changed | _read_again)


def refuse_replaced_rules(*, kept: bool = False) -> None:
    """See that a run would follow the rules as they are now.

    Parameters
    ----------
    kept : bool
        Whether the run goes into a folder of results, which must be what the sources give; what is replaced in this
        process does not reach worker processes either.

    Raises
    ------
    ReplacedRuleError
        If something was replaced, and rules are compiled or the run is kept.
    """
    names = replaced_names()
    if not names:
        return
    from numba.core import config

    if config.DISABLE_JIT and not kept:
        return
    more = len(names) - _MOST_NAMED
    what = f"{', '.join(names[:_MOST_NAMED])}{f' and {more} more' if more > 0 else ''}"
    replaced = f"{what} {'was' if len(names) == 1 else 'were'} replaced after the rules were read"
    uncompiled = "start Python with NUMBA_DISABLE_JIT=1, which runs the rules uncompiled"
    if kept:
        raise ReplacedRuleError(
            f"{replaced}; a folder of results holds what the sources give, and workers do not see the replacement: "
            f"edit the source file, or call simulate() in this process and {uncompiled}"
        )
    raise ReplacedRuleError(f"{replaced}, and compiled rules do not see that; edit the source file, or {uncompiled}")
