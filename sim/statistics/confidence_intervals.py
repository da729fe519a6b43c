"""Confidence intervals of a mean."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.statistics.sample_extremes import clipped, is_constant

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
    >>> [float(x) for x in mean_interval(np.full(3, 0.1))]
    [0.1, 0.1, 0.1]
    """
    known = values[~np.isnan(values)]
    n = len(known)
    if n < 2:
        return Interval(float(known[0]) if n else np.nan, np.nan, np.nan)
    least, most = known.min(), known.max()
    mean = float(clipped(known.mean(), least, most))
    deviation = 0.0 if is_constant(least, most) else known.std(ddof=1)
    half = float(half_width(np.array(deviation), np.array(n), confidence))
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
