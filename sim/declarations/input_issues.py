"""Input issues: what can be wrong with an input file, reported in one line each.

A user who made three mistakes should fix three mistakes in one go, so problems are values that are collected
and reported together, never the first exception that happened to be raised. A `Issue` knows only where in
the tree of values something is wrong; a `Problem` also knows the file, line and column, and is what gets
printed.

>>> print(Problem("city.yaml", 3, 5, ("cities", "x", "budgt"), "unknown key", "allowed: budget", "budget"))
city.yaml:3:5 cities.x.budgt: unknown key; allowed: budget; did you mean 'budget'?
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
Scalar = str | int | float | bool | None

# A key that needs no quotes when it is shown as part of a dotted path.
_PLAIN_KEY = re.compile(r"[^\s.\[\]\"':;]+")
# Longer words are never typos of a key, and difflib is quadratic in their length.
_LONGEST_WORD = 80
_LONGEST_SHOWN = 60

INVALID, UNKNOWN_KEY, UNKNOWN_NAME, MISSING_KEY = "invalid-value", "unknown-key", "unknown-name", "missing-key"
"""Kinds of errors, for programs; warnings have kinds of their own."""

MOST_SHOWN = 20
"""Problems that a message lists; nobody reads further, and most of thousands are one mistake."""


def printable(text: str) -> str:
    """Return `text` on one line, with whatever a terminal cannot show written as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def key_path(path: Iterable[str | int]) -> str:
    """Write a path of keys and list indices the way users read it.

    >>> key_path(("cities", "new town", "lots", 2, "field"))
    'cities."new town".lots[2].field'
    """
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            shown_key = part if _PLAIN_KEY.fullmatch(part) else f'"{_shortened(part)}"'
            out += ("." if out else "") + shown_key
    return out


def shown(value: object) -> str:
    """Write a value as it would stand in a YAML file, shortened: ``'text'``, ``3.5``, ``true``, ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{_shortened(value)}'"
    if isinstance(value, int | float):
        return _shortened(repr(value))
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a value"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def listed(names: Iterable[str], most: int = 12) -> str:
    """Join names for an "allowed" sentence, keeping it readable when there are many.

    >>> listed(["b", "a"]), listed("abcd", most=2)
    ("'b', 'a'", "'a', 'b' and 2 more")
    """
    every = [shown(name) for name in names]
    more = len(every) - most
    return ", ".join(every[:most]) + (f" and {more} more" if more > 0 else "")


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` was probably meant to be, or None.

    Case and the choice between ``-``, ``_`` and blanks are the commonest slips, so they are ignored first.

    >>> suggest("Hai-Dian", ["haidian", "hai_dian"]), suggest("budgte", ["budget", "staff"])
    ('hai_dian', 'budget')
    """
    if len(word) > _LONGEST_WORD:
        return None
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(_fold(candidate), candidate)
    best = difflib.get_close_matches(_fold(word), folded, n=1)
    return folded[best[0]] if best else None


def _fold(word: str) -> str:
    return re.sub(r"[-_\s]+", "_", word.strip().casefold())


@dataclass(frozen=True)
class Issue:
    """Something wrong at a place in the tree of values, found by a check that knows nothing of files.

    Attributes
    ----------
    path
        Keys and list indices from the root (in a `IssueError`: from the value that is validated).
    what
        What is wrong, without the path: "'haidain' is no district of this city".
    allowed
        What would be right: "expected one of 'haidian', 'xicheng'".
    value, candidates
        A wrong name and the names it may have meant; the nearest becomes the suggestion.
    suggestion
        A repair worked out by the check itself; goes before `candidates`.
    at_key
        Point at the key instead of the value.
    other
        Another place that it is about; its line is given too.
    kind
        What kind of thing is wrong, in a word for programs.
    text_meant
        A number, or true or false, stands where text is expected: what the file says there is the text.
    """

    path: KeyPath
    what: str
    allowed: str = ""
    value: str | None = None
    candidates: Sequence[str] = ()
    suggestion: Scalar = None
    at_key: bool = False
    other: KeyPath = ()
    kind: str = INVALID
    text_meant: bool = False

    def repair(self) -> Scalar:
        """Return what the user probably meant, or None."""
        if self.suggestion is not None or self.value is None:
            return self.suggestion
        return suggest(self.value, self.candidates)


class IssueError(ValueError):
    """Raise this in a pydantic validator: its issues get positions and suggestions like all others.

    Paths are relative to the value being validated, so a model validator can point at one of its fields:

    ``raise IssueError(Issue(("end",), "the end is before the start", "expected a quarter after
    2010-Q1"))``
    """

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*issues)
        self.issues = issues

    def __str__(self) -> str:
        return " / ".join("; ".join(filter(None, (f.what, f.allowed))) for f in self.issues)


@dataclass(frozen=True)
class Problem:
    """One thing a user has to repair, and where. Lines and columns count from 1; 0 or "" means unknown."""

    file: str
    line: int
    column: int
    path: KeyPath
    what: str
    allowed: str = ""
    suggestion: Scalar = None
    kind: str = INVALID

    @property
    def place(self) -> str:
        """``file:line:column``, as far as known."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def key_path(self) -> str:
        """The dotted path of keys, as in the message."""
        return key_path(self.path)

    def __str__(self) -> str:
        head = " ".join(filter(None, (self.place, self.key_path)))
        hint = "" if self.suggestion is None else f"did you mean {shown(self.suggestion)}?"
        body = "; ".join(filter(None, (self.what, self.allowed, hint)))
        return printable(f"{head}: {body}" if head else body)


class ScenarioError(ValueError):
    """The input cannot be used; `problems` holds everything that was found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        # Equal problems arise when one wrong template serves many entries: they are one repair.
        self.problems = list(dict.fromkeys(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        more = len(self.problems) - MOST_SHOWN
        rest = [f"and {more:,} more problem{'s' * (more > 1)}"] if more > 0 else []
        return "\n".join([*map(str, self.problems[:MOST_SHOWN]), *rest])
