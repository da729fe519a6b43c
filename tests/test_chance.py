"""Every draw: the published vectors, the naive twin, a statistical battery, the inverses, both modes.

The battery's draws are fixed by their arguments, so its tests pass or fail the same way every time.  They
ask for p > 1e-4 or less than five standard errors, which the right generator misses in a few of 10,000.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.core import config
from scipy import stats

from sim.chance import (
    LUCK,
    Stream,
    binomial,
    chance,
    child_id,
    entity_id,
    gumbel,
    lognormal_factor,
    new_luck,
    normal,
    pick,
    poisson,
    rotated,
    uniform,
)
from sim.chance.counts import (
    WALK_FROM_ZERO,
    binomial_mass,
    binomial_quantile,
    poisson_mass,
    poisson_quantile,
)
from sim.chance.generator import philox
from sim.chance.normal import normal_quantile
from sim.chance.streams import STREAM_LIMIT
from sim.rule import rule
from tests.reference import chance as naive

ROOT = Path(__file__).parents[1]
DRAWS = 5_000 if config.DISABLE_JIT else 200_000
SMALLEST, LARGEST = 2.0**-53, 1 - 2.0**-53
ROUNDING = 5e-14  # of cumulative probabilities

words64 = st.integers(0, 2**64 - 1)
quarters = st.integers(-(2**19), 2**19 - 1)
streams = st.sampled_from(Stream)
indices = st.integers(-1, 100) | st.integers(0, 2**63 - 1)
shares = st.sampled_from([0.0, 1e-300, 1e-12, 0.5, 1 - 2.0**-53, 1.0]) | st.floats(0, 1)
open_shares = st.sampled_from([SMALLEST, 0.5, LARGEST]) | st.floats(SMALLEST, LARGEST)
lucks = st.builds(naive.Luck, words64, st.just(1.0) | st.floats(0, 1), quarters)


def same_luck(luck: naive.Luck) -> np.record:
    return new_luck(luck.seed, luck.variation, luck.quarter)


# --- The published vectors --------------------------------------------------------------------------------

ONES = 0xFFFFFFFF
KNOWN_ANSWERS = [  # kat_vectors of Random123: counter and key, words out
    ((0, 0, 0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES, ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("words", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(words, answer):
    assert philox(*words) == answer
    assert naive.philox(words[:4], words[4:]) == answer


# --- The naive twin ---------------------------------------------------------------------------------------


@given(st.tuples(*[st.integers(0, ONES)] * 6))
def test_philox_is_the_twins(words):
    assert philox(*words) == naive.philox(words[:4], words[4:])


@given(lucks, streams, words64, indices)
def test_uniform_is_the_twins(luck, stream, entity, index):
    assert uniform(same_luck(luck), stream, np.uint64(entity), index) == naive.uniform(luck, stream, entity, index)


@given(words64, streams, quarters, indices)
def test_child_id_is_the_twins(parent, kind, quarter, slot):
    assert child_id(np.uint64(parent), kind, quarter, slot) == naive.child_id(parent, kind, quarter, slot)


@given(st.text())
def test_entity_id_is_the_twins_and_fits_a_signed_integer(text):
    assert entity_id(text) == naive.entity_id(text)
    assert 0 <= entity_id(text) < 2**63


@given(lucks, streams, words64, indices, shares, st.integers(1, 10**9), st.floats(0, 3))
def test_simple_draws_are_the_twins(luck, stream, entity, index, p, n, sigma):
    ours, who = same_luck(luck), np.uint64(entity)
    assert chance(ours, p, stream, who, index) is naive.chance(luck, p, stream, entity, index)
    assert pick(ours, n, stream, who, index) == naive.pick(luck, n, stream, entity, index)
    assert normal(ours, stream, who, index) == pytest.approx(naive.normal(luck, stream, entity, index), rel=1e-14)
    assert lognormal_factor(ours, sigma, stream, who, index) == pytest.approx(
        naive.lognormal_factor(luck, sigma, stream, entity, index), rel=1e-13
    )
    assert gumbel(ours, stream, who, index) == pytest.approx(
        naive.gumbel(luck, stream, entity, index), rel=1e-13, abs=1e-15
    )


def agrees(ours, twins, u, below):
    """Whether two quantiles are the same, or `u` is on the boundary of all values between them."""
    low, high = sorted([ours, twins])
    return low == high or (abs(below(low) - u) < ROUNDING and abs(below(high - 1) - u) < ROUNDING)


@given(open_shares, st.integers(0, 300), shares)
def test_binomial_quantile_is_the_twins(u, n, p):
    ours, twins = binomial_quantile(u, n, p), naive.binomial_quantile(u, n, p)
    assert agrees(ours, twins, u, lambda k: stats.binom.cdf(k, n, p))


@given(open_shares, st.just(0.0) | st.floats(1e-9, 200))
def test_poisson_quantile_is_the_twins(u, mean):
    ours, twins = poisson_quantile(u, mean), naive.poisson_quantile(u, mean)
    assert agrees(ours, twins, u, lambda k: stats.poisson.cdf(k, mean))


@given(lucks, streams, words64, indices)
def test_counts_are_the_twins(luck, stream, entity, index):
    ours, who = same_luck(luck), np.uint64(entity)
    assert binomial(ours, 12, 0.3, stream, who, index) == naive.binomial(luck, 12, 0.3, stream, entity, index)
    assert poisson(ours, 2.5, stream, who, index) == naive.poisson(luck, 2.5, stream, entity, index)


# --- What a draw depends on -------------------------------------------------------------------------------


def test_luck_is_aligned_and_refuses_values_out_of_range():
    assert LUCK.isalignedstruct
    assert LUCK.names == ("seed", "variation", "quarter")
    for wrong in ({"seed": -1}, {"seed": 2**64}, {"seed": 1, "variation": 1.1}, {"seed": 1, "quarter": 2**19}):
        with pytest.raises(ValueError, match="must be between"):
            new_luck(**wrong)


def test_streams_have_numbers_of_their_own_and_a_sentence_each():
    assert len({int(stream) for stream in Stream}) == len(Stream.__members__)
    assert all(0 <= stream < STREAM_LIMIT for stream in Stream)
    assert all(stream.meaning.endswith(".") and len(stream.meaning) > 20 for stream in Stream)


@given(lucks, streams, st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_a_draw_does_not_depend_on_the_types_of_its_arguments(luck, stream, entity, index):
    ours = same_luck(luck)
    expected = uniform(ours, stream, np.uint64(entity), index)
    assert uniform(ours, int(stream), entity, index) == expected
    assert uniform(ours, stream, np.uint64(entity), np.uint64(index)) == expected


@given(lucks.map(lambda luck: naive.Luck(luck.seed, 0.0, luck.quarter)), streams, words64, indices)
def test_without_variation_every_draw_is_the_median(luck, stream, entity, index):
    ours, who = same_luck(luck), np.uint64(entity)
    assert uniform(ours, stream, who, index) == 0.5
    assert normal(ours, stream, who, index) == 0.0
    assert lognormal_factor(ours, 0.7, stream, who, index) == 1.0
    assert binomial(ours, 12, 0.3, stream, who, index) == 4
    assert poisson(ours, 2.5, stream, who, index) == 2
    assert pick(ours, 5, stream, who, index) == 2


@given(words64, st.floats(0, 1), streams, words64, indices)
def test_less_variation_is_closer_to_the_median_on_the_same_side(seed, variation, stream, entity, index):
    full = uniform(new_luck(seed), stream, np.uint64(entity), index)
    part = uniform(new_luck(seed, variation), stream, np.uint64(entity), index)
    assert part - 0.5 == pytest.approx(variation * (full - 0.5), abs=2e-16)


# --- The battery ------------------------------------------------------------------------------------------


@rule
def fill(out, luck, stream, entity, index, steps):
    """Draw along a line: step after step in stream, entity, quarter and index."""
    start = luck.quarter
    for i in range(len(out)):
        luck.quarter = start + i * steps[2]
        who = int(entity) + i * steps[1]
        out[i] = uniform(luck, int(stream + i * steps[0]) & 0xFFF, who, index + i * steps[3])
    luck.quarter = start


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
    fill(out, new_luck(seed), int(stream), entity, 0, AXES[axis])
    return out


@pytest.fixture(scope="module")
def lines():
    """Draws along each axis; those from one seed to the next and one named entity to the next as well."""
    drawn = {axis: along(axis) for axis in AXES}
    few = DRAWS // 10
    drawn["seed"] = np.array([uniform(new_luck(s), Stream.QUIT, np.uint64(1), 0) for s in range(few)])
    luck = new_luck(1)
    ids = [np.uint64(entity_id(f"agency {i}")) for i in range(few)]
    drawn["name"] = np.array([uniform(luck, Stream.QUIT, who, 0) for who in ids])
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
        return uniform(new_luck(seed, 1.0, quarter - 2**19), stream, np.uint64(entity), np.uint64(index))

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


# --- The inverses -----------------------------------------------------------------------------------------

PROBES = np.concatenate([2.0 ** -np.arange(2, 54), 1 - 2.0 ** -np.arange(2, 54), np.linspace(0.001, 0.999, 199)])


def test_normal_quantile_is_scipys():
    ours = np.array([normal_quantile(u) for u in PROBES])
    np.testing.assert_allclose(ours, stats.norm.ppf(PROBES), rtol=2e-15, atol=1e-16)
    assert normal_quantile(0.5) == 0.0


@given(open_shares)
def test_normal_quantile_is_odd(u):
    if 1 - (1 - u) == u:
        assert normal_quantile(1 - u) == -normal_quantile(u)


@pytest.mark.parametrize("u", [0.075, 0.925, float(np.exp(-25)), 0.5])
def test_normal_quantile_rises_where_its_parts_meet(u):
    near = u + np.arange(-200, 201) * np.spacing(u) * 1000
    z = np.array([normal_quantile(value) for value in near])
    assert (np.diff(z) >= 0).all()


BINOMIALS = [
    (n, p)
    for n in (1, 2, 7, 40, 97, 192, 193, 1000, 30_000, 1_000_000)
    for p in (1e-7, 1e-4, 0.01, 0.0485, 0.3, 0.5, 0.7, 0.999, 1 - 1e-9)
]


def test_binomial_quantile_brackets_scipys_distribution():
    """The cumulative reaches u at the quantile and not before."""
    for n, p in BINOMIALS:
        ours = np.array([binomial_quantile(u, n, p) for u in PROBES[::3]])
        assert (stats.binom.cdf(ours, n, p) >= PROBES[::3] - ROUNDING).all(), (n, p)
        assert (stats.binom.cdf(ours - 1, n, p) <= PROBES[::3] + ROUNDING).all(), (n, p)


def test_poisson_quantile_brackets_scipys_distribution():
    edge = WALK_FROM_ZERO
    for mean in (1e-9, 0.1, 1.0, 3.7, 45.0, edge, edge + 1e-9, 300.0, 1e4, 1e6):
        ours = np.array([poisson_quantile(u, mean) for u in PROBES])
        assert (stats.poisson.cdf(ours, mean) >= PROBES - ROUNDING).all(), mean
        assert (stats.poisson.cdf(ours - 1, mean) <= PROBES + ROUNDING).all(), mean


def test_masses_are_the_twins():
    for k, n, p in [(10, 300, 0.2), (60, 300, 0.2), (100, 200, 0.5), (300, 1000, 0.3)]:
        assert binomial_mass(k, n, p) == pytest.approx(float(naive.binomial_mass(k, n, p)), rel=1e-12)
    for k, mean in [(10, 97.0), (97, 97.0), (150, 97.0), (1000, 1000.0)]:
        assert poisson_mass(k, mean) == pytest.approx(float(naive.poisson_mass(k, mean)), rel=1e-12)


@given(open_shares, st.integers(0, 10**6), shares)
def test_binomial_edges(u, n, p):
    assert binomial_quantile(u, 0, p) == 0
    assert binomial_quantile(u, n, 0.0) == 0
    assert binomial_quantile(u, n, 1.0) == n
    assert 0 <= binomial_quantile(u, n, p) <= n


@given(lucks, streams, words64, indices)
def test_certain_and_impossible_events(luck, stream, entity, index):
    ours, who = same_luck(luck), np.uint64(entity)
    assert chance(ours, 1.0, stream, who, index)
    assert not chance(ours, 0.0, stream, who, index)
    assert pick(ours, 1, stream, who, index) == 0
    assert poisson(ours, 0.0, stream, who, index) == 0


def test_nothing_to_pick_from():
    with pytest.raises(ValueError, match="at least one"):
        pick(new_luck(1), 0, Stream.HIRE, np.uint64(1), 0)


@given(st.integers(1, 2**53))
def test_pick_reaches_the_last_and_no_further(n):
    assert int(LARGEST * n) == n - 1


def sorted_pair(values):
    return st.tuples(values, values).map(sorted)


# Two values that differ by rounding alone may come in either order: leave such pairs out.
def apart(pair):
    return pair[1] - pair[0] > 1e-10 * pair[1]


@given(sorted_pair(open_shares).filter(apart), st.integers(0, 20_000), st.floats(0, 1))
def test_binomial_rises_with_the_draw(us, n, p):
    assert binomial_quantile(us[0], n, p) <= binomial_quantile(us[1], n, p)


@given(open_shares, st.integers(0, 20_000), sorted_pair(st.floats(0, 1)).filter(apart))
def test_binomial_rises_with_probability(u, n, ps):
    if SMALLEST * 1e6 < u < 1 - SMALLEST * 1e6:
        assert binomial_quantile(u, n, ps[0]) <= binomial_quantile(u, n, ps[1])


@given(open_shares, sorted_pair(st.integers(0, 20_000)), st.floats(1e-6, 1))
def test_binomial_rises_with_trials(u, ns, p):
    if SMALLEST * 1e6 < u < 1 - SMALLEST * 1e6:
        assert binomial_quantile(u, ns[0], p) <= binomial_quantile(u, ns[1], p)


@given(sorted_pair(st.floats(1e-9, 1 - 1e-9)).filter(apart), sorted_pair(st.floats(0, 20_000)).filter(apart))
def test_poisson_rises_with_the_draw_and_the_mean(us, means):
    assert poisson_quantile(us[0], means[0]) <= poisson_quantile(us[1], means[0])
    assert poisson_quantile(us[0], means[0]) <= poisson_quantile(us[0], means[1])


@given(sorted_pair(open_shares).filter(apart))
def test_normal_rises_with_the_draw(us):
    assert normal_quantile(us[0]) <= normal_quantile(us[1])


# --- Compiled and not -------------------------------------------------------------------------------------


def table() -> list[list[str]]:
    """Draws of every kind, exactly: floats in hexadecimal."""
    rows = []
    for i in range(60):
        seed, who = naive.child_id(i, 1, 2, 3) * 2 + 1, np.uint64(naive.child_id(i, 4, 5, 6) * 2 + 1)
        luck = new_luck(seed, 1.0 if i % 3 else 0.4, i - 3)
        for stream in (Stream.INITIAL_STATE, Stream.QUIT, Stream.CLOSURE):
            row = [
                uniform(luck, stream, who, i).hex(),
                uniform(luck, stream, who, np.uint64(2**64 - 1 - i)).hex(),
                normal(luck, stream, who, i).hex(),
                lognormal_factor(luck, 0.3, stream, who, i).hex(),
                gumbel(luck, stream, who, i).hex(),
                str(chance(luck, i / 60, stream, who, i)),
                str(pick(luck, i + 1, stream, who, i)),
                str(child_id(who, stream, i - 3, i)),
            ]
            row += [str(binomial(luck, n, i / 59, stream, who, i)) for n in (0, 5, 300, 1_000_000)]
            row += [str(poisson(luck, mean * (i + 1), stream, who, i)) for mean in (0.0, 0.1, 40.0)]
            rows.append(row)
    return rows


def test_plain_python_draws_the_same():
    """In another process, with compilation off if it is on here and on if it is off."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": str(int(not config.DISABLE_JIT)), "PYTHONPATH": str(ROOT)}
    there = subprocess.run(
        [sys.executable, "-W", "error", __file__], env=environment, capture_output=True, text=True, check=False
    )
    assert there.returncode == 0, there.stderr
    assert json.loads(there.stdout) == table()


if __name__ == "__main__":
    print(json.dumps(table()))


def test_rotated_draws_are_even_and_fade_with_variation():
    ids = [entity_id(f"lot {i}") for i in range(4000)]
    full, none = new_luck(1), new_luck(1, variation=0.0)
    drawn = np.array([rotated(full, 0.3, one) for one in ids])
    assert stats.kstest(drawn, "uniform").pvalue > 0.001
    assert 0.0 <= drawn.min() <= drawn.max() < 1.0
    assert {rotated(none, 0.3, one) for one in ids[:50]} == {0.5}
    assert rotated(full, 0.25, 0) == 0.25
