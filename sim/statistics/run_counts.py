"""Run counts: over how many runs a number is, where an outcome is undefined in some of them.

Tables and figures take counts and words from here.

>>> counts = defined_runs(np.array([[1.0, np.nan], [2.0, np.nan], [3.0, 4.0]]))
>>> counts.tolist(), count_words(counts, 3), count_words(counts[:1], 3)
([3, 1], '1 to 3 of 3', '')
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

FEWEST_IN_BAND = 10
"""Runs below which quantiles are little more than the least and greatest of them."""
LEFT_OUT = "runs in which the outcome is undefined are left out"
THIN_WORDS = f"a band over fewer than {FEWEST_IN_BAND} runs is little more than the least and greatest of them"


def defined_runs(values: npt.NDArray[np.float64]) -> Counts:
    """Number of runs in which a value is defined.

    Parameters
    ----------
    values : float array, shape (runs, ...)
        A row per run; not a number where undefined.

    Returns
    -------
    int array, shape (...)
    """
    counts: Counts = np.count_nonzero(~np.isnan(values), axis=0)
    return np.asarray(counts, np.int64)


def count_words(defined: npt.ArrayLike, runs: int) -> str:
    """Over how many of the runs one number is, or several; nothing where it is over all of them.

    Parameters
    ----------
    defined : int, or int array
        Runs in which there is a value.
    runs : int
        Runs that were looked at.

    Examples
    --------
    >>> count_words(40, 40), count_words(8, 40), count_words([8, 1200], 1200)
    ('', '8 of 40', '8 to 1,200 of 1,200')
    """
    counts = np.asarray(defined).ravel()
    if not counts.size or (counts == runs).all():
        return ""
    return f"{least_to_most(counts.tolist())} of {runs:,}"


def least_to_most(counts: Iterable[int | Counts]) -> str:
    """Least and greatest of some counts.

    >>> least_to_most([8, 1200, 20]), least_to_most([8, 8])
    ('8 to 1,200', '8')
    """
    rising = sorted(map(int, counts))
    return f"{rising[0]:,}" if rising[0] == rising[-1] else f"{rising[0]:,} to {rising[-1]:,}"


def is_thin(defined: npt.ArrayLike) -> bool:
    """Whether there is a band, of two runs or more, over too few of them to say much.

    >>> is_thin([8, 40]), is_thin([40, 40]), is_thin([0, 1])
    (True, False, False)
    """
    counts = np.asarray(defined)
    return bool(((counts > 1) & (counts < FEWEST_IN_BAND)).any())
