"""Rate to probability: the chance within a quarter of an event with a given hazard."""

from __future__ import annotations

from math import exp

from sim.engine.compilation import rule


@rule
def rate_to_probability(rate: float) -> float:
    """Probability that an event of this quarterly hazard happens within a quarter: 1 - exp(-rate).

    >>> rate_to_probability(0.0), round(rate_to_probability(0.1), 4)
    (0.0, 0.0952)
    """
    return 1.0 - exp(-max(rate, 0.0))
