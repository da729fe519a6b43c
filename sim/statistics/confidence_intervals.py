"""Confidence intervals of a mean."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
CONFIDENCE = 0.95


class Interval(NamedTuple):
    """A mean and the ends of its confidence interval."""

    mean: float
    low: float
    high: float


def mean_interval(values: Numbers, confidence: float = CONFIDENCE) -> Interval:
    """Mean of independent values and its confidence interval by Student's t.

    Parameters
    ----------
    values : float array, shape (n,)
        One value per replication; those that are not a number are left out.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        With ends that are not a number for fewer than two values.

    Examples
    --------
    >>> [round(float(x), 3) for x in mean_interval(np.array([1.0, 2.0, 3.0]))]
    [2.0, -0.484, 4.484]
    """
    known = values[~np.isnan(values)]
    n = len(known)
    if n < 2:
        return Interval(float(known[0]) if n else np.nan, np.nan, np.nan)
    mean = float(known.mean())
    half = float(half_width(np.array(known.std(ddof=1)), np.array(n), confidence))
    return Interval(mean, mean - half, mean + half)


def half_width(deviation: Numbers, count: npt.NDArray[np.int64], confidence: float = CONFIDENCE) -> Numbers:
    """Half the width of the confidence interval of a mean, by Student's t.

    Parameters
    ----------
    deviation : float array
        Standard deviation of the values, with `count` - 1 in its denominator.
    count : int array, same shape
        How many independent values there are.
    confidence : float
        0 to 1.

    Returns
    -------
    float array, same shape
        Not a number for fewer than two values.

    Examples
    --------
    >>> half_width(np.array([1.0, 1.0]), np.array([3, 1])).round(3).tolist()
    [2.484, nan]
    """
    from scipy.special import stdtrit

    enough = np.maximum(count, 2)
    half: Numbers = stdtrit(enough - 1, 0.5 + confidence / 2) * deviation / np.sqrt(enough)
    return np.where(count < 2, np.nan, half)
