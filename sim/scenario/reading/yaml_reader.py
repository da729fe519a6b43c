"""YAML reader: YAML 1.2 as users expect it, with the position of every key and value.

Plain PyYAML reads YAML 1.1: ``no`` becomes False, ``12:30`` becomes 750, ``1.2e9`` stays text, and of two
equal keys the last wins silently. Here the scalars follow the core schema of YAML 1.2, equal keys are an
error, and everything that makes a file mean something other than what it shows (anchors, aliases, ``<<``,
tags, several documents) is rejected. Built on PyYAML's events rather than its nodes: one pass without
recursion, so neither deep nesting nor an alias bomb can hurt.

>>> root, problems = read("city: {open: no, at: 12:30, budget: 1.2e9}", "x.yaml")
>>> root.value["city"].value["open"].value, root.value["city"].value["budget"].value
('no', 1200000000.0)
>>> root.value["city"].value["budget"].at.column
37
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.declarations.input_issues import KeyPath, Problem, Scalar, printable
from sim.scenario.reading.located_values import (
    BROKEN,
    DEEP_ALLOWED,
    DEEPEST,
    HALF,
    TOO_DEEP,
    WHOLE,
    Broken,
    Node,
    Place,
    is_half,
)
from sim.scenario.reading.yaml_scalars import scalar
from sim.scenario.reading.yaml_syntax_errors import syntax_problem, unusable_character

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Reading ends here: a file with more mistakes than this is not the file the user meant to give.
MOST_PROBLEMS = 100
# A title stands at the top; a listing of files need not read them whole.
_MOST_PEEKED = 10_000
# The pure Python parser lets a few plain exceptions through (an escape such as "\\Uffffffff").
_PARSER_ERRORS = (yaml.YAMLError, ValueError, OverflowError, IndexError)

# Whole numbers (years, say) may be keys, as their text; 0x10 or 1.0 is never meant as a name.
_NUMBER_KEY = re.compile(r"[0-9]+")


def read(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document.

    Parameters
    ----------
    text
        The document.
    file
        Its name in messages.

    Returns
    -------
    tuple
        The root and all problems found. The root is None when the text is empty or its syntax is wrong (then
        the syntax problem is the last one).
    """
    if problem := unusable_character(text, file):
        return None, [problem]
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
            if builder.stopped:
                return None, builder.problems
    except _PARSER_ERRORS as error:
        return None, [*builder.problems, syntax_problem(error, text, file)]
    if builder.root is None or builder.root.value is None:
        return None, builder.problems or [Problem(file, 1, 1, (), "the file is empty", "expected keys and values")]
    return builder.root, builder.problems


def first_value(text: str, key: str) -> str:
    """Return the text of a top-level scalar, reading no further than needed; "" when there is none."""
    depth, at_key, ours = 0, True, False
    try:
        for count, event in enumerate(_events(text)):
            if count > _MOST_PEEKED or (depth == 0 and isinstance(event, SequenceStartEvent)):
                break
            if isinstance(event, ScalarEvent) and depth == 1 and ours and not at_key:
                return str(event.value)
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                depth += 1
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                depth -= 1
            # Below the root, keys and values take turns; a collection counts when it ends.
            if depth == 1 and isinstance(event, ScalarEvent | MappingEndEvent | SequenceEndEvent):
                ours = at_key and isinstance(event, ScalarEvent) and event.value == key
                at_key = not at_key
    except _PARSER_ERRORS:
        pass
    return ""


def _events(text: str) -> Iterator[Event]:
    events: Iterator[Event] = yaml.parse(text, Loader=LOADER)
    return events


@dataclass(slots=True)
class _Key:
    text: str
    at: Place
    # False for a key already reported: its value is read (for its own problems) and dropped.
    kept: bool = True


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    node: Node
    key: _Key | None = None
    # This collection stands where a key should: once it closes, its value is dropped.
    is_key: bool = False


