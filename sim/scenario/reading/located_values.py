"""Located values: plain values with the file, line and column where they were written.

Files become trees of nodes; layering and templates work on nodes, and only at the very end are they turned
into plain values. That is why an error in an inherited value can still name the parent's file and line.
"""

from __future__ import annotations

import enum
import numbers
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from pydantic import BaseModel

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, KeyPath, Problem, shown
from sim.scenario.reading.plain_punctuation import has_structure, instead, odd_signs, plain, unquoted

# Deeper than any of our models, and below Python's recursion limit.
DEEPEST = 50
TOO_DEEP = "values are nested too deeply"
DEEP_ALLOWED = f"at most {DEEPEST} levels of lists and mappings are read"
HALF = "the text holds half a character (a lone surrogate)"
WHOLE = "write the character itself"
# Beyond this a whole number cannot become a float, and Python itself refuses to read thousands of digits.
MOST_BITS = 1023


class Broken(enum.Enum):
    """Marks a value that was already reported, so that nothing else complains about it."""

    BROKEN = "broken"


BROKEN = Broken.BROKEN


def is_half(text: str) -> bool:
    """Return whether the text holds a surrogate without its pair, as escapes and Python may."""
    return not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; lines and columns from 1, 0 when the value was not read from text."""

    file: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()
Value: TypeAlias = "str | int | float | bool | Broken | dict[str, Node] | list[Node] | None"


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place, the place of its key, the path under which it stands, and the word in the file.

    The word (``0110`` for the number 110) is kept of what is not text: where a name is meant, it is what counts.
    """

    value: Value
    path: KeyPath = ()
    at: Place = NOWHERE
    key_at: Place = NOWHERE
    written: str = field(default="", compare=False)

    def problem(self, what: str, allowed: str = "", *, at_key: bool = False, suggestion: str | None = None) -> Problem:
        """Return a problem that points here."""
        place = self.key_at if at_key else self.at
        return Problem(place.file, place.line, place.column, self.path, what, allowed, suggestion)


def located(root: Node, path: KeyPath, *, at_key: bool = False) -> tuple[Place, KeyPath]:
    """Find where the value at `path` was written, and under which path.

    What is not in the tree (a missing key) is looked for at its nearest ancestor's key. The path written can
    differ from `path` when a template supplied the value.
    """
    node, rest = find_node(root, path)
    if rest:
        return node.key_at, (*node.path, *rest)
    return (node.key_at if at_key else node.at), node.path


def find_node(root: Node, path: KeyPath) -> tuple[Node, KeyPath]:
    """The node at `path`, or its nearest ancestor that is there, and the rest of the path."""
    node = root
    for depth, part in enumerate(path):
        below: Node | None = None
        if isinstance(node.value, dict) and isinstance(part, str):
            below = node.value.get(part)
        elif isinstance(node.value, list) and isinstance(part, int) and 0 <= part < len(node.value):
            below = node.value[part]
        if below is None:
            return node, path[depth:]
        node = below
    return node, ()


def to_problem(root: Node, issue: Issue, *, guess: bool = True) -> Problem:
    """Give a finding its position. With `guess` false no suggestion is searched for."""
    node, rest = find_node(root, issue.path)
    place, path = located(root, issue.path, at_key=issue.at_key)
    if issue.text_meant and not rest:
        issue = _as_written(issue, node)
    elif not rest and isinstance(text := issue.path[-1] if issue.at_key and issue.path else node.value, str):
        issue = _with_plain_signs(issue, text)
    suggestion = issue.repair() if guess else issue.suggestion
    what = issue.what
    if issue.other:
        second, _ = located(root, issue.other, at_key=issue.at_key)
        what += f" ({second.file}:{second.line}:{second.column})" if second.line else ""
    return Problem(place.file, place.line, place.column, path, what, issue.allowed, suggestion, issue.kind)


def _as_written(issue: Issue, node: Node) -> Issue:
    """A number where text is expected: its text is what stands in the file, not the number in another writing."""
    if not node.written or node.written == shown(node.value):
        return issue
    what = f"found {node.written} where text is expected"
    return replace(issue, what=what, allowed=f"put {shown(node.written)} in quotes", suggestion=None)


def _with_plain_signs(issue: Issue, text: str) -> Issue:
    """Say which signs of a text that cannot stand are not the ones that files need, and offer it with those."""
    odd = next((character for _, character in odd_signs(text)), None)
    better = unquoted(plain(text))
    known = issue.value is None or better in issue.candidates
    if odd is None or not known or (odd.isspace() and isinstance(issue.suggestion, int | float)):
        return issue
    allowed = "; ".join(filter(None, (issue.allowed, instead(odd))))
    offered = better if issue.suggestion is None and not has_structure(better) else issue.suggestion
    return replace(issue, allowed=allowed, suggestion=offered)


def from_python(values: Mapping[Any, Any]) -> tuple[Node, list[Problem]]:
    """Turn values written in Python into a tree without positions.

    Tuples and sets become lists, enumerations their values, models their fields and quarters their text, so
    that Python users may write what reads best.
    """
    problems: list[Problem] = []
    return _python_node(values, (), problems), problems


def _python_node(value: Any, path: KeyPath, problems: list[Problem]) -> Node:
    if len(path) > DEEPEST:
        problems.append(Problem("", 0, 0, (), TOO_DEEP, DEEP_ALLOWED))
        return Node(BROKEN, path)
    if isinstance(value, BaseModel):
        value = value.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, Mapping):
        items: dict[str, Node] = {}
        for key, below in value.items():
            if isinstance(key, str) and is_half(key):
                problems.append(Problem("", 0, 0, (*path, key), HALF, WHOLE))
            elif isinstance(key, bool) or not isinstance(key, str | int):
                problems.append(Problem("", 0, 0, path, f"the key {key!r} is not text", "keys are text"))
            else:
                items[str(key)] = _python_node(below, (*path, str(key)), problems)
        return Node(items, path)
    if isinstance(value, set | frozenset):
        # A set has no order of its own; a fixed one keeps equal inputs equal.
        value = sorted(value, key=repr)
    if isinstance(value, list | tuple):
        return Node([_python_node(v, (*path, i), problems) for i, v in enumerate(value)], path)
    return _python_scalar(value, path, problems)


def _python_scalar(value: Any, path: KeyPath, problems: list[Problem]) -> Node:
    # The abstract number types also cover NumPy's scalars without importing NumPy.
    if isinstance(value, str) and is_half(value):
        problems.append(Problem("", 0, 0, path, HALF, WHOLE))
        return Node(BROKEN, path)
    if value is None or isinstance(value, bool | str):
        return Node(value, path)
    if isinstance(value, numbers.Integral):
        if int(value).bit_length() > MOST_BITS:
            problems.append(Problem("", 0, 0, path, "the number is too large", "expected a number below 1e308"))
            return Node(BROKEN, path)
        return Node(int(value), path)
    if isinstance(value, numbers.Real):
        return Node(float(value), path)
    if isinstance(value, Quarter):
        return Node(str(value), path)
    what = f"found a Python value of type {type(value).__name__}"
    problems.append(Problem("", 0, 0, path, what, "expected text, a number, true or false, a list or a mapping"))
    return Node(BROKEN, path)
