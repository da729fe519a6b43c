"""Statistical tests of random draws.

Its draws are fixed by their arguments, so its tests pass or fail the same way every time.  They ask for
p > 1e-4 or less than five standard errors, which the right generator misses in a few of 10,000.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numba.core import config
from scipy import stats

from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.philox import child_id, entity_id, new_random_key, uniform
from tests.oracle import random_draws as naive

DRAWS = 5_000 if config.DISABLE_JIT else 200_000


@rule
def fill(out, random_key, stream, entity, index, steps):
    """Draw along a line: step after step in stream, entity, quarter and index."""
    start = random_key.quarter
    for i in range(len(out)):
        random_key.quarter = start + i * steps[2]
        who = int(entity) + i * steps[1]
        out[i] = uniform(random_key, int(stream + i * steps[0]) & 0xFFF, who, index + i * steps[3])
    random_key.quarter = start


AXES = {  # steps in stream, entity, quarter and index
    "entity": (0, 1, 0, 0),
    "entity, high half": (0, 1 << 32, 0, 0),
    "entity, far apart": (0, 0x1E3779B97F4A7C15 >> 20, 0, 0),
    "quarter": (0, 0, 1, 0),
    "index": (0, 0, 0, 1),
    "index, an id": (0, 0, 0, 0x1E3779B97F4A7C15 >> 20),
    "all but stream": (0, 1, 1, 1),
}


def along(axis, seed=20240601, stream=Stream.QUIT, entity=1, n=DRAWS):
    out = np.empty(n)
    fill(out, new_random_key(seed), int(stream), entity, 0, AXES[axis])
    return out


@pytest.fixture(scope="module")
def lines():
    """Draws along each axis; those from one seed to the next and one named entity to the next as well."""
    drawn = {axis: along(axis) for axis in AXES}
    few = DRAWS // 10
    drawn["seed"] = np.array([uniform(new_random_key(s), Stream.QUIT, np.uint64(1), 0) for s in range(few)])
    random_key = new_random_key(1)
    ids = [np.uint64(entity_id(f"agency {i}")) for i in range(few)]
    drawn["name"] = np.array([uniform(random_key, Stream.QUIT, who, 0) for who in ids])
    return drawn


LINES = [*AXES, "seed", "name"]


@pytest.mark.parametrize("line", LINES)
def test_draws_are_uniform(lines, line):
    u = lines[line]
    assert 0 < u.min() < u.max() < 1
    cells = np.bincount((u * 256).astype(int), minlength=256)
    assert stats.chisquare(cells).pvalue > 1e-4
    assert stats.kstest(u, "uniform").pvalue > 1e-4


@pytest.mark.parametrize("line", LINES)
def test_neighbours_are_independent(lines, line):
    u = lines[line]
    z = u - u.mean()
    for lag in (1, 2, 3, 5, 8, 64, 1024):
        correlation = (z[:-lag] @ z[lag:]) / (z @ z)
        assert abs(correlation) * len(u) ** 0.5 < 5, lag
    pairs = (u[0::2] * 16).astype(int)[: len(u) // 2] * 16 + (u[1::2] * 16).astype(int)
    assert stats.chisquare(np.bincount(pairs, minlength=256)).pvalue > 1e-4


@pytest.mark.parametrize("line", LINES)
def test_runs_are_as_many_as_they_should_be(lines, line):
    u = lines[line]
    n = len(u)
    crossings = np.count_nonzero((u[1:] > 0.5) != (u[:-1] > 0.5))
    assert abs(crossings - (n - 1) / 2) / ((n - 1) / 4) ** 0.5 < 5
    turns = np.count_nonzero((u[1:-1] - u[:-2]) * (u[1:-1] - u[2:]) > 0)
    assert abs(turns - 2 * (n - 2) / 3) / ((16 * n - 29) / 90) ** 0.5 < 5


@pytest.mark.parametrize("line", LINES)
def test_every_bit_is_set_half_of_the_time(lines, line):
    cells = (lines[line] * 2.0**52).astype(np.uint64)
    bits = (cells[:, None] >> np.arange(52, dtype=np.uint64)) & np.uint64(1)
    assert np.abs(bits.mean(axis=0) - 0.5).max() * 2 * len(cells) ** 0.5 < 5


def test_streams_are_independent_of_one_another():
    n = DRAWS // 10
    drawn = np.stack([along("entity", stream=stream, n=n) for stream in Stream])
    others = np.corrcoef(drawn) - np.eye(len(drawn))
    assert np.abs(others).max() * n**0.5 < 5
    shifted = np.array([np.corrcoef(a[1:], b[:-1])[0, 1] for a, b in pairwise(drawn)])
    assert np.abs(shifted).max() * n**0.5 < 5


def test_seeds_are_independent_of_one_another():
    n = DRAWS // 10
    drawn = np.stack([along("index", seed=seed, n=n) for seed in (0, 1, 2, 3, 2**32, 2**63, 2**64 - 1)])
    others = np.corrcoef(drawn) - np.eye(len(drawn))
    assert np.abs(others).max() * n**0.5 < 5


def flipped_bits(a, b):
    return bin(int(a * 2.0**52) ^ int(b * 2.0**52)).count("1")


def test_one_bit_of_any_argument_flips_half_of_the_draw():
    """26 of 52 bits, standard deviation 3.6: the mean of 50 is within five standard errors."""
    widths = {"seed": 64, "stream": 12, "entity": 64, "quarter": 20, "index": 64}

    def draw(seed, stream, entity, quarter, index):
        return uniform(new_random_key(seed, 1.0, quarter - 2**19), stream, np.uint64(entity), np.uint64(index))

    bases = [
        {name: naive.child_id(i, 0, 0, place) % 2**width for place, (name, width) in enumerate(widths.items())}
        for i in range(50)
    ]
    for name, width in widths.items():
        for bit in range(width):
            flips = [flipped_bits(draw(**b), draw(**{**b, name: b[name] ^ 1 << bit})) for b in bases]
            assert abs(np.mean(flips) - 26) < 5 * 13**0.5 / 50**0.5, (name, bit)


@rule
def fill_ids(out, parent, steps):
    """Ids of what a line of founders, kinds, quarters and slots founds."""
    for i in range(len(out)):
        kind = int(i * steps[0]) & 0xFFF
        out[i] = child_id(np.uint64(parent + i * steps[1]), kind, i * steps[2], i * steps[3])


def test_ids_do_not_collide():
    """Nor do their lower 32 bits more than chance has it (n**2 / 2**33)."""
    lines = [(0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0x1E3779B97F4 << 1, 0, 0)]
    ids = np.empty((len(lines), DRAWS), dtype=np.uint64)
    for i, steps in enumerate(lines):
        fill_ids(ids[i], 1 + (i << 60), steps)
    everything = np.unique(ids)
    assert len(everything) == ids.size
    assert everything.max() < 2**63
    short = ids.size - len(np.unique(ids.astype(np.uint32)))
    expected = ids.size**2 / 2**33
    assert abs(short - expected) < 5 * max(expected, 1) ** 0.5
    assert len({entity_id(f"agency {i}") for i in range(20_000)}) == 20_000


def test_descendants_do_not_collide():
    kin = [np.uint64(entity_id("founder"))]
    for parent in kin[:1]:
        kin += [child_id(parent, Stream.SPIN_OFF, q, s) for q in range(20) for s in range(3)]
    kin += [child_id(parent, Stream.SPIN_OFF, q, 0) for parent in kin[1:] for q in range(20)]
    assert len({int(one) for one in kin}) == len(kin)
