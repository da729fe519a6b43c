"""Replication estimate: a number made from means over replications, and its confidence interval.

A number of one part is a mean, and its interval Student's t.  One that is combined from several means (a ratio of
sums, a correlation) has its standard error from the jackknife: the number is made again without each replication.
"""

from __future__ import annotations

import math
import warnings
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.statistics.confidence_intervals import CONFIDENCE, half_width, mean_interval
from sim.validation.statistic_type import Combine

Numbers = npt.NDArray[np.float64]
_SAME = 1e-12
"""Relative difference below which numbers differ by the rounding of sums only."""


class Estimate(NamedTuple):
    """A number with its interval.

    Attributes
    ----------
    mean, low, high : float
        The number and the ends of its 95 % interval; not a number where there are too few values.
    runs, defined : int
        Replications, and those in which the statistic has a value.
    """

    mean: float
    low: float
    high: float
    runs: int
    defined: int

    @property
    def half(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def estimate(rows: npt.ArrayLike, combine: Combine | None = None, confidence: float = CONFIDENCE) -> Estimate:
    """Estimate a number from a row per replication.

    Parameters
    ----------
    rows : float array, shape (replications,) or (replications, parts)
        Not a number where a part is undefined; a replication counts if one part of it is defined.
    combine : callable, optional
        Makes the number from the means of the parts; by default the first part is the number.
    confidence : float
        0 to 1.

    Examples
    --------
    >>> [round(float(x), 3) for x in estimate([1.0, 2.0, 3.0])[:3]]
    [2.0, -0.484, 4.484]
    >>> estimate([[1.0, 2.0], [3.0, 6.0]], lambda parts: float(parts[0] / parts[1]))[:3]
    (0.5, 0.5, 0.5)
    """
    parts = np.asarray(rows, np.float64)
    parts = parts if parts.ndim == 2 else parts[:, None]
    known = parts[~np.isnan(parts).all(axis=1)]
    if combine is None and parts.shape[1] == 1:
        mean, low, high = map(float, mean_interval(known[:, 0], confidence))
    else:
        mean, low, high = _jackknife(known, combine or _first, confidence)
    return Estimate(mean, low, high, len(parts), len(known))


def _first(means: Numbers) -> float:
    return float(means[0])


def _jackknife(known: Numbers, combine: Combine, confidence: float) -> tuple[float, float, float]:
    """The number, and its interval by the jackknife: Student's t of the pseudo-values, around the number itself."""
    n = len(known)
    if not n:
        return math.nan, math.nan, math.nan
    number = _combined(combine, _means(known))
    if n < 2:
        return number, math.nan, math.nan
    sums, counts = np.nansum(known, axis=0), (~np.isnan(known)).sum(axis=0)
    # Sums without each replication; a part that is then defined nowhere makes the interval undefined.
    less_sums, less_counts = sums - np.nan_to_num(known), counts - ~np.isnan(known)
    with np.errstate(invalid="ignore", divide="ignore"):
        without = np.array([_combined(combine, row) for row in less_sums / less_counts])
    if np.allclose(without, number, rtol=_SAME, atol=0.0):
        return number, number, number
    pseudo = n * number - (n - 1) * without
    half = float(half_width(np.array(pseudo.std(ddof=1)), np.array(n), confidence))
    return number, number - half, number + half


def _means(known: Numbers) -> Numbers:
    with warnings.catch_warnings():
        # A part that is defined in no replication has no mean.
        warnings.simplefilter("ignore", RuntimeWarning)
        means: Numbers = np.nanmean(known, axis=0)
    return means


def _combined(combine: Combine, means: Numbers) -> float:
    """The number from means; undefined where it is a division by zero, and the like."""
    try:
        with np.errstate(all="ignore"):
            number = float(combine(means))
    except ZeroDivisionError:
        return math.nan
    return number if math.isfinite(number) else math.nan
