"""Arithmetic written out, so that compiled and uncompiled rules, and any version of NumPy, agree to the last bit."""

from __future__ import annotations

from math import exp, inf

import numpy as np
import numpy.typing as npt

from sim.engine.compilation import rule

Numbers = npt.NDArray[np.float64]

LARGEST_FEN = 2**53
"""Largest amount of money, fen: the whole numbers up to here are exact as real numbers too."""
LARGEST_POWER = 709.0
"""Power above which the exponential function leaves the real numbers of eight bytes."""
TOO_LARGE = "an amount of money is not a number, or above 2**53 fen"


class AmountError(RuntimeError):
    """An amount of money is not a number, or too large to be exact to the fen."""


@rule
def add_up(values: Numbers) -> float:
    """Sum from the first to the last; `numpy.sum` adds in pairs where there are eight or more.

    >>> import numpy as np
    >>> add_up(np.array([0.5, 0.25]))
    0.75
    """
    added = 0.0
    for value in values:
        added += value
    return added


@rule
def squared(value: float) -> float:
    """The square, by one multiplication in compiled and plain Python; a power function may round otherwise.

    >>> squared(1.5)
    2.25
    """
    return value * value


@rule
def to_fen(amount: float) -> int:
    """An amount of money as whole fen, rounded to the nearest.

    Parameters
    ----------
    amount : float
        Fen.

    Raises
    ------
    AmountError
        If it is not a number, or so large that it is not exact to the fen.

    >>> to_fen(2.4), to_fen(-2.6)
    (2, -3)
    """
    # Not a number compares false.
    if not abs(amount) <= LARGEST_FEN:
        raise AmountError(TOO_LARGE)
    return round(amount)


@rule
def to_fen_down(amount: float) -> int:
    """An amount of money as whole fen, without what is left of a fen.

    Parameters
    ----------
    amount : float
        Fen.

    Raises
    ------
    AmountError
        If it is not a number, or so large that it is not exact to the fen.

    >>> to_fen_down(2.6), to_fen_down(-2.6)
    (2, -2)
    """
    if not abs(amount) <= LARGEST_FEN:
        raise AmountError(TOO_LARGE)
    return int(amount)


@rule
def checked_fen(amount: int) -> int:
    """A sum of amounts of money, if it is still exact to the fen.

    Parameters
    ----------
    amount : int
        Fen.

    Raises
    ------
    AmountError
        If it is not.

    >>> checked_fen(100)
    100
    """
    if abs(amount) > LARGEST_FEN:
        raise AmountError(TOO_LARGE)
    return amount


@rule
def exponential(power: float) -> float:
    """The exponential function; infinite where plain Python would raise `OverflowError`.

    >>> exponential(0.0), exponential(1000.0)
    (1.0, inf)
    """
    return exp(power) if power <= LARGEST_POWER else inf
