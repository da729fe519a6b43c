"""Random draws in plain Python, slow and obvious; nothing is shared with `sim`.

Philox is written after the paper, the normal inverse is the standard library's, and the inverses of counts
add up probabilities of 60 digits from zero.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from statistics import NormalDist

WORD = 2**32
DIGITS = 60


@dataclass(frozen=True)
class RandomKey:
    """What all draws of a quarter have in common."""

    seed: int
    noise_scale: float = 1.0
    quarter: int = 0


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox4x32-10 of Salmon et al. (2011): ten rounds, and a new key before each but the first."""
    x = list(counter)
    k = list(key)
    for turn in range(10):
        if turn > 0:
            k = [(k[0] + 0x9E3779B9) % WORD, (k[1] + 0xBB67AE85) % WORD]
        high0, low0 = divmod(0xD2511F53 * x[0], WORD)
        high1, low1 = divmod(0xCD9E8D57 * x[2], WORD)
        x = [high1 ^ x[1] ^ k[0], low1, high0 ^ x[3] ^ k[1], low0]
    return x[0], x[1], x[2], x[3]


def block(key: int, stream: int, entity: int, quarter: int, index: int) -> tuple[int, int, int, int]:
    """Four words for a decision, from a key of 64 bits."""
    index_high, index_low = divmod(index % 2**64, WORD)
    entity_high, entity_low = divmod(entity % 2**64, WORD)
    key_high, key_low = divmod(key, WORD)
    what_when = stream * 2**20 + quarter % 2**20
    return philox((entity_low, entity_high, what_when, index_low), (key_low, key_high ^ index_high))


def uniform(random_key: RandomKey, stream: int, entity: int, index: int) -> float:
    """The first 52 bits of the block, as the middle of their interval."""
    first, second, _, _ = block(random_key.seed, stream, entity, random_key.quarter, index)
    cell = (first * WORD + second) // 2**12
    drawn = (2 * cell + 1) / 2**53
    return 0.5 + random_key.noise_scale * (drawn - 0.5)


def entity_id(text: str) -> int:
    """The first 64 bits of the digest, less the last bit."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "little") // 2


def child_id(parent: int, kind: int, quarter: int, slot: int) -> int:
    """63 bits of a block keyed by the square root of 2."""
    key = math.isqrt(2 * 2**128) - 2**64
    first, second, _, _ = block(key, kind, parent, quarter, slot)
    return (first * WORD + second) % 2**63


def bernoulli(random_key: RandomKey, p: float, stream: int, entity: int, index: int) -> bool:
    return uniform(random_key, stream, entity, index) < p


def random_index(random_key: RandomKey, n: int, stream: int, entity: int, index: int) -> int:
    """The exact product's whole part."""
    numerator, denominator = uniform(random_key, stream, entity, index).as_integer_ratio()
    return numerator * n // denominator


def normal(random_key: RandomKey, stream: int, entity: int, index: int) -> float:
    return NormalDist().inv_cdf(uniform(random_key, stream, entity, index))


def lognormal_factor(random_key: RandomKey, sigma: float, stream: int, entity: int, index: int) -> float:
    return math.exp(sigma * normal(random_key, stream, entity, index))


def gumbel(random_key: RandomKey, stream: int, entity: int, index: int) -> float:
    return -math.log(-math.log(uniform(random_key, stream, entity, index)))


def binomial_mass(k: int, n: int, p: float) -> Decimal:
    with localcontext(prec=DIGITS):
        return math.comb(n, k) * Decimal(p) ** k * (1 - Decimal(p)) ** (n - k)


def poisson_mass(k: int, mean: float) -> Decimal:
    with localcontext(prec=DIGITS):
        return (-Decimal(mean)).exp() * Decimal(mean) ** k / math.factorial(k)


def binomial_quantile(u: float, n: int, p: float) -> int:
    """Add up from zero until `u` is reached."""
    if n == 0 or p in {0, 1}:
        return n if p == 1 else 0
    with localcontext(prec=DIGITS):
        k = 0
        below = binomial_mass(0, n, p)
        while below < Decimal(u):
            k += 1
            below += binomial_mass(k, n, p)
    return k


def binomial_count(u: float, n: int, p: float) -> int:
    """`binomial_quantile` in ordinary floats: what a whole run can afford to draw.

    Where none of `n` is too rare for a float to hold, it asks for the exact sum after all.
    """
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    mass = math.exp(n * math.log1p(-p))
    if mass < 1e-250:
        return binomial_quantile(u, n, p)
    k, below = 0, mass
    while below < u and k < n:
        mass *= (n - k) / (k + 1) * p / (1 - p)
        k += 1
        below += mass
    return k


def poisson_quantile(u: float, mean: float) -> int:
    """Add up from zero until `u` is reached."""
    if mean == 0:
        return 0
    with localcontext(prec=DIGITS):
        k = 0
        below = poisson_mass(0, mean)
        while below < Decimal(u):
            k += 1
            below += poisson_mass(k, mean)
    return k


def binomial(random_key: RandomKey, n: int, p: float, stream: int, entity: int, index: int) -> int:
    return binomial_quantile(uniform(random_key, stream, entity, index), n, p)


def poisson(random_key: RandomKey, mean: float, stream: int, entity: int, index: int) -> int:
    return poisson_quantile(uniform(random_key, stream, entity, index), mean)
