"""Nanoseconds per draw, and Philox4x32-10 beside squares64.

Each line is measured twice: draws that do not wait for one another (a sweep over agents), and draws whose
arguments depend on the draw before (a loop whose next decision hangs on the last).

Run with ``python -m tests.bench.rng_speed``.

References
----------
Widynski (2020), Squares: a fast counter-based RNG. arXiv:2004.06278.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np

from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, binomial, gumbel, lognormal_factor, normal, poisson, random_index
from sim.engine.rng.normal_quantile import normal_quantile
from sim.engine.rng.philox import new_random_key, uniform

DRAWS = 2_000_000
REPEATS = 5

Draw = Callable[[np.record, np.uint64, int], float]


@rule
def squares64(counter: np.uint64, key: np.uint64) -> np.uint64:
    """Widynski's squares64: five rounds, 64 bits."""
    half = np.uint64(32)
    x = counter * key
    y = x
    z = y + key
    x = x * x + y
    x = (x >> half) | (x << half)
    x = x * x + z
    x = (x >> half) | (x << half)
    x = x * x + y
    x = (x >> half) | (x << half)
    x = x * x + z
    t = x
    x = (x >> half) | (x << half)
    return t ^ ((x * x + y) >> half)


@rule
def mixed(x: np.uint64) -> np.uint64:
    """Splitmix64's finaliser, needed to fold 192 bits of arguments into squares64's 64-bit counter."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@rule
def _squares_bare(random_key: np.record, entity: np.uint64, index: int) -> float:
    """No stream, quarter or index: the generator alone."""
    bits = squares64(entity + np.uint64(index), random_key.seed | np.uint64(1))
    return (float(bits >> np.uint64(12)) + 0.5) * 2.0**-52


@rule
def _squares_keyed(random_key: np.record, entity: np.uint64, index: int) -> float:
    """A function of all five arguments, as a rule needs it."""
    decision = (np.uint64(Stream.QUIT & 0xFFF) << np.uint64(52)) ^ (np.uint64(random_key.quarter) << np.uint64(32))
    counter = mixed(entity) + (decision ^ np.uint64(index))
    bits = squares64(counter, mixed(random_key.seed) | np.uint64(1))
    return 0.5 + float(random_key.noise_scale) * ((float(bits >> np.uint64(12)) + 0.5) * 2.0**-52 - 0.5)


@rule
def _squares_chance(random_key: np.record, entity: np.uint64, index: int) -> float:
    return 1.0 if _squares_keyed(random_key, entity, index) < 0.04 else 0.0


@rule
def _squares_normal(random_key: np.record, entity: np.uint64, index: int) -> float:
    return normal_quantile(_squares_keyed(random_key, entity, index))


@rule
def _uniform(random_key: np.record, entity: np.uint64, index: int) -> float:
    return uniform(random_key, Stream.QUIT, entity, index)


@rule
def _chance(random_key: np.record, entity: np.uint64, index: int) -> float:
    return 1.0 if bernoulli(random_key, 0.04, Stream.QUIT, entity, index) else 0.0


@rule
def _pick(random_key: np.record, entity: np.uint64, index: int) -> float:
    return float(random_index(random_key, 7, Stream.QUIT, entity, index))


@rule
def _normal(random_key: np.record, entity: np.uint64, index: int) -> float:
    return normal(random_key, Stream.QUIT, entity, index)


@rule
def _lognormal(random_key: np.record, entity: np.uint64, index: int) -> float:
    return lognormal_factor(random_key, 0.3, Stream.QUIT, entity, index)


@rule
def _gumbel(random_key: np.record, entity: np.uint64, index: int) -> float:
    return gumbel(random_key, Stream.QUIT, entity, index)


def _binomial(n: int, p: float) -> Draw:
    """Return a draw of a binomial."""

    @rule
    def draw(random_key: np.record, entity: np.uint64, index: int) -> float:
        return float(binomial(random_key, n, p, Stream.QUIT, entity, index))

    return draw


def _poisson(mean: float) -> Draw:
    """Return a draw of a Poisson."""

    @rule
    def draw(random_key: np.record, entity: np.uint64, index: int) -> float:
        return float(poisson(random_key, mean, Stream.QUIT, entity, index))

    return draw


def _nanoseconds(draw: Draw, apart: bool, draws: int) -> float:
    """Least time of one draw in a compiled loop, over the repeats."""

    @rule
    def loop(random_key: np.record, entities: np.ndarray, draws: int) -> float:
        total = 0.0
        last = 0
        for i in range(draws):
            value = draw(random_key, entities[i & 1023], i >> 10 if apart else (i >> 10) + last)
            last = 1 if value > 1e9 else 0
            total += value
        return total

    random_key = new_random_key(20240601, 1.0, 7)
    entities = np.arange(1, 1025, dtype=np.uint64) * np.uint64(0x1E3779B97F4A7C15)
    loop(random_key, entities, 1)
    best = float("inf")
    for _ in range(REPEATS):
        begun = perf_counter()
        loop(random_key, entities, draws)
        best = min(best, perf_counter() - begun)
    return best / draws * 1e9


def main() -> None:
    """Print the table."""
    lines: list[tuple[str, Draw, int]] = [
        ("squares64, bare", _squares_bare, DRAWS),
        ("squares64, keyed like ours", _squares_keyed, DRAWS),
        ("chance by squares64", _squares_chance, DRAWS),
        ("normal by squares64", _squares_normal, DRAWS),
        ("uniform (Philox4x32-10)", _uniform, DRAWS),
        ("chance", _chance, DRAWS),
        ("pick of 7", _pick, DRAWS),
        ("normal", _normal, DRAWS),
        ("lognormal_factor", _lognormal, DRAWS),
        ("gumbel", _gumbel, DRAWS),
        ("binomial 12, 0.04", _binomial(12, 0.04), DRAWS),
        ("binomial 40, 0.6", _binomial(40, 0.6), DRAWS),
        ("binomial 2000, 0.02", _binomial(2000, 0.02), DRAWS // 10),
        ("binomial 2000, 0.4", _binomial(2000, 0.4), DRAWS // 10),
        ("binomial 1000000, 0.4", _binomial(1_000_000, 0.4), DRAWS // 1000),
        ("poisson 3", _poisson(3.0), DRAWS),
        ("poisson 45", _poisson(45.0), DRAWS // 10),
        ("poisson 60", _poisson(60.0), DRAWS // 10),
        ("poisson 3000", _poisson(3000.0), DRAWS // 100),
    ]
    print(f"{'ns per draw':<30}{'apart':>10}{'in a chain':>12}")
    for name, draw, draws in lines:
        print(f"{name:<30}{_nanoseconds(draw, True, draws):>10.1f}{_nanoseconds(draw, False, draws):>12.1f}")


if __name__ == "__main__":
    main()
