"""Observed cells: what a date, an outcome and a number may look like in a file of observed series, and what was meant.

Every function returns the value, or an `Issue` that says what is wrong, what is allowed and what was probably meant.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import UNKNOWN_NAME, Issue, IssueError, Scalar, shown
from sim.declarations.outcome_type import Outcome
from sim.declarations.removed_names import gone
from sim.declarations.renamed_names import called_now, renamed
from sim.declarations.sector_outcomes import SECTOR
from sim.scenario.reading.number_guesses import meant_number
from sim.scenario.reading.plain_punctuation import plain

OUTCOMES = {outcome.name: outcome for outcome in SECTOR}
"""Outcomes by name."""

_YEAR = re.compile(r"[1-9][0-9]{3}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_RANGE = re.compile(r"([0-9][0-9.]*) ?(?:-| to ) ?([0-9][0-9.]*)")
_LARGEST = 1e15
"""More than any outcome can be: fen are counted to 2**53."""
_YEARLY = 4
"""Largest rate a year: whatever happens to everybody in each quarter."""
_DATE = "expected a quarter such as 2013-Q4 or a year such as 2013"
_PLAIN = "expected a number such as 1500000 or 0.25, with a point before decimals and nothing between thousands"


@dataclass(frozen=True)
class ObservedDate:
    """A quarter, or a year of four.

    Attributes
    ----------
    first : Quarter
        The first quarter.
    quarters : int
        1 or 4.
    """

    first: Quarter
    quarters: int

    @property
    def last(self) -> Quarter:
        """The last quarter."""
        return self.first + (self.quarters - 1)

    def __str__(self) -> str:
        return str(self.first.year) if self.quarters > 1 else str(self.first)


def read_date(text: str) -> ObservedDate | Issue:
    """Read a quarter or a year.

    >>> str(read_date("2013")), str(read_date("2013-Q4")), read_date("Q4 2013").suggestion
    ('2013', '2013-Q4', '2013-Q4')
    """
    if not text:
        return Issue((), "no date", _DATE)
    if _YEAR.fullmatch(text):
        return ObservedDate(Quarter(int(text), 1), 4)
    bare = plain(text).removesuffix("\u5e74").strip()
    if _YEAR.fullmatch(bare):
        return Issue((), f"{shown(text)} is not a plain year", _DATE, suggestion=int(bare))
    try:
        return ObservedDate(Quarter.parse(text), 1)
    except IssueError as error:
        found = error.issues[0]
        return Issue((), found.what, _DATE, suggestion=found.suggestion)


def read_outcome(text: str) -> Outcome | Issue:
    """Find an outcome of the table `sector` by its name.

    >>> read_outcome("wage").unit, read_outcome("agencees").repair()
    ('CNY/month', 'agencies')
    """
    if not text:
        return Issue((), "no outcome", "expected an outcome of the table 'sector', such as 'agencies'")
    if text in OUTCOMES:
        return OUTCOMES[text]
    new = renamed("outcome", text)
    said = called_now(new) if new else gone("outcome", text)
    allowed = said or "expected an outcome of the table 'sector'; 'sim outcomes' lists them"
    return Issue((), f"no outcome {shown(text)}", allowed, None if said else text, tuple(OUTCOMES), kind=UNKNOWN_NAME)


def read_number(text: str) -> float | Issue:
    """Read a finite number in plain form.

    >>> (
    ...     read_number("1e6"),
    ...     read_number("84,126").suggestion,
    ...     read_number("~50").suggestion,
    ...     read_number("20 %").suggestion,
    ... )
    (1000000.0, 84126, 50, 0.2)
    """
    if not text:
        return Issue((), "no value", _PLAIN)
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return Issue((), f"{shown(text)} is not a plain number", _range_words(text) or _PLAIN, suggestion=_meant(text))


def is_flow(outcome: Outcome) -> bool:
    """Whether it adds up over time: so many of its unit in a quarter; a rate of events is none.

    >>> is_flow(OUTCOMES["paid"]), is_flow(OUTCOMES["agencies"]), is_flow(OUTCOMES["closure_hazard"])
    (True, False, False)
    """
    return outcome.unit.endswith("/quarter") and not outcome.unit.startswith("1/")


def beyond_scale(outcome: Outcome, value: float) -> Issue | None:
    """Say that a value lies outside the scale of its outcome, as a percentage does where a share is meant."""
    if outcome.unit in ("share", "0-1") and not 0 <= value <= 1:
        meant = value / 100 if 1 < value <= 100 else None
        return Issue((), f"{value:.15g} is outside the scale of '{outcome.name}'", "expected 0 to 1", suggestion=meant)
    if outcome.unit == "1/year" and value > _YEARLY:
        meant = value / 100 if value <= 100 else None
        what = f"{value:.15g} a year is more than everybody in each quarter"
        return Issue((), what, f"expected 0 to {_YEARLY}, such as 0.2 for a fifth a year", suggestion=meant)
    if abs(value) > _LARGEST:
        return Issue((), f"{value:.15g} is more than any outcome can be", f"expected at most {_LARGEST:g}")
    if value < 0 and outcome.unit != "months":
        return Issue((), f"{value:.15g} is below 0", f"expected 0 or more {outcome.unit}")
    return None


def _meant(text: str) -> Scalar:
    """A number that a text stands for, without its signs of "about" and "more than", thousands and per cent."""
    bare = plain(text).strip("~≈<>≥≤+约近 ").removeprefix("c.").strip()
    return meant_number(bare)


def _range_words(text: str) -> str:
    """What is said of a text that gives a range for a number; nothing for any other.

    >>> _range_words("40-60"), _range_words("-5")
    ('expected one number; 40 and 60 belong into low and high', '')
    """
    found = _RANGE.fullmatch(plain(text).replace("~", "-"))
    return f"expected one number; {found[1]} and {found[2]} belong into low and high" if found else ""
