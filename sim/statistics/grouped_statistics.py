"""Grouped statistics: by point, and by what many points share, over any number of runs.

One outcome of all runs is looked at at a time: an array of a million values, not a table of a million rows.

>>> runs = Groups.of(np.array([0, 0, 1]), 3)
>>> runs.statistics(np.array([1.0, 3.0, 5.0])).mean.tolist()
[2.0, 5.0, nan]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.statistics.confidence_intervals import CONFIDENCE, half_width
from sim.statistics.sample_extremes import clipped, group_extremes, is_constant

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

BAND = (0.1, 0.9)
"""Quantiles between which eight runs of ten lie."""


class Statistics(NamedTuple):
    """One outcome over the runs of each group; every array has shape (groups,).

    Attributes
    ----------
    n : int array
        Runs in which it is defined.
    mean, low, high : float array
        Mean and the ends of its confidence interval by Student's t.
    median, p10, p90 : float array
        Quantiles over runs, by linear interpolation.
    """

    n: Counts
    mean: Numbers
    low: Numbers
    high: Numbers
    median: Numbers
    p10: Numbers
    p90: Numbers


@dataclass(frozen=True)
class Groups:
    """Runs sorted into groups, such as the points of a design.

    Attributes
    ----------
    codes : int array, shape (runs,)
        Group of each run, from 0.
    count : int
        Number of groups; some may have no run.
    runs : int array, shape (count,)
        Runs of each group.
    """

    codes: Counts
    count: int
    runs: Counts

    @classmethod
    def of(cls, codes: npt.NDArray[np.integer], count: int) -> Groups:
        """Make groups from the group of each run, and the number of groups."""
        whole: Counts = codes.astype(np.int64, copy=False)
        return cls(whole, count, np.bincount(whole, minlength=count))

    def statistics(self, values: Numbers, confidence: float = CONFIDENCE) -> Statistics:
        """Sum up one outcome.

        Parameters
        ----------
        values : float array, shape (runs,)
            Its value in each run; not a number where it is undefined, and left out there.
        confidence : float
            Of the interval, 0 to 1.
        """
        # Not-a-numbers go behind the values of their group.
        ordered = values[np.lexsort((values, self.codes))]
        known = ~np.isnan(ordered)
        codes = np.repeat(np.arange(self.count), self.runs)
        n = np.bincount(codes[known], minlength=self.count)
        filled = np.where(known, ordered, 0.0)
        least, most = group_extremes(codes[known], ordered[known], self.count)
        mean = clipped(_over(np.bincount(codes, filled, self.count), n), least, most)
        squares = np.where(known & ~is_constant(least, most)[codes], ordered - mean[codes], 0.0) ** 2
        variance = _over(np.bincount(codes, squares, self.count), n - 1)
        half = half_width(np.sqrt(variance), n, confidence)
        p10, p90 = (self._quantile(ordered, n, share) for share in BAND)
        return Statistics(n, mean, mean - half, mean + half, self._quantile(ordered, n, 0.5), p10, p90)

    def _quantile(self, ordered: Numbers, n: Counts, share: float) -> Numbers:
        """Quantile of each group's known values, which come first and rise."""
        first = np.cumsum(self.runs) - self.runs
        some = n > 0
        place = share * (n[some] - 1)
        below = place.astype(np.int64)
        above = np.minimum(below + 1, n[some] - 1)
        low, high = ordered[first[some] + below], ordered[first[some] + above]
        out = np.full(self.count, np.nan)
        out[some] = low + (place - below) * (high - low)
        return out


class Pooled(NamedTuple):
    """Means over the points of each level, with the ends of their intervals; arrays of shape (levels,).

    Attributes
    ----------
    points, n : int array
        Points that have a run in which the outcome is defined, and these runs.
    mean, low, high : float array
        Mean over these points, and the ends of its confidence interval.
    """

    points: Counts
    n: Counts
    mean: Numbers
    low: Numbers
    high: Numbers


def pool(points: Groups, level: Counts, replication: Counts, values: Numbers, confidence: float = CONFIDENCE) -> Pooled:
    """Mean of the means of points that share a level of an axis, and its uncertainty.

    Points share random numbers, so their runs are no independent values; replications are.  The interval is
    therefore that of means over replications: for every replication what it adds to the mean is summed over
    its points, and these sums are as many independent values as there are replications.  Where every point
    has the same replications this is the interval of the replications' own means.

    Parameters
    ----------
    points : Groups
        The point of each run.
    level : int array, shape (points.count,)
        Level of each point, from 0.
    replication : int array, shape (runs,)
        Number of each run's replication.
    values : float array, shape (runs,)
        An outcome; not a number where it is undefined.
    confidence : float
        Of the interval, 0 to 1.
    """
    levels = int(level.max(initial=-1)) + 1
    known = ~np.isnan(values)
    codes, random_key, found = points.codes[known], replication[known].astype(np.int64), values[known]
    n = np.bincount(codes, minlength=points.count)
    extremes = group_extremes(codes, found, points.count)
    mean = clipped(_over(np.bincount(codes, found, points.count), n), *extremes)
    counted = n > 0
    of, means = level[counted], mean[counted]
    counts = np.bincount(of, minlength=levels)
    pooled = clipped(_over(np.bincount(of, means, levels), counts), *group_extremes(of, means, levels))

    _, random_key = np.unique(random_key, return_inverse=True)
    random_keys = int(random_key.max(initial=-1)) + 1
    cell = level[codes] * random_keys + random_key
    weight = 1.0 / (n[codes] * counts[level[codes]])
    around = np.where(is_constant(*extremes)[codes], 0.0, found - mean[codes])
    added = np.bincount(cell, weight * around, levels * random_keys).reshape(levels, random_keys)
    there = np.bincount(cell, minlength=levels * random_keys).reshape(levels, random_keys) > 0
    replications = there.sum(axis=1)
    # As the standard deviation of n values that are each added with weight 1 / n.
    deviation: Numbers = np.sqrt(_over((added**2).sum(axis=1), replications - 1)) * replications
    half = half_width(deviation, replications, confidence)
    runs = np.bincount(level[codes], minlength=levels)
    return Pooled(counts, runs, pooled, pooled - half, pooled + half)


def _over(above: npt.NDArray[Any], below: Counts) -> Numbers:
    """Divide; not a number where there is nothing to divide by."""
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
