"""Numbers with their uncertainty, written so that they can be quoted: as many digits as are known.

>>> plus_minus(0.04213, 0.00317), plus_minus(1234.5, 56.0), plus_minus(3.0, float("nan"))
('0.0421 ± 0.0032', '1,234 ± 56', '3')
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from sim.outcome import Outcome

MISSING = "–"
_MOST_DIGITS = 6


def number(value: float) -> str:
    """Write three digits that count, or a dash where there is no value.

    >>> number(0.8251), number(12.04), number(41.0), number(83215.0), number(float("nan"))
    ('0.825', '12.0', '41', '83,215', '–')
    """
    if not math.isfinite(value):
        return MISSING
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.3f}" if size < 1 else f"{value:.2f}"


def digits(half: float) -> int | None:
    """Digits behind the point that show two digits of an uncertainty; None where that is none.

    >>> digits(0.00317), digits(0.0996), digits(56.0), digits(0.0)
    (4, 2, 0, None)
    """
    if not math.isfinite(half) or half <= 0:
        return None
    # Rounding to two digits may carry one over: 0.0996 is 0.10.
    size = math.floor(math.log10(float(f"{half:.1e}")))
    return min(max(1 - size, 0), _MOST_DIGITS)


def written(value: float, places: int | None) -> str:
    """A number with so many digits behind the point, or three that count where nobody knows better.

    >>> written(0.5, 3), written(0.5, None), written(-1234.56, 0), written(float("nan"), 2)
    ('0.500', '0.500', '−1,235', '–')
    """
    if not math.isfinite(value):
        return MISSING
    text = number(value) if places is None else f"{value:,.{places}f}"
    # Nought has no sign, however it came about.
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text.replace("-", "")


def signed(value: float, places: int | None) -> str:
    """As `written`, with its sign.

    >>> signed(0.0312, 3), signed(-0.0312, 3), signed(0.0, None)
    ('+0.031', '−0.031', '0')
    """
    text = written(value, places)
    return f"+{text}" if value > 0 and text != MISSING and any(digit in text for digit in "123456789") else text


def plus_minus(mean: float, half: float) -> str:
    """A mean and half of its interval."""
    places = digits(half)
    if math.isfinite(mean) and half == 0:
        return f"{written(mean, None)} ± 0"
    return written(mean, places) if places is None else f"{written(mean, places)} ± {written(half, places)}"


def interval(low: float, high: float) -> str:
    """An interval of a difference.

    >>> interval(-0.0012, 0.0305), interval(float("nan"), 1.0)
    ('[−0.001, +0.030]', '–')
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return MISSING
    places = digits((high - low) / 2)
    return f"[{signed(low, places)}, {signed(high, places)}]"


def scale(outcome: Outcome, values: Iterable[float]) -> tuple[str, float]:
    """Choose the unit to print and what to divide by: large sums of money are told in millions."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if outcome.unit.startswith("CNY") and largest >= 1e6:
        return f"million {outcome.unit}", 1e6
    return outcome.unit, 1.0
