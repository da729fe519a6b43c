"""Value scale: ends, ticks and labels of an axis of values, of any size and sign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.plots.counted_values import CountedValues, Numbers

BOUNDED = frozenset(("share", "0-1", "probability"))
"""Units whose values lie between 0 and 1 by meaning."""
_MARGIN = 0.05


class Scale(NamedTuple):
    """Ends of an axis, and its ticks with their labels."""

    low: float
    high: float
    ticks: dict[float, str]


def value_scale(values: Iterable[Numbers], unit: str = "", zero: bool = True, steps: int = 5) -> Scale:
    """A scale that holds values.

    Parameters
    ----------
    values : iterable of float array
        Everything that is drawn along the axis; values that are no finite number are passed over.
    unit : str
        Of the values; shares go from 0 to 1 where their values reach that far up.
    zero : bool
        Whether zero must be on the axis, as for levels; differences want it, too.
    steps : int
        About how many ticks.

    Examples
    --------
    >>> value_scale([np.array([0.2, 0.9])], "share").ticks
    {0.0: '0.0', 0.2: '0.2', 0.4: '0.4', 0.6: '0.6', 0.8: '0.8', 1.0: '1.0'}
    >>> value_scale([np.array([-3.0, 4200.0])]).ticks
    {0.0: '0', 1000.0: '1,000', 2000.0: '2,000', 3000.0: '3,000', 4000.0: '4,000'}
    """
    finite = [each[np.isfinite(each)] for each in map(np.asarray, values)]
    found = np.concatenate([*finite, np.zeros(1 if zero else 0)])
    low, high = (float(found.min()), float(found.max())) if len(found) else (0.0, 1.0)
    if unit in BOUNDED and low >= 0 and 0.5 < high <= 1:
        return Scale(0.0, 1.0, {tick / 5: f"{tick / 5:.1f}" for tick in range(6)})
    if low == high:
        low, high = (low, low + 1.0) if low == 0 else (low - abs(low) * 0.1, high + abs(high) * 0.1)
    room = _MARGIN * (high - low)
    low, high = low - room * (low != 0 or not zero), high + room * (high != 0 or not zero)
    ticks = MaxNLocator(steps, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    shown = [float(tick) for tick in ticks if low <= tick <= high]
    return Scale(low, high, dict(zip(shown, tick_labels(shown), strict=True)))


def scale_of(values: Iterable[CountedValues], unit: str = "", zero: bool = True) -> Scale:
    """A scale that holds counted values with their bands."""
    drawn = [end for each in values for end in (each.middle, *(end for ends in each.bands for end in ends))]
    return value_scale(drawn, unit, zero)


def tick_labels(ticks: list[float]) -> list[str]:
    """Numbers at an axis, all with as many digits as their steps need, in millions where they are large.

    >>> tick_labels([0.0, 2_500_000.0, 5_000_000.0]), tick_labels([-0.25, 0.0, 0.25])
    (['0', '2.5 m', '5.0 m'], ['−0.25', '0.00', '0.25'])
    """
    largest = max(map(abs, ticks), default=0.0)
    divisor, sign = (1e6, " m") if largest >= 1e6 else (1.0, "")
    scaled = [tick / divisor for tick in ticks]
    exact = 1e-9 * max(largest, 1e-12)
    digits = next((n for n in range(9) if all(abs(each - round(each, n)) < exact for each in scaled)), 9)
    words = [f"{abs(each):,.{digits}f}" for each in scaled]
    return [
        "0" if each == 0 and sign else ("\u2212" if each < 0 and float(word.replace(",", "")) else "") + word + sign
        for each, word in zip(scaled, words, strict=True)
    ]
