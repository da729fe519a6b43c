"""Random draws: the published vectors, a second implementation, what a draw depends on, compiled and interpreted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba.core import config
from scipy import stats

from sim.declarations.random_streams import STREAM_LIMIT, Stream
from sim.engine.rng.count_quantiles import (
    binomial_quantile,
    poisson_quantile,
)
from sim.engine.rng.distributions import (
    bernoulli,
    binomial,
    gumbel,
    lognormal_factor,
    normal,
    poisson,
    random_index,
    random_rotation,
)
from sim.engine.rng.philox import RANDOM_KEY, child_id, entity_id, new_random_key, philox, uniform
from tests.oracle import random_draws as naive
from tests.support.rng_arguments import (
    ROUNDING,
    indices,
    open_shares,
    quarters,
    random_keys,
    same_random_key,
    shares,
    streams,
    words64,
)

ROOT = Path(__file__).parents[3]


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


@given(random_keys, streams, words64, indices)
def test_uniform_is_the_twins(random_key, stream, entity, index):
    assert uniform(same_random_key(random_key), stream, np.uint64(entity), index) == naive.uniform(
        random_key, stream, entity, index
    )


@given(words64, streams, quarters, indices)
def test_child_id_is_the_twins(parent, kind, quarter, slot):
    assert child_id(np.uint64(parent), kind, quarter, slot) == naive.child_id(parent, kind, quarter, slot)


@given(st.text())
def test_entity_id_is_the_twins_and_fits_a_signed_integer(text):
    assert entity_id(text) == naive.entity_id(text)
    assert 0 <= entity_id(text) < 2**63


@given(random_keys, streams, words64, indices, shares, st.integers(1, 10**9), st.floats(0, 3))
def test_simple_draws_are_the_twins(random_key, stream, entity, index, p, n, sigma):
    ours, who = same_random_key(random_key), np.uint64(entity)
    assert bernoulli(ours, p, stream, who, index) is naive.bernoulli(random_key, p, stream, entity, index)
    assert random_index(ours, n, stream, who, index) == naive.random_index(random_key, n, stream, entity, index)
    assert normal(ours, stream, who, index) == pytest.approx(naive.normal(random_key, stream, entity, index), rel=1e-14)
    assert lognormal_factor(ours, sigma, stream, who, index) == pytest.approx(
        naive.lognormal_factor(random_key, sigma, stream, entity, index), rel=1e-13
    )
    assert gumbel(ours, stream, who, index) == pytest.approx(
        naive.gumbel(random_key, stream, entity, index), rel=1e-13, abs=1e-15
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


@given(random_keys, streams, words64, indices)
def test_counts_are_the_twins(random_key, stream, entity, index):
    ours, who = same_random_key(random_key), np.uint64(entity)
    assert binomial(ours, 12, 0.3, stream, who, index) == naive.binomial(random_key, 12, 0.3, stream, entity, index)
    assert poisson(ours, 2.5, stream, who, index) == naive.poisson(random_key, 2.5, stream, entity, index)


# --- What a draw depends on -------------------------------------------------------------------------------


def test_a_random_key_is_aligned_and_refuses_values_out_of_range():
    assert RANDOM_KEY.isalignedstruct
    assert RANDOM_KEY.names == ("seed", "noise_scale", "quarter")
    for wrong in ({"seed": -1}, {"seed": 2**64}, {"seed": 1, "noise_scale": 1.1}, {"seed": 1, "quarter": 2**19}):
        with pytest.raises(ValueError, match="must be between"):
            new_random_key(**wrong)


def test_streams_have_numbers_of_their_own_and_a_sentence_each():
    assert len({int(stream) for stream in Stream}) == len(Stream.__members__)
    assert all(0 <= stream < STREAM_LIMIT for stream in Stream)
    assert all(stream.meaning.endswith(".") and len(stream.meaning) > 20 for stream in Stream)


@given(random_keys, streams, st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_a_draw_does_not_depend_on_the_types_of_its_arguments(random_key, stream, entity, index):
    ours = same_random_key(random_key)
    expected = uniform(ours, stream, np.uint64(entity), index)
    assert uniform(ours, int(stream), entity, index) == expected
    assert uniform(ours, stream, np.uint64(entity), np.uint64(index)) == expected


@given(
    random_keys.map(lambda random_key: naive.RandomKey(random_key.seed, 0.0, random_key.quarter)),
    streams,
    words64,
    indices,
)
def test_without_variation_every_draw_is_the_median(random_key, stream, entity, index):
    ours, who = same_random_key(random_key), np.uint64(entity)
    assert uniform(ours, stream, who, index) == 0.5
    assert normal(ours, stream, who, index) == 0.0
    assert lognormal_factor(ours, 0.7, stream, who, index) == 1.0
    assert binomial(ours, 12, 0.3, stream, who, index) == 4
    assert poisson(ours, 2.5, stream, who, index) == 2
    assert random_index(ours, 5, stream, who, index) == 2


@given(words64, st.floats(0, 1), streams, words64, indices)
def test_a_smaller_noise_scale_is_closer_to_the_median_on_the_same_side(seed, noise_scale, stream, entity, index):
    full = uniform(new_random_key(seed), stream, np.uint64(entity), index)
    part = uniform(new_random_key(seed, noise_scale), stream, np.uint64(entity), index)
    assert part - 0.5 == pytest.approx(noise_scale * (full - 0.5), abs=2e-16)


# --- Compiled and not -------------------------------------------------------------------------------------


def table() -> list[list[str]]:
    """Draws of every kind, exactly: floats in hexadecimal."""
    rows = []
    for i in range(60):
        seed, who = naive.child_id(i, 1, 2, 3) * 2 + 1, np.uint64(naive.child_id(i, 4, 5, 6) * 2 + 1)
        random_key = new_random_key(seed, 1.0 if i % 3 else 0.4, i - 3)
        for stream in (Stream.INITIAL_STATE, Stream.QUIT, Stream.CLOSURE):
            row = [
                uniform(random_key, stream, who, i).hex(),
                uniform(random_key, stream, who, np.uint64(2**64 - 1 - i)).hex(),
                normal(random_key, stream, who, i).hex(),
                lognormal_factor(random_key, 0.3, stream, who, i).hex(),
                gumbel(random_key, stream, who, i).hex(),
                str(bernoulli(random_key, i / 60, stream, who, i)),
                str(random_index(random_key, i + 1, stream, who, i)),
                str(child_id(who, stream, i - 3, i)),
            ]
            row += [str(binomial(random_key, n, i / 59, stream, who, i)) for n in (0, 5, 300, 1_000_000)]
            row += [str(poisson(random_key, mean * (i + 1), stream, who, i)) for mean in (0.0, 0.1, 40.0)]
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
    full, none = new_random_key(1), new_random_key(1, noise_scale=0.0)
    drawn = np.array([random_rotation(full, 0.3, one) for one in ids])
    assert stats.kstest(drawn, "uniform").pvalue > 0.001
    assert 0.0 <= drawn.min() <= drawn.max() < 1.0
    assert {random_rotation(none, 0.3, one) for one in ids[:50]} == {0.5}
    assert random_rotation(full, 0.25, 0) == 0.25
