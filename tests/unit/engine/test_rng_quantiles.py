"""Quantiles of distributions, by which draws become counts and normal numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.declarations.random_streams import Stream
from sim.engine.rng.count_quantiles import (
    WALK_FROM_ZERO,
    binomial_mass,
    binomial_quantile,
    poisson_mass,
    poisson_quantile,
)
from sim.engine.rng.distributions import bernoulli, poisson, random_index
from sim.engine.rng.normal_quantile import normal_quantile
from sim.engine.rng.philox import new_random_key
from tests.oracle import random_draws as naive
from tests.support.rng_arguments import (
    LARGEST,
    ROUNDING,
    SMALLEST,
    indices,
    open_shares,
    random_keys,
    same_random_key,
    shares,
    streams,
    words64,
)

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


@given(random_keys, streams, words64, indices)
def test_certain_and_impossible_events(random_key, stream, entity, index):
    ours, who = same_random_key(random_key), np.uint64(entity)
    assert bernoulli(ours, 1.0, stream, who, index)
    assert not bernoulli(ours, 0.0, stream, who, index)
    assert random_index(ours, 1, stream, who, index) == 0
    assert poisson(ours, 0.0, stream, who, index) == 0


def test_nothing_to_pick_from():
    with pytest.raises(ValueError, match="at least one"):
        random_index(new_random_key(1), 0, Stream.HIRE, np.uint64(1), 0)


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
