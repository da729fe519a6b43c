"""Message essentials of problems in an input file: place, kind, names and numbers, suggestion; not its wording.

>>> essentials("f:1:9 number: 2 is too large; expected a number from 0 to 1; did you mean 1?")
Essentials(place='f:1:9 number', kinds=('too large',), values=('2', '0', '1'), suggestion='1')
"""

from __future__ import annotations

import re
from typing import NamedTuple

KINDS = (
    *("too large", "too small", "too long", "too short", "too few", "too late", "too many", "too much", "empty"),
    *("unknown", "missing", "twice", "none of the choices", "multiple", "infinite", "outside the run", "cannot stand"),
    *("where", "needs", "before", "after", "is in", "belongs to", "more than", "above", "below"),
)
"""Words that say what is wrong; those that a message has are its kind."""

_VALUE = re.compile(r"'[^']*'|[-+]?(?<![\w.])\d[\d.,\-Q]*")
_HINT = re.compile(r"did you mean (.*)\?$")


class Essentials(NamedTuple):
    """What a message says, whatever its words."""

    place: str
    kinds: tuple[str, ...]
    values: tuple[str, ...]
    suggestion: str | None


def essentials(message: str) -> Essentials:
    """Take a message apart.

    Parameters
    ----------
    message : str
        Place, a colon, what is wrong, what is allowed, and perhaps a suggestion.
    """
    place, _, text = message.partition(": ")
    hint = _HINT.search(text)
    body = text[: hint.start()] if hint else text
    what = re.sub(r"'[^']*'", "''", body.partition("; ")[0])
    kinds = tuple(kind for kind in KINDS if re.search(rf"\b{kind}\b", what))
    return Essentials(place, kinds, tuple(_VALUE.findall(body)), hint[1] if hint else None)


def same_messages(found: list[str], expected: list[str]) -> bool:
    """Whether messages, in order, agree in their essentials; the difference is shown where they do not."""
    assert [essentials(message) for message in found] == [essentials(message) for message in expected]
    return True
