"""Observed distance: what runs gave at the date of an observed point, and how far that lies from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.observed.observed_cells import is_flow
from sim.observed.observed_series import ObservedPoint

Trajectories: TypeAlias = Mapping[str, npt.NDArray[np.float64]]
"""Values of an outcome by its name, shape (replications, quarters)."""


def at_date(point: ObservedPoint, trajectory: npt.NDArray[np.float64], start: Quarter) -> npt.NDArray[np.float64]:
    """What runs gave at the date of a point: over a year, a flow's sum and any other outcome's mean.

    Parameters
    ----------
    point : ObservedPoint
        Its date and outcome count.
    trajectory : float array, shape (replications, quarters)
        From the first quarter of the run on.
    start : Quarter
        First quarter of the run.

    Returns
    -------
    float array, shape (replications,)
        Not a number where the outcome is undefined in every quarter of the date, or a flow in any.
    """
    first = point.date.first.index(start)
    values = trajectory[:, first : first + point.date.quarters]
    if is_flow(point.outcome):
        total: npt.NDArray[np.float64] = values.sum(axis=1)
        return total
    defined = np.isfinite(values).sum(axis=1)
    sums = np.where(np.isfinite(values), values, 0).sum(axis=1)
    return np.where(defined > 0, sums / np.maximum(defined, 1), np.nan)


def off_by(point: ObservedPoint, low: float, high: float) -> float:
    """How far a simulated range lies beyond an observed one, over the observed value.

    Parameters
    ----------
    point : ObservedPoint
        The observed value, with its range.
    low, high : float
        Simulated range.

    Returns
    -------
    float
        0 where they meet; below 0 where what is simulated is too low; not a number where nothing is simulated, infinite
        where the observed value is 0.
    """
    if np.isnan(low):
        return float("nan")
    gap = min(high - point.low, 0.0) or max(low - point.high, 0.0)
    if gap and not point.value:
        return float(np.copysign(np.inf, gap))
    return gap / abs(point.value) if gap else 0.0
