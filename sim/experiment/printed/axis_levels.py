"""Axis levels, in a few words each: what groups of points have in common."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.statistics.number_format import LARGEST

MOST_RANGES = 8
_QUARTER = re.compile(r"\d{4}-Q[1-4]")


class Levels(NamedTuple):
    """Levels of an axis.

    Attributes
    ----------
    names : list of str
        In the order in which they are shown.
    of : int array, shape (points,)
        Level of each point.
    """

    names: list[str]
    of: npt.NDArray[np.int64]


def levels_of(values: Sequence[Any]) -> Levels:
    """Sort the points of a design by their value on one axis.

    Numbers and quarters rise, and where there are many they are put into ranges that hold as many different
    values each; words stay in the order in which they come.

    Parameters
    ----------
    values : sequence of number or str, shape (points,)
        The axis's column of the design.

    Examples
    --------
    >>> levels_of([0.5, 0.0, 0.5]).names, levels_of(range(16)).names[:2]
    (['0', '0.5'], ['0 – 1', '2 – 3'])
    """
    different = list(dict.fromkeys(values))
    ordered = all(not isinstance(value, str) or _QUARTER.fullmatch(value) for value in different)
    if ordered:
        different.sort()
    ranges = [[n] for n in range(len(different))]
    if ordered and len(different) > MOST_RANGES:
        ranges = [part.tolist() for part in np.array_split(np.arange(len(different)), MOST_RANGES)]
    # Only the ends of ranges are shown, so only they need digits that distinguish them.
    ends = sorted({n for part in ranges for n in (part[0], part[-1])})
    words = dict(zip(ends, words_of([different[n] for n in ends]), strict=True))
    names = [words[part[0]] if len(part) == 1 else f"{words[part[0]]} – {words[part[-1]]}" for part in ranges]
    place = {different[n]: level for level, part in enumerate(ranges) for n in part}
    return Levels(names, np.array([place[value] for value in values], dtype=np.int64))


def words_of(values: Sequence[Any]) -> list[str]:
    """Values in words: numbers with as many digits as distinguish them, and no fewer than three.

    >>> words_of([0.25, 1 / 3]), words_of([1.00001, 1.00002]), words_of(["", "x"]), words_of([12000, 237841.4])
    (['0.25', '0.333'], ['1.00001', '1.00002'], ['none', 'x'], ['12,000', '237,841'])
    """
    for digits in range(3, 17):
        words = [_word(value, digits) for value in values]
        if len(set(words)) == len(set(values)):
            break
    return words


def _word(value: Any, digits: int) -> str:
    if isinstance(value, str):
        return value or "none"
    if isinstance(value, int) or (math.isfinite(value) and value == round(value) and abs(value) < LARGEST):
        return f"{value:,.0f}".replace("-", "−")
    # Large numbers are written out to the last whole one: 3.21e+05 is hard to read.
    large = 10**digits <= abs(value) < LARGEST
    return (f"{value:,.0f}" if large else f"{value:,.{digits}g}").replace("-", "−")
