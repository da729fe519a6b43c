"""Shares, quantiles and inequality, as the observer reckons them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.arithmetic import add_up
from sim.declare import Record
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import Numbers

FEN = 100.0
"""Fen in a CNY; outcomes are in CNY."""


@rule
def ratio(part: float, whole: float) -> float:
    """Part over whole; not a number where the whole is nought."""
    return part / whole if whole > 0 else np.nan


@rule
def quantile(ordered: Numbers, share: float) -> float:
    """Quantile of ordered values by linear interpolation; not a number where there are none."""
    if len(ordered) == 0:
        return np.nan
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@rule
def watch_inequality(row: Record, value: Numbers) -> None:
    """Gini coefficient and top-decile share of contract value, from values in rising order."""
    n = len(value)
    whole = add_up(value)
    if whole <= 0:
        row.gini = np.nan
        row.top_decile = np.nan
        return
    ranked = 0.0
    for i in range(n):
        ranked += (2.0 * (i + 1) - n - 1.0) * value[i]
    row.gini = ranked / (n * whole)
    top = (n + 9) // 10
    row.top_decile = add_up(value[n - top :]) / whole
