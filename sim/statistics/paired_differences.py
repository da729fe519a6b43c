"""Paired differences: two points compared run by run, with common random numbers.

Replication r of every point of an experiment draws the same random numbers, so what chance does
to both cancels in the difference of the two runs.  How much cheaper that makes the answer is measured, too:
the variance of a difference of independent runs is the sum of both variances, and a mean needs as many runs
as its variance is large.

>>> base = np.array([[1.0], [5.0], [3.0]])
>>> pairs = compare(base, base + [[1.0], [1.5], [0.5]])
>>> float(pairs.difference[0]), pairs.saving.round(1).tolist()
(1.0, [37.0])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.statistics.column_quantiles import quantiles
from sim.statistics.confidence_intervals import CONFIDENCE, half_width
from sim.statistics.sample_extremes import clipped, is_constant

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """What the other point did to each outcome; every array has shape (outcomes,).

    Attributes
    ----------
    n : int array
        Replications in which the outcome is defined at both points; everything else is about these.
    dropped : int array
        Replications that were left out, because it is undefined at one point or at both.
    base, other : float array
        Medians at the two points.
    difference : float array
        Mean of other minus base.
    low, high : float array
        Ends of the confidence interval of that mean; not a number for fewer than two pairs.
    rose, fell : float array
        Shares of the replications in which other was above base, and below it.
    saving : float array
        Runs that independent seeds would have needed for the same interval, over those that the pairs needed:
        (var base + var other) / var (other - base).  Infinite where the difference never varies, not a number
        where nothing varies or there are fewer than two pairs.
    """

    n: Counts
    dropped: Counts
    base: Numbers
    other: Numbers
    difference: Numbers
    low: Numbers
    high: Numbers
    rose: Numbers
    fell: Numbers
    saving: Numbers

    @property
    def clear(self) -> npt.NDArray[np.bool_]:
        """Whether the interval of the difference excludes zero."""
        return (self.low > 0) | (self.high < 0)

    @property
    def same(self) -> bool:
        """Whether there are pairs, and the two runs of each are the same in every outcome."""
        return bool((self.n > 0).any() and not (np.nansum(self.rose) or np.nansum(self.fell)))


def compare(base: Numbers, other: Numbers, confidence: float = CONFIDENCE) -> Pairs:
    """Compare two points, outcome by outcome.

    Parameters
    ----------
    base, other : float array, shape (replications, outcomes)
        Row r of both is replication r; not a number where an outcome is undefined.
    confidence : float
        Of the intervals, 0 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, so that these are no pairs.
    """
    if base.shape != other.shape:
        raise ValueError(f"no pairs: {base.shape[0]} replications of one, {other.shape[0]} of the other")
    known = ~(np.isnan(base) | np.isnan(other))
    n = known.sum(axis=0)
    base, other = np.where(known, base, np.nan), np.where(known, other, np.nan)
    difference = other - base
    mean, variance = _moments(difference, known)
    # A constant that was added leaves differences that vary by its rounding only.
    largest = np.fmax(_largest(base), _largest(other))
    steady = is_constant(*_extremes(difference), largest)
    variance = np.where(steady & (n > 1), 0.0, variance)
    half = half_width(np.sqrt(variance), n, confidence)
    return Pairs(
        n=n,
        dropped=len(base) - n,
        base=quantiles(base, [0.5])[0],
        other=quantiles(other, [0.5])[0],
        difference=mean,
        low=mean - half,
        high=mean + half,
        rose=_share(difference > 0, n),
        fell=_share(difference < 0, n),
        saving=_ratio(_variance(base, known) + _variance(other, known), variance),
    )


def _moments(values: Numbers, known: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Mean and variance of the known values of each column; not a number for too few of them."""
    n = known.sum(axis=0)
    mean = clipped(_ratio(np.where(known, values, 0.0).sum(axis=0), n), *_extremes(values))
    squares = np.where(known, values - mean, 0.0) ** 2
    return mean, np.where(n > 1, squares.sum(axis=0) / np.maximum(n - 1, 1), np.nan)


def _variance(values: Numbers, known: npt.NDArray[np.bool_]) -> Numbers:
    """Variance, and exactly zero where all known values are the same."""
    _, variance = _moments(values, known)
    return np.where(is_constant(*_extremes(values)) & (known.sum(axis=0) > 1), 0.0, variance)


def _extremes(values: Numbers) -> tuple[Numbers, Numbers]:
    """Least and greatest; infinite, and the least above the greatest, where there is no value."""
    return np.fmin.reduce(values, axis=0, initial=np.inf), np.fmax.reduce(values, axis=0, initial=-np.inf)


def _largest(values: Numbers) -> Numbers:
    return np.fmax.reduce(np.abs(values), axis=0, initial=0.0)


def _share(flags: npt.NDArray[np.bool_], n: Counts) -> Numbers:
    return _ratio(flags.sum(axis=0), n)


def _ratio(above: npt.NDArray[np.number], below: npt.NDArray[np.number]) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide(above, below, dtype=np.float64)
