"""Arithmetic written out, so that compiled and uncompiled rules, and any version of NumPy, agree to the last bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.engine.compilation import rule

Numbers = npt.NDArray[np.float64]


@rule
def add_up(values: Numbers) -> float:
    """Sum from the first to the last; `numpy.sum` adds in pairs where there are eight or more.

    >>> import numpy as np
    >>> add_up(np.array([0.5, 0.25]))
    0.75
    """
    added = 0.0
    for value in values:
        added += value
    return added


@rule
def squared(value: float) -> float:
    """The square, by one multiplication in compiled and plain Python; a power function may round otherwise.

    >>> squared(1.5)
    2.25
    """
    return value * value
