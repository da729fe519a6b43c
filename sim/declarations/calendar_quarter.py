"""Calendar quarters: the clock of the simulation.

>>> start = Quarter.parse("2010-Q1")
>>> str(start + 5), Quarter(2012, 3) - start, start < Quarter(2010, 2)
('2011-Q2', 10, True)

A `Quarter` can be the type of a pydantic field: files write it as text, and a wrong text is explained.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, overload

from sim.declarations.input_issues import Issue, IssueError, shown

ALLOWED = "expected a quarter such as '2010-Q1' (Q1 to Q4)"
_FORM = re.compile(r"([1-9][0-9]{3})-Q([1-4])")
_QUARTER_SLIP = re.compile(r"([1-9][0-9]{3})[\s/_.-]*[qQ]?[\s_-]*([1-4])")
_TURNED_SLIP = re.compile(r"[qQ]\s*([1-4])[\s/_.,-]*([1-9][0-9]{3})")
_MONTH_SLIP = re.compile(r"([1-9][0-9]{3})[-/.](0[1-9]|1[0-2])(?:[-/.][0-9]{1,2})?")
_NO_SUCH_QUARTER = re.compile(r"[1-9][0-9]{3}[\s/_-]*[qQ][\s_-]*[0-9]+")
_YEAR = re.compile(r"[1-9][0-9]{3}")
_FIRST, _LAST = 1000 * 4, 9999 * 4 + 3


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a calendar year.

    Attributes
    ----------
    year
        1000 to 9999, so that the text form always has four digits and sorts like the quarters themselves.
    number
        1 to 4.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1000 <= self.year <= 9999 and 1 <= self.number <= 4):
            raise ValueError(f"there is no quarter {self.number} of the year {self.year}")

    @classmethod
    def parse(cls, text: object) -> Quarter:
        """Read ``YYYY-Qn``.

        Raises
        ------
        IssueError
            With a sentence on what is allowed and, where it can be guessed, the quarter that was meant.
        """
        if isinstance(text, Quarter):
            return text
        found = _FORM.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise IssueError(_slip(text))
        return cls(int(found[1]), int(found[2]))

    @property
    def ordinal(self) -> int:
        """Quarters since the year 0; consecutive quarters differ by one."""
        return self.year * 4 + self.number - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Quarter:
        """Return the quarter with this `ordinal`."""
        if not _FIRST <= ordinal <= _LAST:
            raise ValueError("quarters run from 1000-Q1 to 9999-Q4")
        return cls(ordinal // 4, ordinal % 4 + 1)

    def index(self, start: Quarter) -> int:
        """Return the step of a run that began at `start` (0 at the start, negative before it)."""
        return self.ordinal - start.ordinal

    def __add__(self, quarters: int) -> Quarter:
        return Quarter.from_ordinal(self.ordinal + quarters)

    @overload
    def __sub__(self, other: Quarter) -> int: ...
    @overload
    def __sub__(self, other: int) -> Quarter: ...
    def __sub__(self, other: Quarter | int) -> Quarter | int:
        if isinstance(other, Quarter):
            return self.ordinal - other.ordinal
        return Quarter.from_ordinal(self.ordinal - other)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        # Imported here so that the calendar can be used without loading pydantic.
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.to_string_ser_schema(when_used="json"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Callable[[Any], Any]) -> dict[str, Any]:
        # `allowed` is what our own messages quote; editors use the pattern.
        return {
            "type": "string",
            "pattern": f"^{_FORM.pattern}$",
            "allowed": ALLOWED.removeprefix("expected "),
        }


def _slip(text: object) -> Issue:
    """Explain a value that is no quarter."""
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        return Issue((), f"found {shown(text)} where a quarter is expected", ALLOWED)
    text = text.strip()
    if _YEAR.fullmatch(text):
        return Issue((), f"{shown(text)} is a year without a quarter", ALLOWED, suggestion=f"{text}-Q1")
    if meant := _QUARTER_SLIP.fullmatch(text):
        year, number = meant[1], meant[2]
    elif meant := _TURNED_SLIP.fullmatch(text):
        year, number = meant[2], meant[1]
    elif meant := _MONTH_SLIP.fullmatch(text):
        year, number = meant[1], str((int(meant[2]) + 2) // 3)
    elif _NO_SUCH_QUARTER.fullmatch(text):
        return Issue((), f"{shown(text)} does not exist: a year has four quarters", ALLOWED)
    else:
        return Issue((), f"{shown(text)} is not a quarter", ALLOWED)
    return Issue((), f"{shown(text)} is not written as a quarter", ALLOWED, suggestion=f"{year}-Q{number}")
