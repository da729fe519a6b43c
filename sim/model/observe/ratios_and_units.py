"""Ratios and units of outcomes: undefined where there is nothing to divide by; money in CNY."""

from __future__ import annotations

import numpy as np

from sim.engine.compilation import rule

FEN = 100.0
"""Fen in a CNY; outcomes are in CNY."""


@rule
def ratio(part: float, whole: float) -> float:
    """Part over whole; NaN where the whole is zero."""
    return part / whole if whole > 0 else np.nan
