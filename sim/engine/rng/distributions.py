"""Distributions: each turns ONE uniform draw into one value, and never falls where the draw rises.

That is what makes common random numbers work: when a policy raises the chance of quitting, the same draw
gives at least as many quits, never fewer by a reshuffle of draws.  (Monotone up to rounding: where two
values meet, the last of 15 digits may decide.)  With ``random_key.noise_scale`` 0 every draw is the median.

>>> from sim.engine.rng.philox import new_random_key
>>> key = new_random_key(seed=1, noise_scale=0.0)
>>> normal(key, 0, 7, 0), binomial(key, 10, 0.3, 0, 7, 0), poisson(key, 2.5, 0, 7, 0), random_index(key, 3, 0, 7, 0)
(0.0, 3, 2, 1)
"""

from __future__ import annotations

import math

from sim.engine.compilation import rule
from sim.engine.rng.count_quantiles import binomial_quantile, poisson_quantile
from sim.engine.rng.normal_quantile import normal_quantile
from sim.engine.rng.philox import IntLike, RandomKey, uniform

# In all of these: `random_key` is a record of `RANDOM_KEY`; `stream` a member of `Stream`; `entity` the id of whom it
# happens to; `index` which draw of this stream, entity and quarter, or the id of the other party.


@rule
def bernoulli(random_key: RandomKey, p: float, stream: int, entity: IntLike, index: IntLike) -> bool:
    """Whether something of probability `p` happens: never for 0, always for 1."""
    return bool(uniform(random_key, stream, entity, index) < p)


@rule
def random_index(random_key: RandomKey, n: int, stream: int, entity: IntLike, index: IntLike) -> int:
    """One of 0, 1, ..., `n` - 1, each as likely.

    Raises
    ------
    ValueError
        If there is nothing to pick from.
    """
    if n < 1:
        raise ValueError("pick needs at least one to pick from")
    # The largest draw times n rounds to less than n for every n that a float holds (a test sees to it).
    return int(uniform(random_key, stream, entity, index) * n)


@rule
def normal(random_key: RandomKey, stream: int, entity: IntLike, index: IntLike) -> float:
    """Draw from the standard normal distribution (mean 0, standard deviation 1)."""
    return normal_quantile(uniform(random_key, stream, entity, index))


@rule
def lognormal_factor(random_key: RandomKey, sigma: float, stream: int, entity: IntLike, index: IntLike) -> float:
    """Draw a factor of median 1 whose logarithm has standard deviation `sigma`.

    The mean is exp(sigma**2 / 2), more than 1.
    """
    return math.exp(sigma * normal_quantile(uniform(random_key, stream, entity, index)))


@rule
def gumbel(random_key: RandomKey, stream: int, entity: IntLike, index: IntLike) -> float:
    """Draw from the standard Gumbel distribution (location 0, scale 1).

    Added to the utilities of several options, the largest sum is a choice by the logit rule.
    """
    return -math.log(-math.log(uniform(random_key, stream, entity, index)))


@rule
def binomial(random_key: RandomKey, n: int, p: float, stream: int, entity: IntLike, index: IntLike) -> int:
    """Draw how many of `n` independent events of probability `p` happen (0 to `n`)."""
    return binomial_quantile(uniform(random_key, stream, entity, index), n, p)


@rule
def poisson(random_key: RandomKey, mean: float, stream: int, entity: IntLike, index: IntLike) -> int:
    """Draw how many events happen where `mean` are expected (0, 1, ...)."""
    return poisson_quantile(uniform(random_key, stream, entity, index), mean)


@rule
def random_rotation(random_key: RandomKey, u: float, other: IntLike) -> float:
    """Turn one even draw by the id of another party: an even draw of its own for each of many others.

    An id is a hash, so its bits are as good as drawn.  Where an agent looks at dozens of things at once this
    spares dozens of draws; any two results are independent, though not any four of two parties and two things
    (Cranley and Patterson 1976 rotate point sets the same way).

    Parameters
    ----------
    random_key : record of `RANDOM_KEY`
        Gives the share of chance kept.
    u : float
        An even draw between 0 and 1.
    other : int
        Id of the other party (63 bits).
    """
    turned = u + float(int(other) >> 10) * 2.0**-53
    if turned >= 1.0:
        turned -= 1.0
    return 0.5 + float(random_key.noise_scale) * (turned - 0.5)
