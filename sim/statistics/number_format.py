"""Number format: numbers with their uncertainty, written so that they can be quoted, as many digits as are known.

>>> plus_minus(0.04213, 0.00317), plus_minus(1234.5, 56.0), plus_minus(3.0, float("nan"))
('0.0421 ± 0.0032', '1,234 ± 56', '3')
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sim.declarations.outcome_type import Outcome

MISSING = "–"
_MOST_DIGITS = 12
_ROUNDING = 1e-9
"""Means that differ by less than this share of them are the same, rounded differently."""
_NOISE = 1e-14
"""Half intervals below this share of their mean are the rounding of sums."""
_SMALLEST = 1e-6
"""Size below which a number is written with a power of ten."""
_TOLD_APART = 4
"""Significant digits of means whose differences are known more exactly than each mean."""


def number(value: float) -> str:
    """Write three digits that count, or a dash where there is no value.

    >>> number(0.8251), number(12.04), number(41.0), number(83215.0), number(float("nan"))
    ('0.825', '12.0', '41', '83,215', '–')
    >>> number(0.0421), number(0.00042137), number(4.2e-9)
    ('0.0421', '0.000421', '4.20e-09')
    """
    if not math.isfinite(value):
        return MISSING
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{value:,.0f}"
    if size >= 1:
        return f"{value:.1f}" if size >= 10 else f"{value:.2f}"
    return f"{value:.{2 - math.floor(math.log10(size))}f}" if size >= _SMALLEST else f"{value:.2e}"


def digits(half: float, of: float = 0.0) -> int | None:
    """Digits behind the point that show two digits of an uncertainty; None where that is none.

    Parameters
    ----------
    half : float
        Half of an interval.
    of : float
        The number that it belongs to; a smaller share of it than 1e-14 is the rounding of sums.

    Examples
    --------
    >>> digits(0.00317), digits(0.0996), digits(56.0), digits(0.0), digits(1e-13, of=2847.9)
    (4, 2, 0, None, None)
    """
    if not math.isfinite(half) or half <= _NOISE * abs(of):
        return None
    # Rounding to two digits may carry one over: 0.0996 is 0.10.
    size = math.floor(math.log10(float(f"{half:.1e}")))
    return min(max(1 - size, 0), _MOST_DIGITS)


def written(value: float, places: int | None) -> str:
    """A number with so many digits behind the point, or three that count where nothing says more.

    >>> written(0.5, 3), written(0.5, None), written(-1234.56, 0), written(float("nan"), 2)
    ('0.500', '0.500', '−1,235', '–')
    """
    if not math.isfinite(value):
        return MISSING
    text = number(value) if places is None else f"{value:,.{places}f}"
    # Zero has no sign, whatever it was rounded from.
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text.replace("-", "")


def signed(value: float, places: int | None) -> str:
    """As `written`, with its sign.

    >>> signed(0.0312, 3), signed(-0.0312, 3), signed(0.0, None)
    ('+0.031', '−0.031', '0')
    """
    text = written(value, places)
    return f"+{text}" if value > 0 and text != MISSING and any(digit in text for digit in "123456789") else text


def plus_minus(mean: float, half: float, spread: float = math.nan) -> str:
    """A mean and half of its interval, in a column of means that lie so far apart.

    Means with common random numbers differ by less than each is uncertain; the difference is not rounded away.

    >>> plus_minus(0.3012, 0.19), plus_minus(0.3012, 0.19, spread=0.04), plus_minus(19.21, 0.0, spread=0.05)
    ('0.30 ± 0.19', '0.301 ± 0.190', '19.21 ± 0')
    >>> plus_minus(2847.936667, 1e-13), plus_minus(2847.936667, 2e-4)
    ('2,848 ± 0', '2,847.93667 ± 0.00020')
    """
    places = _places(mean, half, spread)
    if math.isfinite(mean) and math.isfinite(half) and digits(half, mean) is None:
        return f"{written(mean, places)} ± 0"
    return written(mean, places) if not math.isfinite(half) else f"{written(mean, places)} ± {written(half, places)}"


def _places(mean: float, half: float, spread: float) -> int | None:
    """Digits behind the point: those of the half interval, and more where the column is closer together."""
    known, apart = digits(half, mean), digits(spread)
    if apart is None or not math.isfinite(mean):
        return known
    size = math.floor(math.log10(abs(mean))) if mean else 0
    apart = min(apart, max(_TOLD_APART - 1 - size, 0))
    usual = len(number(mean).partition(".")[2]) if known is None else known
    return apart if apart > usual else known


def plus_minuses(means: Sequence[float], halves: Sequence[float]) -> list[str]:
    """A column of means with half of their intervals.

    >>> plus_minuses([0.301, 0.345], [0.19, 0.2])
    ['0.301 ± 0.190', '0.345 ± 0.200']
    """
    known = [mean for mean in means if math.isfinite(mean)]
    spread = max(known) - min(known) if known else 0.0
    if spread <= _ROUNDING * max(map(abs, known), default=0.0):
        spread = math.nan
    return [plus_minus(mean, half, spread) for mean, half in zip(means, halves, strict=True)]


def interval(low: float, high: float) -> str:
    """An interval of a difference.

    >>> interval(-0.0012, 0.0305), interval(float("nan"), 1.0)
    ('[−0.001, +0.030]', '–')
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return MISSING
    places = digits((high - low) / 2, max(abs(low), abs(high)))
    return f"[{signed(low, places)}, {signed(high, places)}]"


def scale(outcome: Outcome, values: Iterable[float]) -> tuple[str, float]:
    """Choose the unit to print and what to divide by: large sums of money are given in millions."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if outcome.unit.startswith("CNY") and largest >= 1e6:
        return f"million {outcome.unit}", 1e6
    return outcome.unit, 1.0
