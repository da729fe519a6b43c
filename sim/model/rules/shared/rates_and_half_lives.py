"""Rates and half-lives: the probability of an event within a quarter by its hazard, and decay by its half-life."""

from __future__ import annotations

from math import exp, log

from sim.engine.compilation import rule


@rule
def rate_to_probability(rate: float) -> float:
    """Probability that an event of this quarterly hazard happens within a quarter: 1 - exp(-rate).

    >>> rate_to_probability(0.0), round(rate_to_probability(0.1), 4)
    (0.0, 0.0952)
    """
    return 1.0 - exp(-max(rate, 0.0))


@rule
def decay_per_quarter(half_life: float) -> float:
    """Share that is lost in one quarter when half is lost in `half_life` quarters."""
    return 1.0 - exp(-log(2.0) / half_life)
