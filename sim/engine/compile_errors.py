"""Errors of the compiler in one line: file, line, rule, and what is wrong.

Numba reports a misspelt field by the traceback of everything that led to it, hundreds of lines long.  `explained`
finds the rule that was being compiled last, and the line in it.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import pickle
import re
import textwrap
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from numba.core.errors import NumbaError

_ROOT = Path(__file__).parents[2]
_UNKNOWN_ATTRIBUTE = re.compile(r"Unknown attribute '(\w+)' of type (\w+)")
_UNDEFINED_NAME = re.compile(r"name '(\w+)' is not defined")
_PLACE = re.compile(r'File "([^"]+)", line (\d+)')
_CHATTER = ("Failed in ", "During:", "There are ", "Overload", " - Of which", "File ")


class RuleCompileError(Exception):
    """A rule cannot be compiled: a misspelt field, an undefined name, types that do not go together."""


def explained(error: BaseException, entered: Callable[..., Any]) -> RuleCompileError | None:
    """One clear error for one of the compiler's; None if it is none of the compiler's.

    Parameters
    ----------
    error : exception
        What a call of a compiled function raised.
    entered : function
        The function that Python called.
    """
    if isinstance(error, EOFError | OSError | pickle.PickleError):
        # The compiler's own file on disk.
        return None
    frames = list(_frames(error))
    compiled = [frame.f_locals["self"].py_func for frame in frames if _is_compilation(frame)]
    if not compiled and not isinstance(error, NumbaError):
        return None
    # Numba forgets where its own errors come from, but for the names of the functions in their text.
    rule = compiled[-1] if compiled else _innermost(entered, str(error))
    what, name = _described(error, frames, rule)
    path, line = _place(rule, name, str(error))
    return RuleCompileError(f"{path}:{line} in rule {rule.__name__}: {what}")


def _frames(error: BaseException) -> Iterator[FrameType]:
    """Frames of an error and of those that led to it, outermost first."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        yield frame
    inner = error.__cause__ or error.__context__
    if inner is not None:
        yield from _frames(inner)


def _is_compilation(frame: FrameType) -> bool:
    """Whether a frame compiles a function for some types of arguments."""
    compiles = frame.f_code.co_name == "compile" and frame.f_code.co_filename.endswith("dispatcher.py")
    return compiles and hasattr(frame.f_locals.get("self"), "py_func")


def _described(error: BaseException, frames: list[FrameType], rule: Callable[..., Any]) -> tuple[str, str]:
    """What is wrong, and the name in the source that it is about ('' for none)."""
    text = str(error)
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        # Numba looks a field of a row up in a dict.
        field = error.args[0]
        return _no_field(field, _fields(frames), rule), field
    if unknown := _UNKNOWN_ATTRIBUTE.search(text):
        return _no_field(unknown[1], [], rule), unknown[1]
    if undefined := _UNDEFINED_NAME.search(text):
        return f"name '{undefined[1]}' is not defined", undefined[1]
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(_CHATTER)]
    return " ".join(lines[:2]) or type(error).__name__, ""


def _no_field(field: str, known: list[str], rule: Callable[..., Any]) -> str:
    """The sentence about a field that there is not, and the nearest one that there is."""
    owner = next((ast.unparse(node.value) for node in _uses(rule, field) if isinstance(node, ast.Attribute)), "row")
    near = difflib.get_close_matches(field, known, 1, 0.5)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"field '{field}' is not one of {owner}'s fields{hint}"


def _fields(frames: list[FrameType]) -> list[str]:
    """Fields of the row type that numba looked a field up in."""
    for frame in reversed(frames):
        fields = getattr(frame.f_locals.get("self"), "fields", None)
        if isinstance(fields, dict):
            return list(fields)
    return []


def _uses(rule: Callable[..., Any], name: str) -> Iterator[ast.Attribute | ast.Name]:
    """Where the source of a rule uses a name or a field."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    for node in ast.walk(tree):
        if (isinstance(node, ast.Attribute) and node.attr == name) or (isinstance(node, ast.Name) and node.id == name):
            yield node


def _place(rule: Callable[..., Any], name: str, text: str) -> tuple[str, int]:
    """File and line: where the rule uses a name, else where the compiler says, else where the rule begins."""
    file = Path(inspect.getfile(rule))
    shown = str(file.relative_to(_ROOT)) if file.is_relative_to(_ROOT) else str(file)
    first = inspect.getsourcelines(rule)[1]
    for node in _uses(rule, name) if name else ():
        return shown, first + node.lineno - 1
    for place, line in _PLACE.findall(text):
        if Path(place).name == file.name:
            return shown, int(line)
    return shown, first


def _innermost(entered: Callable[..., Any], text: str) -> Callable[..., Any]:
    """The rule that was being compiled last, found by the names in the text of an error, innermost first."""
    rule = entered
    for name in reversed(re.findall(r"<function (\w+) at 0x", text)):
        found = rule.__globals__.get(name)
        function = getattr(found, "py_func", getattr(found, "__wrapped__", found))
        if inspect.isfunction(function):
            rule = function
    return rule
