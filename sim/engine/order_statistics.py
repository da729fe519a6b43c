"""Order statistics: selecting and sorting, written out because NumPy's take numba seconds to compile.

Without NaN the results are NumPy's; numba spends a tenth of a first compile on `numpy.sort` and `numpy.partition`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.engine.compilation import rule

Numbers = npt.NDArray[np.float64]


@rule
def quickselect(values: Numbers, first: int, k: int) -> None:
    """Move values so that none before index `k` is larger than the one there and none after it smaller (Hoare 1961).

    Parameters
    ----------
    values : float array, shape (n,)
        Changed in place; a country has thousands, and a full sort would take three times as long.
    first : int
        Index from which on they may be moved; those before it are not larger.
    k : int
        Index to select.
    """
    last = len(values) - 1
    while first < last:
        pivot = values[(first + last) // 2]
        i = first
        j = last
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if k <= j:
            last = j
        elif k >= i:
            first = i
        else:
            return


@rule
def sort_ascending(values: Numbers) -> None:
    """Sort in place, smallest first (heapsort, Williams 1964).

    Parameters
    ----------
    values : float array, shape (n,)
        Without NaN.

    Examples
    --------
    >>> import numpy as np
    >>> values = np.array([3.0, 1.0, 2.0])
    >>> sort_ascending(values)
    >>> values
    array([1., 2., 3.])
    """
    n = len(values)
    for parent in range(n // 2 - 1, -1, -1):
        sift_down(values, parent, n)
    for last in range(n - 1, 0, -1):
        values[0], values[last] = values[last], values[0]
        sift_down(values, 0, last)


@rule
def sift_down(values: Numbers, parent: int, n: int) -> None:
    """Move a value down among the first `n` until neither value below it, at 2 i + 1 and 2 i + 2, is larger."""
    value = values[parent]
    child = 2 * parent + 1
    while child < n:
        if child + 1 < n and values[child + 1] > values[child]:
            child += 1
        if values[child] <= value:
            break
        values[parent] = values[child]
        parent = child
        child = 2 * parent + 1
    values[parent] = value
