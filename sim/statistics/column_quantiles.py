"""Column quantiles: of many columns in one call; undefined values are left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def quantiles(values: Numbers, shares: Sequence[float]) -> Numbers:
    """Quantiles over rows by linear interpolation, leaving out what is not a number.

    As `numpy.nanquantile`, but quick on many columns and silent where a column has no number at all.

    Parameters
    ----------
    values : float array, shape (rows, columns)
        Any values.
    shares : sequence of float
        Which quantiles, 0 to 1.

    Returns
    -------
    float array, shape (len(shares), columns)

    Examples
    --------
    >>> quantiles(np.array([[1.0, np.nan], [3.0, np.nan]]), [0.5]).tolist()
    [[2.0, nan]]
    """
    if not len(values):
        return np.full((len(shares), values.shape[1]), np.nan)
    ordered = np.sort(values, axis=0)  # not-a-numbers go last
    last = np.maximum(np.count_nonzero(~np.isnan(values), axis=0) - 1, 0)
    place = np.asarray(shares)[:, None] * last
    low = place.astype(np.int64)
    high = np.minimum(low + 1, last)
    below = np.take_along_axis(ordered, low, axis=0)
    above = np.take_along_axis(ordered, high, axis=0)
    between: Numbers = below + (place - low) * (above - below)
    return between
