"""Quantiles and Gini coefficient over agencies, and the share of the top decile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.engine.order_statistics import quickselect

if TYPE_CHECKING:
    from sim.model.state.row_types import SectorRow
    from sim.model.state.world import Numbers


@rule
def quantile(values: Numbers, share: float) -> float:
    """Quantile by linear interpolation; NaN where there are no values.

    Parameters
    ----------
    values : float array, shape (n,)
        Their order changes.
    share : float
        0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> float(quantile(np.array([3.0, 1.0, 2.0, 5.0]), 0.5))
    2.5
    """
    if len(values) == 0:
        return np.nan
    place = share * (len(values) - 1)
    low = int(place)
    quickselect(values, 0, low)
    lower = values[low]
    upper = lower
    if low + 1 < len(values):
        quickselect(values, low + 1, low + 1)
        upper = values[low + 1]
    return lower + (place - low) * (upper - lower)


@rule
def measure_inequality(row: SectorRow, value: Numbers) -> None:
    """Set Gini coefficient and top-decile share of contract value, from values in ascending order."""
    n = len(value)
    whole = add_up(value)
    if whole <= 0:
        row.gini = np.nan
        row.top_decile = np.nan
        return
    ranked = 0.0
    for i in range(n):
        ranked += (2.0 * (i + 1) - n - 1.0) * value[i]
    row.gini = ranked / (n * whole)
    top = (n + 9) // 10
    row.top_decile = add_up(value[n - top :]) / whole
