"""Value words: numbers of one kind beside each other, with as many digits as tell them apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

_STEPS = 50
"""How many steps of their range can be distinguished."""
_MOST_DIGITS = 4


def value_words(values: Sequence[float], signs: bool = False) -> list[str]:
    """Numbers in words, all with the same digits; in millions where they are large; empty for what is no number.

    Parameters
    ----------
    values : sequence of float
        Numbers of one unit.
    signs : bool
        Whether numbers above zero have a sign, as differences do.

    Examples
    --------
    >>> value_words([0.8231, 0.4]), value_words([1200.0, 41.5]), value_words([12_177_000.0, float("nan")])
    (['0.823', '0.400'], ['1,200', '42'], ['12.2 m', ''])
    >>> value_words([0.5, -0.25, 0.0], signs=True)
    ['+0.50', '−0.25', '0.00']
    """
    finite = [value for value in values if math.isfinite(value)]
    largest = max(map(abs, finite), default=0.0)
    divisor, ending = (1e6, " m") if largest >= 1e6 else (1.0, "")
    reach = max(finite, default=0.0) - min(finite, default=0.0) or largest
    digits = _digits(reach / divisor, [value / divisor for value in finite])
    return [_word(value / divisor, digits, ending, signs) if math.isfinite(value) else "" for value in values]


def _digits(reach: float, scaled: Sequence[float]) -> int:
    """Digits behind the point: those of a step of the range, and none where all are whole."""
    if not reach or all(value == round(value) for value in scaled):
        return 0
    return min(max(math.ceil(-math.log10(reach / _STEPS)), 0), _MOST_DIGITS)


def _word(value: float, digits: int, ending: str, signs: bool) -> str:
    text = f"{abs(value):,.{digits}f}"
    if not any(digit in text for digit in "123456789"):
        return text + (ending if value else "")
    return ("\u2212" if value < 0 else "+" if signs else "") + text + ending
