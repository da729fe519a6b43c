"""Run summary in one row: what a trajectory is reduced to, for every outcome.

>>> reduce(np.array([[1.0], [2.0], [3.0], [4.0], [9.0]])).tolist()
[[4.5], [3.8], [1.0], [9.0]]
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

YEAR = 4
"""Quarters."""


def reduce(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Reduce trajectories.

    Parameters
    ----------
    values : float array, shape (quarters, outcomes)
        Outcomes by quarter; not a number where undefined.

    Returns
    -------
    float array, shape (measures, outcomes)
        In the order of `sim.output.outcome_measures.MEASURES`; not a number for an outcome that is undefined in all
        quarters concerned.
    """
    known = ~np.isnan(values)
    return np.stack(
        [
            _mean(values[-YEAR:], known[-YEAR:]),
            _mean(values, known),
            np.fmin.reduce(values, axis=0),
            np.fmax.reduce(values, axis=0),
        ]
    )


def _mean(values: npt.NDArray[np.float64], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    count = known.sum(axis=0)
    whole = np.where(known, values, 0.0).sum(axis=0)
    # Zero over zero is what "undefined" means here.
    mean: npt.NDArray[np.float64] = np.divide(whole, count, out=np.full(len(count), np.nan), where=count > 0)
    return mean
