"""Survival curves: Kaplan-Meier estimates from counts by age, with delayed entry, and intervals over clusters.

Who is seen from an age on counts as at risk from that age (left truncation), and who is still there at the end leaves
the counts without an event (right censoring); both are in the counts already.

>>> curve = survival(np.array([[4, 3, 2]]), np.array([[1, 0, 1]]))
>>> curve.survival.tolist()
[1.0, 0.75, 0.75, 0.375]
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.statistics.confidence_intervals import CONFIDENCE

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


class SurvivalCurve(NamedTuple):
    """An estimate by age, each array of shape (ages + 1,), from age 0 on.

    Attributes
    ----------
    survival : float array
        Share that reaches an age; not a number from the first age on at which nobody was at risk.
    low, high : float array
        Ends of its confidence interval.
    at_risk : int array
        Who was at risk at an age, over all clusters; 0 at the last.
    """

    survival: Numbers
    low: Numbers
    high: Numbers
    at_risk: Counts


def survival(at_risk: Counts, events: Counts, confidence: float = CONFIDENCE) -> SurvivalCurve:
    """Estimate a curve.

    Members of one cluster share what happens to it, so that they are no independent observations: with two clusters or
    more the variance is that of the jackknife over clusters.  Of one cluster alone it is Greenwood's, over members.
    Both are of the logarithm of the cumulative hazard, which keeps intervals between 0 and 1.

    Parameters
    ----------
    at_risk, events : int array, shape (clusters, ages)
        Members of each cluster at risk at an age, and those of them whose event comes before the next.
    confidence : float
        Of the intervals, 0 to 1.

    Raises
    ------
    ValueError
        If there are more events than members at risk.
    """
    if at_risk.shape != events.shape or (events > at_risk).any() or (events < 0).any():
        raise ValueError("there must be as many events as members at risk, or fewer")
    risk, died = at_risk.sum(axis=0), events.sum(axis=0)
    curve = _product(risk, died)
    deviation = _jackknife(at_risk, events) if len(at_risk) > 1 else _greenwood(risk, died, curve)
    low, high = _ends(curve, deviation, len(at_risk), confidence)
    return SurvivalCurve(curve, low, high, np.append(risk, 0))


def _product(risk: npt.NDArray[np.integer], died: npt.NDArray[np.integer]) -> Numbers:
    """Share that reaches each age, along the last dimension."""
    with np.errstate(divide="ignore", invalid="ignore"):
        stays = np.where(risk > 0, 1.0 - died / risk, np.nan)
    first = np.ones((*stays.shape[:-1], 1))
    product: Numbers = np.concatenate([first, np.cumprod(stays, axis=-1)], axis=-1)
    return product


def _jackknife(at_risk: Counts, events: Counts) -> Numbers:
    """Standard deviation of the log cumulative hazard over clusters that are left out one by one.

    Clusters whose leaving leaves nobody at risk, or no event, say nothing at these ages.
    """
    count = len(at_risk)
    left = _log_hazard(_product(at_risk.sum(axis=0) - at_risk, events.sum(axis=0) - events))
    known = np.isfinite(left)
    n = known.sum(axis=0)
    values = np.where(known, left, 0.0)
    mean = values.sum(axis=0) / np.maximum(n, 1)
    squares = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
    found: Numbers = np.where(n == count, np.sqrt((count - 1) / count * squares), np.nan)
    return found


def _greenwood(risk: Counts, died: Counts, curve: Numbers) -> Numbers:
    """Standard deviation of the log cumulative hazard, from the binomial variance at each age."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(died < risk, died / (risk * (risk - died)), np.nan)
        variance = np.concatenate([[0.0], np.cumsum(terms)])
        found: Numbers = np.sqrt(variance) / np.abs(np.log(curve))
    return found


def _log_hazard(curve: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = np.log(-np.log(curve))
    return found


def _ends(curve: Numbers, deviation: Numbers, clusters: int, confidence: float) -> tuple[Numbers, Numbers]:
    from scipy.special import ndtri, stdtrit

    quantile = 0.5 + confidence / 2
    factor = float(stdtrit(clusters - 1, quantile)) if clusters > 1 else float(ndtri(quantile))
    middle = _log_hazard(curve)
    with np.errstate(over="ignore", invalid="ignore"):
        low = np.exp(-np.exp(middle + factor * deviation))
        high = np.exp(-np.exp(middle - factor * deviation))
    nobody_yet = curve == 1.0
    return np.where(nobody_yet, np.nan, low), np.where(nobody_yet, np.nan, high)