class _Builder:
    """Builds the tree event by event and collects what is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.stopped = False
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event of the parser."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._start(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._end()
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self._document(event)
        if len(self.problems) >= MOST_PROBLEMS:
            self.stopped = True

    def _report(self, at: Place, what: str, allowed: str, path: KeyPath | None = None) -> None:
        if path is None:
            path = self._path_ahead()
        self.problems.append(Problem(self.file, at.line, at.column, path, what, allowed))

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _path_ahead(self) -> KeyPath:
        """Return the path of the value that comes next (of its parent, when a key comes next)."""
        if not self._open:
            return ()
        top = self._open[-1]
        if isinstance(top.node.value, list):
            return (*top.node.path, len(top.node.value))
        return top.node.path if top.key is None else (*top.node.path, top.key.text)

    def _key_expected(self) -> bool:
        return bool(self._open) and self._open[-1].key is None and isinstance(self._open[-1].node.value, dict)

    def _add(self, value: Any, at: Place, written: str = "") -> Node:
        """Put a value where one is expected."""
        key = self._open[-1].key if self._open else None
        node = Node(value, self._path_ahead(), at, key.at if key else at, written)
        if not self._open:
            self.root = node
            return node
        top = self._open[-1]
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict) and key is not None and key.kept:
            top.node.value[key.text] = node
        top.key = None
        return node

    def _check_properties(self, event: Any, at: Place) -> bool:
        """Reject anchors and tags; return whether the value can be trusted all the same."""
        if event.anchor is not None:
            self._report(at, f"anchors (&{printable(event.anchor)}) are not read", "write the value without one")
        if event.tag is None:
            return True
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self._report(at, f"the tag {printable(tag)} is not read", "write the value without one")
        return False

    def _scalar(self, event: Any) -> None:
        at = self._place(event)
        plain = event.implicit[0]
        valid = self._check_properties(event, at)
        if self._key_expected():
            self._key(event.value, at, plain)
            return
        if plain and event.value == "" and self._open and (key := self._open[-1].key):
            at = key.at  # nothing was written: the parser's own position is somewhere after the colon
        value: Scalar | Broken = BROKEN
        if valid:
            try:
                value = scalar(event.value) if plain else event.value
            except OverflowError:
                self._report(at, "the number is too large", "expected a number below 1e308")
        if isinstance(value, str) and is_half(value):
            self._report(at, HALF, WHOLE)
            value = BROKEN
        self._add(value, at, event.value if plain and not isinstance(value, str) else "")

    def _key(self, text: str, at: Place, plain: bool) -> None:
        top = self._open[-1]
        items = top.node.value
        assert isinstance(items, dict)
        top.key = key = _Key(text, at)
        path = (*top.node.path, text)
        if plain and text == "<<":
            key.kept = False
            self._report(at, "merge keys (<<) are not read", "write the entries out, or use extends", path)
        elif plain and not _NUMBER_KEY.fullmatch(text) and not self._is_text(text):
            key.kept = False
            what = f"the key {printable(text) or '(nothing)'} is not text"
            self._report(at, what, "put it in quotes if it is a name", top.node.path)
        elif is_half(text):
            key.kept = False
            self._report(at, HALF, WHOLE, path)
        elif text in items:
            key.kept = False
            first = items[text].key_at.line
            self._report(at, f"the key is written twice, first in line {first}", "keep one of the two", path)

    @staticmethod
    def _is_text(text: str) -> bool:
        try:
            return isinstance(scalar(text), str)
        except OverflowError:
            return False

    def _start(self, event: Any) -> None:
        at = self._place(event)
        self._check_properties(event, at)
        if len(self._open) >= DEEPEST:
            self._report(at, TOO_DEEP, DEEP_ALLOWED, ())
            self.stopped = True
            return
        value: dict[str, Node] | list[Node] = {} if isinstance(event, MappingStartEvent) else []
        if self._key_expected():
            self._report(at, "a list or mapping cannot be a key", "keys are text")
            self._open.append(_Open(Node(value, self._path_ahead(), at, at), is_key=True))
        else:
            self._open.append(_Open(self._add(value, at)))

    def _end(self) -> None:
        closed = self._open.pop()
        if closed.is_key:
            self._open[-1].key = _Key("", closed.node.at, kept=False)

    def _alias(self, event: Any) -> None:
        at = self._place(event)
        name = printable(event.anchor)
        self._report(at, f"aliases (*{name}) are not read", "write the value out, or put the text in quotes")
        if self._key_expected():
            self._open[-1].key = _Key("", at, kept=False)
        else:
            self._add(BROKEN, at)

    def _document(self, event: Any) -> None:
        self._documents += 1
        at = self._place(event)
        if event.version is not None and tuple(event.version) != (1, 2):
            self._report(at, "files are read as YAML 1.2", "leave the %YAML line out", ())
        if self._documents > 1:
            self._report(at, "a second document begins here", "one document a file is read; remove '---'", ())
            self.stopped = True
