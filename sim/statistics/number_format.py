"""Number format: numbers with their uncertainty, written so that they can be quoted, as many digits as are known.

>>> plus_minus(0.04213, 0.00317), plus_minus(1234.5, 56.0), plus_minus(3.0, float("nan"))
('0.0421 ± 0.0032', '1,234 ± 56', '3')
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sim.declarations.outcome_type import Outcome

MISSING = "–"
LARGEST = 1e15
"""Size below which numbers are written out, and from which with a power of ten."""
_MOST_DIGITS = 15
"""Digits behind the first one that are written at most; a number in memory has hardly more."""
_ROUNDING = 1e-9
"""Means that differ by less than this share of them are the same, rounded differently."""
_NOISE = 1e-14
"""Half intervals below this share of their mean are the rounding of sums."""
_SMALLEST = 1e-6
"""Size below which a number is written with a power of ten."""
_MOST_APART = 6
"""Digits behind the point beyond which means are not written apart, because powers of ten are written."""
_FEW = 3
"""Significant digits of a number that is shown in few."""
_MOST_SAVED = 999
"""Factor beyond which a few differences do not determine it more exactly."""
_TOLD_APART = 4
"""Significant digits of means whose differences are known more exactly than each mean."""


def number(value: float) -> str:
    """Write three digits that count, or a dash where there is no value.

    >>> number(0.8251), number(12.04), number(41.0), number(83215.0), number(float("nan"))
    ('0.825', '12.0', '41', '83,215', '–')
    >>> number(0.0421), number(0.00042137), number(4.2e-9), number(0.9996), number(-0.5)
    ('0.0421', '0.000421', '4.20e−09', '1.00', '−0.500')
    >>> number(1e300), number(float("-inf")), number(-0.0)
    ('1.00e+300', '−∞', '0')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    size = abs(value)
    if size >= LARGEST:
        return _with_minus(f"{value:.2e}")
    if value == round(value):
        return _with_minus(f"{value:,.0f}")
    if size < _SMALLEST:
        return _with_minus(f"{value:.2e}")
    return _with_minus(f"{value:,.{max(2 - _exponent(value, 2), 0)}f}")


def few_digits(value: float) -> str:
    """A number in three significant digits, thousands apart; a dash where there is none.

    >>> few_digits(12_177_000), few_digits(0.17642), few_digits(7), few_digits(2452), few_digits(float("nan"))
    ('12,200,000', '0.176', '7', '2,452', '–')
    """
    if not math.isfinite(value):
        return MISSING
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    # Counts of four digits are written whole: a year's agencies are compared one by one.
    digits = max(_FEW - 1 - size, 0) if size < _FEW else (0 if size == _FEW else _FEW - 1 - size)
    text = f"{round(value, digits):,.{max(digits, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _not_finite(value: float) -> str:
    """A number without end is none that is missing."""
    return MISSING if math.isnan(value) else "∞" if value > 0 else "−∞"


def _with_minus(text: str) -> str:
    """Python's text of a number with a minus sign; zero has no sign, whatever it was rounded from."""
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text.replace("-", "")


def _exponent(value: float, places: int) -> int:
    """Power of ten of a number's first digit, after rounding it to some digits more: 0.0996 is 0.10.

    >>> _exponent(0.0996, 1), _exponent(0.0994, 1), _exponent(1e300, 1), _exponent(0.0, 1)
    (-1, -2, 300, 0)
    """
    return int(f"{value:.{places}e}".partition("e")[2])


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
    places = 1 - _exponent(half, 1)
    # Before the point all digits are written, up to the size at which powers of ten are.
    return places if places >= 0 or half >= LARGEST else 0


