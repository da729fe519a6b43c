"""Axis values: those that the file lists, steps of a range, or the range itself.

>>> from sim.experiment.design.declared_parameters import declared_at
>>> share = declared_at(("rules", "strategy", "drive"))
>>> choose_values(AxisFile(path="rules.strategy.drive", low=0.5, high=1.0, steps=3), share, "grid").levels
(0.5, 0.75, 1.0)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError, shown
from sim.experiment.design.axis import between, cells
from sim.experiment.design.declared_parameters import Declared, Kind
from sim.experiment.design.experiment_file import SAMPLED, AxisFile, Value

UNKNOWN = ""
"""Kind of a design that is wrong by itself: values are looked at, but not whether they are enough."""

MOST_LEVELS = 10_000
"""Whole numbers or quarters that a grid takes one by one."""

DIGITS = 12
"""Digits of the steps of a range that count: 0.6, not 0.6000000000000001."""

_NOTHING = "nothing says which values to try"


class Choice(NamedTuple):
    """Values to choose from, or a range; neither for points that are listed."""

    levels: tuple[Value, ...] = ()
    span: tuple[float, float] | None = None


def choose_values(file: AxisFile, declared: Declared, design: str) -> Choice:
    """The values of an axis.

    Raises
    ------
    IssueError
        With everything that is wrong; paths begin at the axis.
    """
    found = list(_wrong_values(file, declared))
    given = [key for key in ("values", "low", "high", "steps") if getattr(file, key) is not None]
    if design == "list" and given:
        what = f"{shown(given[0])} does nothing: the points of a list say their values"
        found.append(Issue((given[0],), what, "take it away, or choose another design", at_key=True))
    if found:
        raise IssueError(*found)
    if design == "list" or (design == UNKNOWN and not given):
        return Choice()
    if file.values is not None:
        return Choice(tuple(normal(value, declared.kind) for value in file.values))
    if not declared.kind.ordered:
        return _words(given, declared)
    return _range(file, declared, design)


def normal(value: object, kind: Kind) -> Value:
    """A value as it stands in tables: numbers as floats, quarters and yes or no as text."""
    if kind is Kind.QUARTER:
        return str(Quarter.parse(value))
    if kind is Kind.YES_NO:
        return "true" if value else "false"
    return float(value) if kind is Kind.NUMBER else value  # type: ignore[arg-type, return-value]


def _wrong_values(file: AxisFile, declared: Declared) -> Iterator[Issue]:
    """Values of another kind, out of bounds, or given twice."""
    seen: list[object] = []
    for n, value in enumerate(file.values or ()):
        wrong = declared.wrong(value)
        if wrong is not None:
            yield replace(wrong, path=("values", n))
            continue
        cell = normal(value, declared.kind)
        if cell in seen:
            yield Issue(("values", n), f"{shown(cell)} is given twice", "give every value once")
        elif (same := next((each for each in seen if differ_by_rounding(each, cell)), None)) is not None:
            what = f"{shown(cell)} differs from {shown(same)} by rounding only"
            yield Issue(("values", n), what, f"write {float(cell):.{DIGITS}g} once")
        seen.append(cell)
    for key, end in {"low": file.low, "high": file.high}.items() if declared.kind.ordered else ():
        wrong = declared.wrong(end) if end is not None else None
        if wrong is not None:
            yield replace(wrong, path=(key,))


def differ_by_rounding(one: object, other: object) -> bool:
    """Whether two numbers are different, but not in the digits that count.

    >>> differ_by_rounding(0.1 + 0.2, 0.3), differ_by_rounding(0.3, 0.3), differ_by_rounding(0.3, 0.31)
    (True, False, False)
    """
    if not (isinstance(one, float) and isinstance(other, float)) or one == other:
        return False
    return math.isclose(one, other, rel_tol=10.0**-DIGITS)


def _words(given: list[str], declared: Declared) -> Choice:
    """All choices of an axis that has nothing in between."""
    if given:
        what = f"'{given[0]}' needs numbers; here stands {declared.kind.value}"
        raise IssueError(Issue((given[0],), what, "write 'values: [...]'", at_key=True))
    if declared.kind is Kind.TEXT:
        raise IssueError(Issue((), _NOTHING, "add 'values: [...]'"))
    return Choice(("false", "true") if declared.kind is Kind.YES_NO else declared.choices)


def _range(file: AxisFile, declared: Declared, design: str) -> Choice:
    """A range, or its steps."""
    if design not in SAMPLED and file.low is None and file.high is None and file.steps is None:
        raise IssueError(Issue((), _NOTHING, "add 'values: [...]', or 'low', 'high' and 'steps'"))
    low, high = (_end(file, key, declared) for key in ("low", "high"))
    if low >= high:
        key = "low" if file.high is None else "high"
        most = high if file.high is None else file.high
        what = f"the range ends at {shown(most)}, where it begins or before"
        raise IssueError(Issue((key,), what, f"expected more than {low if file.low is None else file.low}"))
    if file.scale == "log" and (low <= 0 or declared.kind is Kind.QUARTER):
        what = "a range of quarters has no ratios" if declared.kind is Kind.QUARTER else f"the range begins at {low:g}"
        raise IssueError(Issue(("scale",), what, "a log scale needs numbers above 0"))
    if file.steps is not None:
        return Choice(_steps(file.steps, low, high, file.scale == "log", declared.kind))
    if design == UNKNOWN:
        return Choice()
    if design not in SAMPLED and declared.kind is Kind.NUMBER:
        raise IssueError(Issue((), "a range alone has no values for a grid", "add 'steps', or write 'values'"))
    if design not in SAMPLED and high - low + 1 > MOST_LEVELS:
        raise IssueError(Issue((), f"a grid would take {high - low + 1:,.0f} values", "add 'steps'"))
    return Choice((), (low, high))


BOUNDLESS_AMOUNT = 1e9
"""Maximum of an amount, CNY, from which it is no end of a range by itself."""


def _end(file: AxisFile, key: str, declared: Declared) -> float:
    """One end of a range as a number: as the file says, or as far as values are allowed."""
    value = getattr(file, key)
    if value is not None:
        return float(Quarter.parse(value).ordinal if declared.kind is Kind.QUARTER else value)
    bound, is_open = (declared.low, declared.open_low) if key == "low" else (declared.high, declared.open_high)
    # A maximum of a billion CNY is a limit of the arithmetic, far beyond what anybody means to try.
    amount = key == "high" and declared.unit.startswith("CNY") and declared.high >= BOUNDLESS_AMOUNT
    if not amount and math.isfinite(bound) and (not is_open or declared.kind is Kind.WHOLE):
        return bound + (1 if key == "low" else -1) * is_open
    why = "the bound itself is not allowed" if math.isfinite(bound) else "no bound is declared"
    why = "the largest amount of money is no end to try" if amount else why
    raise IssueError(Issue((), f"nothing says where the range {_VERBS[key]}: {why}", f"add '{key}'"))


_VERBS = {"low": "begins", "high": "ends"}


def _steps(steps: int, low: float, high: float, log: bool, kind: Kind) -> tuple[Value, ...]:
    """Values from low to high."""
    numbers = between(np.linspace(0.0, 1.0, steps), low, high, log)
    if kind is Kind.NUMBER:
        # The ends stay what they are; between them, digits that only rounding made are dropped.
        inner = [float(f"{number:.{DIGITS}g}") for number in numbers[1:-1]]
        return (low, *inner, high)
    whole = np.unique(np.rint(numbers))
    if len(whole) < steps:
        noun = "quarters" if kind is Kind.QUARTER else "whole numbers"
        what = f"{steps} steps make only {len(whole)} different {noun}"
        raise IssueError(Issue(("steps",), what, f"expected {len(whole)} or fewer, or a wider range"))
    return tuple(cells(whole, kind).tolist())
