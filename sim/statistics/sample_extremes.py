"""Sample extremes: the least and greatest value of groups, and what follows for a mean and a variance.

A sum of equal values is rounded, so their mean may lie beside all of them and their variance above zero.  Every
statistic of this package asks here, so that what does not vary is exactly its value, plus or minus nothing.

>>> values = np.full(7, 2847.936666666667)
>>> bool(values.sum() / 7 == values[0]), bool(clipped(values.sum() / 7, values[0], values[0]) == values[0])
(False, True)
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

ROUNDING = 8 * np.finfo(np.float64).eps
"""Values that differ by less than this share of their size are one number, rounded differently."""


def group_extremes(codes: npt.NDArray[np.int64], values: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Least and greatest value of each group.

    Parameters
    ----------
    codes : int array, shape (n,)
        Group of each value, from 0.
    values : float array, shape (n,)
        Values that are all numbers.
    count : int
        Number of groups.

    Returns
    -------
    (float array, float array), each of shape (count,)
        Infinite, and the least above the greatest, for a group without a value.

    Examples
    --------
    >>> [each.tolist() for each in group_extremes(np.array([0, 0, 1]), np.array([1.0, 3.0, 5.0]), 2)]
    [[1.0, 5.0], [3.0, 5.0]]
    """
    least, most = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(least, codes, values)
    np.maximum.at(most, codes, values)
    return least, most


def is_constant(least: Numbers, most: Numbers, size: Numbers | None = None) -> npt.NDArray[np.bool_]:
    """Whether values between these extremes are one number, apart from rounding.

    Parameters
    ----------
    least, most : float array
        Extremes.
    size : float array, same shape, optional
        Size of the numbers that the values were computed from; by default that of the values.

    Examples
    --------
    >>> is_constant(np.array([0.3, 0.3]), np.array([0.1 + 0.2, 0.31])).tolist()
    [True, False]
    """
    largest = np.fmax(np.abs(least), np.abs(most)) if size is None else size
    with np.errstate(invalid="ignore"):
        constant: npt.NDArray[np.bool_] = most - least <= ROUNDING * largest
    return constant


def clipped(mean: Numbers, least: Numbers, most: Numbers) -> Numbers:
    """A mean, which lies between the extremes; one that is not a number stays so."""
    inside: Numbers = np.where(np.isnan(mean), mean, np.minimum(np.maximum(mean, least), most))
    return inside
