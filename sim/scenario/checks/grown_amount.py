"""Grown amount: an amount of money over the quarters of a run, and when it becomes too large or too small."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import mul

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY, LARGEST_AMOUNT
from sim.scenario.parameters.policy_syntax import lag_words

SMALLEST_PRICE = 1 / FEN_PER_CNY
"""CNY below which a price or a wage is nothing."""


@dataclass(frozen=True)
class GrownAmount:
    """An amount of money with its growth.

    Attributes
    ----------
    words : str
        What it is.
    values : list of float
        CNY without growth.
    index : list of float
        Growth since the start.
    paths, growth_paths : list of KeyPath
        Where the amount, and its growth, come from in each quarter.
    is_price : bool
        Whether it must not fall to nothing.
    count : int
        How many of them bring this amount into the model every year; 0 where it is no money that comes in.
    """

    words: str
    values: list[float]
    index: list[float]
    paths: list[KeyPath]
    growth_paths: list[KeyPath]
    is_price: bool = False
    count: int = 0

    @cached_property
    def amounts(self) -> list[float]:
        """CNY in each quarter."""
        return list(map(mul, self.values, self.index))

    @cached_property
    def fails_at(self) -> int:
        """First quarter in which it is too large or too small; -1 for none."""
        least = SMALLEST_PRICE if self.is_price else -math.inf
        return next((n for n, one in enumerate(self.amounts) if not least <= one <= LARGEST_AMOUNT), -1)

    def issue(self, start: Quarter) -> Issue:
        """What is wrong with one that fails, at the growth or at the amount, whichever is the cause."""
        first = self.fails_at
        large = bool(self.amounts[first] > LARGEST_AMOUNT)
        # Growth is the cause where the amount alone would do.
        alone = float(self.values[first])
        grown = alone <= LARGEST_AMOUNT if large else alone >= SMALLEST_PRICE
        path = self.growth_paths[first] if grown else self.paths[first]
        limit = f"above {LARGEST_AMOUNT:,.0f} CNY" if large else f"below {SMALLEST_PRICE:g} CNY"
        what = f"{self.words} would be {limit} in {start + first} ({self.amounts[first]:.3g} CNY)"
        changes = "slower growth or a smaller amount" if large else "a slower fall or a larger amount"
        length = f", or a run of {lag_words(first)} at most" if first > 0 else ""
        return Issue(path, what, f"expected {changes}{length}", at_key=path[0] == "policies")


def year_starts(start: Quarter, quarters: int) -> list[int]:
    """Quarters of a run, from 0, at which budgets are set: the first, and the first of every year.

    >>> year_starts(Quarter(2010, 3), 8)
    [0, 2, 6]
    """
    return [0, *range(-start.ordinal % 4 or 4, quarters, 4)]


def growth_index(start: Quarter, growth: Sequence[float]) -> list[float]:
    """Growth since the start by quarter, where an amount grows at the beginning of every year but the first.

    Parameters
    ----------
    start : Quarter
        First quarter of the run.
    growth : sequence of float
        Yearly growth in force.

    >>> growth_index(Quarter(2010, 4), [0.5] * 6)
    [1.0, 1.5, 1.5, 1.5, 1.5, 2.25]
    """
    years = {*year_starts(start, len(growth))[1:]}
    return list(accumulate((1.0 + rate if n in years else 1.0 for n, rate in enumerate(growth)), mul))
