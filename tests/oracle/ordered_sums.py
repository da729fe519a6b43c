"""Ordered sums: real numbers added one after the other."""

from __future__ import annotations

from collections.abc import Iterable


def add_up(values: Iterable[float]) -> float:
    """Add up from the left, as one would by hand.

    `sum` has corrected for rounding since Python 3.12, which the rules do not; and the last bit can decide where
    money is cut to whole fen.
    """
    so_far = 0.0
    for value in values:
        so_far += value
    return so_far
