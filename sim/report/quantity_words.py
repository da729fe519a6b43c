"""Quantity words: outcomes, differences and intervals as a reader without the unit tables reads them.

Shares become per cent and differences of them percentage points, flows of a quarter flows of a year, and large sums of
money millions; so many digits are written as the interval makes known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.declarations.outcome_type import Outcome
from sim.statistics.number_format import digits, number, scale, written

QUARTERS_A_YEAR = 4
_SCALES = frozenset(("0-1", "ratio", "1/quarter", "1/year"))
"""Units in which a difference in per cent of the base would say little."""
_ENOUGH = 2
"""Digits of a difference that a sentence needs."""
_SINGULAR = {"agencies": "agency", "persons": "person", "months": "month", "years": "year"}


@dataclass(frozen=True)
class Reading:
    """How numbers of an outcome are read.

    Attributes
    ----------
    factor : float
        What a number is multiplied by.
    level, change : str
        Unit behind a level, and behind a difference; may be empty.
    relative : bool
        Whether a difference in per cent of the base makes sense.
    """

    factor: float
    level: str
    change: str
    relative: bool


def reading(outcome: Outcome, largest: float = 0.0) -> Reading:
    """How numbers of an outcome are read.

    Parameters
    ----------
    outcome : Outcome
        Its declaration.
    largest : float
        The largest number that is written beside others, as it is kept.

    Examples
    --------
    >>> from sim.declarations.sector_outcomes import SECTOR
    >>> known = {outcome.name: outcome for outcome in SECTOR}
    >>> reading(known["closures"]), reading(known["government_share"]).change
    (Reading(factor=4.0, level='agencies a year', change='agencies a year', relative=True), 'percentage points')
    >>> reading(known["budget"], 2e7)
    Reading(factor=1e-06, level='million CNY a year', change='million CNY a year', relative=True)
    """
    unit, factor = outcome.unit, 1.0
    if unit == "share":
        return Reading(100.0, "%", "percentage points", relative=False)
    if unit in _SCALES:
        words = "" if unit == "0-1" else unit
        return Reading(1.0, words, words, relative=False)
    if unit.endswith("/quarter"):
        unit, factor = f"{unit.removesuffix('/quarter')}/year", float(QUARTERS_A_YEAR)
    money, divisor = scale(outcome, [largest * factor])
    if divisor != 1.0:
        unit = f"{money.partition(' ')[0]} {unit}"
    words = unit.replace("/year", " a year").replace("/month", " a month")
    return Reading(factor / divisor, words, words, relative=True)


def title_of(outcome: Outcome) -> str:
    """Title of an outcome, whose flows are read by year.

    >>> from sim.declarations.sector_outcomes import SECTOR
    >>> title_of(next(outcome for outcome in SECTOR if outcome.name == "foundings"))
    'Agencies founded'
    """
    return outcome.title.replace(" this quarter", "") if outcome.unit.endswith("/quarter") else outcome.title


def level_words(value: float, how: Reading) -> str:
    """A level with its unit.

    >>> level_words(0.8251, Reading(100.0, "%", "percentage points", False))
    '82.5 %'
    """
    return _joined(number(value * how.factor), how.level)


def size_words(difference: float, half: float, how: Reading) -> str:
    """How large a difference is, without its sign.

    >>> how = Reading(1.0, "", "", False)
    >>> size_words(-0.0312, 0.0122, how), size_words(140.81, 4.52, how), size_words(2.49, 1.7, how)
    ('0.031', '141', '2.5')
    """
    size, half = abs(difference) * how.factor, half * how.factor
    places = digits(half, size)
    text = written(size, places)
    # The second digit of its uncertainty says little where two digits of the size are left without it.
    if places and len(text.lstrip("0.,").replace(".", "").replace(",", "")) > _ENOUGH:
        text = written(size, places - 1)
    return _joined(text, how.change)


def interval_words(low: float, high: float, how: Reading) -> str:
    """The ends of an interval of a difference, with signs where it holds both.

    >>> interval_words(-0.051, -0.012, Reading(1.0, "", "", False))
    '−0.051 to −0.012'
    """
    if math.isnan(low) or math.isnan(high):
        return "none"
    first, last = low * how.factor, high * how.factor
    places = digits((last - first) / 2, max(abs(first), abs(last)))
    return f"{_signed(first, places)} to {_signed(last, places)}"


def percent_words(difference: float, base: float) -> str:
    """A difference in per cent of the base; empty where that has no meaning.

    >>> percent_words(-23.0, 312.0), percent_words(0.1, 312.0), percent_words(1.0, 0.0)
    ('7 %', 'less than 1 %', '')
    """
    if not (math.isfinite(difference) and math.isfinite(base)) or base <= 0:
        return ""
    percent = 100 * abs(difference) / base
    if difference < 0 and percent > 100:
        return ""  # a mean that falls by more than the median was
    return "less than 1 %" if percent < 1 else f"{percent:,.0f} %"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with a word in the right form.

    >>> counted(1, "run"), counted(20, "run"), counted(2, "agency", "agencies")
    ('1 run', '20 runs', '2 agencies')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _signed(value: float, places: int | None) -> str:
    text = written(value, places)
    return f"+{text}" if value > 0 and any(sign in text for sign in "123456789∞") else text


def _joined(text: str, unit: str) -> str:
    if text == "1":
        unit = _SINGULAR.get(unit, unit)
    return f"{text} {unit}" if unit else text
