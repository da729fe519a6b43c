"""Group medians: the median of the values of each group, for very many small groups at once.

>>> group_medians(np.array([1, 0, 1, 1]), np.array([5.0, 2.0, 1.0, np.nan]), 3).tolist()
[2.0, 3.0, nan]
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def group_medians(codes: npt.NDArray[np.int64], values: Numbers, count: int) -> Numbers:
    """Median of each group; values that are not a number are left out.

    Parameters
    ----------
    codes : int array, shape (n,)
        Group of each value, from 0.
    values : float array, shape (n,)
        Values.
    count : int
        Number of groups.

    Returns
    -------
    float array, shape (count,)
        Not a number for a group without a value.
    """
    known = ~np.isnan(values)
    codes, values = codes[known], values[known]
    ordered = values[np.lexsort((values, codes))]
    counts = np.bincount(codes, minlength=count)
    some = counts > 0
    first = (np.cumsum(counts) - counts)[some]
    below, above = first + (counts[some] - 1) // 2, first + counts[some] // 2
    found = np.full(count, np.nan)
    found[some] = ordered[below] + (ordered[above] - ordered[below]) / 2
    return found
