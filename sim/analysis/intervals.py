"""How exactly a mean is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """A mean and the ends of its confidence interval."""

    mean: float
    low: float
    high: float


def mean_interval(values: npt.NDArray[np.float64], confidence: float = CONFIDENCE) -> Interval:
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
    from scipy.special import stdtrit

    known = values[~np.isnan(values)]
    n = len(known)
    if n < 2:
        return Interval(float(known[0]) if n else np.nan, np.nan, np.nan)
    mean = float(known.mean())
    half = float(stdtrit(n - 1, 0.5 + confidence / 2) * known.std(ddof=1) / np.sqrt(n))
    return Interval(mean, mean - half, mean + half)
