"""Paired differences, compared with their formulas."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.statistics.confidence_intervals import mean_interval
from sim.statistics.paired_differences import compare

# Squares of smaller numbers than any outcome would vanish.
FINITE = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
VALUES = arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 3)), elements=FINITE)


@st.composite
def two(draw, gaps=True):
    """Two points, with or without undefined values."""
    shape = draw(st.tuples(st.integers(1, 12), st.integers(1, 3)))
    elements = st.one_of(FINITE, st.just(np.nan)) if gaps else FINITE
    return tuple(draw(arrays(np.float64, shape, elements=elements)) for _ in range(2))


@given(VALUES)
def test_a_point_with_itself(values):
    pairs = compare(values, values)
    assert (pairs.difference == 0).all()
    assert (pairs.low == 0).all()
    assert (pairs.high == 0).all()
    assert not pairs.clear.any()
    varies = np.ptp(values, axis=0) > 0
    assert np.isinf(pairs.saving[varies]).all()
    assert np.isnan(pairs.saving[~varies]).all()


@given(two(gaps=False), st.integers(-1000, 1000))
def test_a_constant_shifts_the_difference_and_leaves_the_saving(points, constant):
    base, other = np.round(points)
    assume(len(base) > 1)
    before, after = compare(base, other), compare(base, other + constant)
    assert after.difference == pytest.approx(before.difference + constant)
    assert after.high - after.low == pytest.approx(before.high - before.low)
    assert after.saving == pytest.approx(before.saving, nan_ok=True)


@given(two())
def test_swapped_points_change_the_sign(points):
    one, other = compare(*points), compare(*reversed(points))
    assert other.difference == pytest.approx(-one.difference, nan_ok=True)
    assert other.low == pytest.approx(-one.high, nan_ok=True)
    assert other.rose == pytest.approx(one.fell, nan_ok=True)
    assert other.base == pytest.approx(one.other, nan_ok=True)
    assert other.saving == pytest.approx(one.saving, nan_ok=True)


@given(two())
def test_interval_and_medians_are_those_of_the_pairs_that_are_defined(points):
    base, other = points
    pairs = compare(base, other)
    for k in range(base.shape[1]):
        whole = ~np.isnan(base[:, k] + other[:, k])
        a, b = base[whole, k], other[whole, k]
        assert (pairs.n[k], pairs.dropped[k]) == (whole.sum(), (~whole).sum())
        interval = mean_interval(b - a)
        size = max(1.0, np.abs(np.concatenate([a, b, [0]])).max())
        found = (pairs.difference[k], pairs.low[k], pairs.high[k])
        assert found == pytest.approx(tuple(interval), nan_ok=True, abs=1e-9 * size)
        if len(a):
            assert (pairs.base[k], pairs.other[k]) == pytest.approx((np.median(a), np.median(b)))
            assert pairs.rose[k] + pairs.fell[k] <= 1 + 1e-12
        else:
            assert np.isnan([pairs.base[k], pairs.other[k], pairs.rose[k], pairs.difference[k]]).all()


@given(st.integers(0, 2**32 - 1))
def test_independent_random_numbers_save_nothing(seed):
    rng = np.random.default_rng(seed)
    pairs = compare(rng.normal(size=(2000, 3)), rng.normal(3, 2, size=(2000, 3)))
    assert pairs.saving == pytest.approx(np.ones(3), abs=0.2)


def test_common_random_numbers_save_what_the_variances_say():
    rng = np.random.default_rng(5)
    random_key = rng.normal(0, 3, 4000)
    base, other = random_key + rng.normal(0, 1, 4000), random_key + rng.normal(0, 1, 4000)
    # (10 + 10) / 2
    assert compare(base[:, None], other[:, None]).saving[0] == pytest.approx(10, rel=0.1)


def test_a_steady_difference_needs_no_more_than_its_pairs():
    base = np.array([[0.1], [0.2], [0.7]])
    pairs = compare(base, base + 0.1)
    assert np.isinf(pairs.saving[0])
    assert (pairs.low[0], pairs.high[0]) == (pairs.difference[0], pairs.difference[0])
    assert pairs.clear[0]


def test_one_pair_has_no_interval():
    pairs = compare(np.array([[1.0]]), np.array([[3.0]]))
    assert (pairs.n[0], pairs.difference[0]) == (1, 2)
    assert np.isnan([pairs.low[0], pairs.high[0], pairs.saving[0]]).all()
    assert not pairs.clear[0]


def test_different_numbers_of_replications_are_no_pairs():
    with pytest.raises(ValueError, match="3 replications of one, 2 of the other"):
        compare(np.zeros((3, 1)), np.zeros((2, 1)))
