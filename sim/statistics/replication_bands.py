"""Replication bands: medians and quantiles over replications, for the table and the curves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.statistics.column_quantiles import quantiles
from sim.statistics.run_counts import Counts, defined_runs

Numbers = npt.NDArray[np.float64]

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)


class Band(NamedTuple):
    """Quantiles over replications, each of shape (quarters,); not a number where no replication has a value.

    Attributes
    ----------
    p10, p25, median, p75, p90 : float array
        Quantiles.
    n : int array
        Replications that have a value; `sim.statistics.run_counts` puts it into words.
    """

    p10: Numbers
    p25: Numbers
    median: Numbers
    p75: Numbers
    p90: Numbers
    n: Counts


def band(values: Numbers) -> Band:
    """Band of trajectories.

    Parameters
    ----------
    values : float array, shape (replications, quarters)
        One trajectory a row.
    """
    p10, p25, median, p75, p90 = quantiles(values, SHARES)
    return Band(p10, p25, median, p75, p90, defined_runs(values))
