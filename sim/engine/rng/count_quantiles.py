"""Count quantiles: the inverses of the binomial and Poisson distribution functions, exact up to rounding.

Both distributions obey one recurrence, P(k) = P(k - 1) * odds * (room - shrink * k) / k: the binomial with
odds p / (1 - p), room n + 1, shrink 1, the Poisson with odds its mean, room 1, shrink 0.  So they share
their walks.  A small mean walks up from zero, a large one from the normal approximation's guess, whose
cumulative probability is a sum over the shorter tail.  Rounding touches the 14th digit of a cumulative
probability at most.

References
----------
Loader (2000), Fast and accurate computation of binomial probabilities (the probability at the guess).
Cornish, Fisher (1938), Moments and cumulants in the specification of distributions (the guess).
"""

from __future__ import annotations

import math

from sim.engine.compilation import rule
from sim.engine.rng.normal_quantile import normal_quantile

WALK_FROM_ZERO = 96.0
"""Largest mean for which the walk begins at zero; above, summing a tail is cheaper."""

_NO_TOP = 1 << 62
_LAST_DIGIT = 1e-17
_SERIES_FROM = 10  # from here on the series of `_stirling_rest` has 15 digits


@rule
def _climb(u: float, k: int, below: float, mass: float, odds: float, room: float, shrink: float, top: int) -> int:
    """Walk up from `k`, of probability `mass` and cumulative `below`, until the cumulative reaches `u`.

    Rounding may keep the cumulative from ever reaching a `u` close to 1: then the walk ends where another
    step would no longer change it.
    """
    while below < u and k < top:
        mass *= odds * (room - shrink * (k + 1)) / (k + 1)
        if below + mass == below:
            break
        below += mass
        k += 1
    return k


@rule
def _descend(u: float, k: int, below: float, mass: float, odds: float, room: float, shrink: float) -> int:
    """Walk down from `k`, whose cumulative `below` reaches `u`, to the smallest value that still does."""
    while k > 0 and below - mass >= u:
        below -= mass
        mass *= k / (odds * (room - shrink * k))
        k -= 1
    return k


@rule
def _sum_down(k: int, mass: float, odds: float, room: float, shrink: float) -> float:
    """Probability of `k`, which is `mass`, or less."""
    total = mass
    while k > 0 and mass > total * _LAST_DIGIT:
        mass *= k / (odds * (room - shrink * k))
        total += mass
        k -= 1
    return total


@rule
def _sum_up(k: int, mass: float, odds: float, room: float, shrink: float, top: int) -> float:
    """Probability of more than `k`, whose own is `mass`."""
    total = 0.0
    while k < top and mass > total * _LAST_DIGIT:
        k += 1
        mass *= odds * (room - shrink * k) / k
        total += mass
    return total


@rule
def _from_guess(u: float, k: int, mass: float, odds: float, room: float, shrink: float, top: int) -> int:
    """Walk up or down from a guess `k` of probability `mass` to the quantile of `u`."""
    low_half = u <= 0.5
    below = _sum_down(k, mass, odds, room, shrink) if low_half else 1.0 - _sum_up(k, mass, odds, room, shrink, top)
    if below < u:
        return _climb(u, k, below, mass, odds, room, shrink, top)
    return _descend(u, k, below, mass, odds, room, shrink)


@rule
def _guess(u: float, mean: float, variance: float) -> int:
    """Quantile by the normal approximation with the Cornish-Fisher correction for skewness."""
    z = normal_quantile(u)
    skew = (2.0 * variance / mean - 1.0) * (z * z - 1.0) / 6.0
    return math.floor(mean + math.sqrt(variance) * z + skew + 0.5)


@rule
def _stirling_rest(x: float) -> float:
    """Logarithm of x! over Stirling's approximation of it, for `x` of ten or more."""
    y = 1.0 / (x * x)
    tail = 1.0 / 1680.0 - y * (1.0 / 1188.0 - y * 691.0 / 360360.0)
    return (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * tail))) / x


@rule
def _deviance(x: float, mean: float) -> float:
    """Return x log(x / mean) + mean - x, the exponent's distance of `x` from its mean."""
    relative = (x - mean) / mean
    return mean * ((1.0 + relative) * math.log1p(relative) - relative)


@rule
def binomial_mass(k: int, n: int, p: float) -> float:
    """Probability of `k` out of `n`, for `k` and `n` - `k` of ten or more (Loader's formula)."""
    rest = _stirling_rest(n) - _stirling_rest(k) - _stirling_rest(n - k)
    exponent = rest - _deviance(k, n * p) - _deviance(n - k, n * (1.0 - p))
    return math.exp(exponent) * math.sqrt(n / (2.0 * math.pi * k * (n - k)))


@rule
def poisson_mass(k: int, mean: float) -> float:
    """Probability of `k` events, for `k` of ten or more (Loader's formula)."""
    return math.exp(-_stirling_rest(k) - _deviance(k, mean)) / math.sqrt(2.0 * math.pi * k)


@rule
def _rare_binomial_quantile(u: float, n: int, p: float) -> int:
    """`binomial_quantile` for `p` above 0 and at most 0.5."""
    odds = p / (1.0 - p)
    if n * p <= WALK_FROM_ZERO:
        none = math.exp(n * math.log1p(-p))
        return _climb(u, 0, none, none, odds, n + 1.0, 1.0, n)
    guess = _guess(u, n * p, n * p * (1.0 - p))
    k = min(max(guess, _SERIES_FROM), n - _SERIES_FROM)
    return _from_guess(u, k, binomial_mass(k, n, p), odds, n + 1.0, 1.0, n)


@rule
def binomial_quantile(u: float, n: int, p: float) -> int:
    """Smallest count whose cumulative binomial probability reaches `u`.

    Parameters
    ----------
    u : float
        Strictly between 0 and 1.
    n : int
        Number of trials; none gives 0.
    p : float
        Probability of each; 0 or less gives 0, 1 or more gives `n`.

    Returns
    -------
    int
        0 to `n`; rises with `u`, `n` and `p`.
    """
    trials = int(n)
    share = float(p)
    if trials <= 0 or share <= 0.0:
        return 0
    if share >= 1.0:
        return trials
    if share > 0.5:
        return trials - _rare_binomial_quantile(1.0 - u, trials, 1.0 - share)
    return _rare_binomial_quantile(u, trials, share)


@rule
def poisson_quantile(u: float, mean: float) -> int:
    """Smallest count whose cumulative Poisson probability reaches `u`.

    Parameters
    ----------
    u : float
        Strictly between 0 and 1.
    mean : float
        Expected count; 0 or less gives 0.

    Returns
    -------
    int
        0 or more; rises with `u` and `mean`.
    """
    expected = float(mean)
    if expected <= 0.0:
        return 0
    if expected <= WALK_FROM_ZERO:
        none = math.exp(-expected)
        return _climb(u, 0, none, none, expected, 1.0, 0.0, _NO_TOP)
    k = max(_guess(u, expected, expected), _SERIES_FROM)
    return _from_guess(u, k, poisson_mass(k, expected), expected, 1.0, 0.0, _NO_TOP)