def written(value: float, places: int | None) -> str:
    """A number with so many digits behind the point, or three that count where nothing says more.

    >>> written(0.5, 3), written(0.5, None), written(-1234.56, 0), written(float("nan"), 2)
    ('0.500', '0.500', '−1,235', '–')
    >>> written(1.234e-15, 17), written(0.0, 17), written(1.5e300, -298)
    ('1.23e−15', '0', '1.50e+300')
    """
    if not math.isfinite(value):
        return _not_finite(value)
    if places is None:
        return number(value)
    size = _exponent(value, _MOST_DIGITS)
    if abs(value) >= LARGEST or (abs(value) < _SMALLEST and 10.0**-places < _SMALLEST):
        return _with_minus(f"{value:.{min(max(places + size, 0), _MOST_DIGITS)}e}") if value else "0"
    return _with_minus(f"{value:,.{max(places, 0)}f}")


def signed(value: float, places: int | None) -> str:
    """As `written`, with its sign.

    >>> signed(0.0312, 3), signed(-0.0312, 3), signed(0.0, None), signed(float("inf"), None)
    ('+0.031', '−0.031', '0', '+∞')
    """
    text = written(value, places)
    return f"+{text}" if value > 0 and any(sign in text for sign in "123456789∞") else text


def plus_minus(mean: float, half: float, spread: float = math.nan) -> str:
    """A mean and half of its interval, in a column of means that lie so far apart.

    Means with common random numbers differ by less than each is uncertain; the difference is not rounded away.

    >>> plus_minus(0.3012, 0.19), plus_minus(0.3012, 0.19, spread=0.04), plus_minus(19.21, 0.0, spread=0.05)
    ('0.30 ± 0.19', '0.301 ± 0.190', '19.21 ± 0')
    >>> plus_minus(2847.936667, 1e-13), plus_minus(2847.936667, 2e-4)
    ('2,848 ± 0', '2,847.93667 ± 0.00020')
    >>> plus_minus(1.23e-9, 2e-10), plus_minus(2.0, float("inf"))
    ('1.23e−09 ± 2.0e−10', '2 ± ∞')
    """
    places = _places(mean, half, spread)
    if math.isfinite(mean) and math.isfinite(half) and digits(half, mean) is None:
        return f"{written(mean, places)} ± 0"
    known = not (math.isnan(mean) or math.isnan(half))
    return f"{written(mean, places)} ± {written(half, places)}" if known else written(mean, places)


def _places(mean: float, half: float, spread: float) -> int | None:
    """Digits behind the point: those of the half interval, and more where the column is closer together."""
    known, apart = digits(half, mean), digits(spread)
    if apart is None or not math.isfinite(mean):
        return known
    size = _exponent(mean, _MOST_DIGITS)
    apart = min(max(apart, 0), max(_TOLD_APART - 1 - size, 0), _MOST_APART)
    usual = known
    if usual is None:
        usual = 0 if mean == round(mean) else max(2 - size, 0)
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

    >>> interval(-0.0012, 0.0305), interval(float("nan"), 1.0), interval(float("-inf"), 1.0)
    ('[−0.001, +0.030]', '–', '[−∞, +1]')
    """
    if math.isnan(low) or math.isnan(high):
        return MISSING
    places = digits((high - low) / 2, max(abs(low), abs(high)))
    return f"[{signed(low, places)}, {signed(high, places)}]"


def saving(ratio: float) -> str:
    """How many times fewer runs pairs needed than runs with independent random numbers would.

    >>> saving(11.7), saving(1.06), saving(81234.5), saving(float("inf")), saving(float("nan"))
    ('12 ×', '1.1 ×', '> 999 ×', '∞', '–')
    """
    if math.isnan(ratio):
        return MISSING
    if math.isinf(ratio):
        return "∞"
    if ratio > _MOST_SAVED:
        # A few differences do not determine it more exactly.
        return f"> {_MOST_SAVED} ×"
    return f"{ratio:,.0f} ×" if ratio >= 9.95 else f"{ratio:.1f} ×"


def scale(outcome: Outcome, values: Iterable[float]) -> tuple[str, float]:
    """Choose the unit to print and what to divide by: large sums of money are given in millions."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if outcome.unit.startswith("CNY") and largest >= 1e6:
        return f"million {outcome.unit}", 1e6
    return outcome.unit, 1.0
