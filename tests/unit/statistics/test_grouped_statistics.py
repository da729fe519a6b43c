"""Grouped statistics, compared with NumPy and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.statistics.confidence_intervals import mean_interval
from sim.statistics.grouped_statistics import Groups, pool

POINTS = 4
ELEMENTS = st.one_of(st.floats(-1e6, 1e6, allow_subnormal=False), st.just(np.nan))


@st.composite
def runs(draw):
    """Points of runs in any order, and an outcome."""
    n = draw(st.integers(0, 30))
    codes = draw(arrays(np.int32, n, elements=st.integers(0, POINTS - 1)))
    return codes, draw(arrays(np.float64, n, elements=ELEMENTS))


@given(runs())
def test_statistics_are_those_of_each_point_by_itself(made):
    codes, values = made
    found = Groups.of(codes, POINTS).statistics(values)
    for point in range(POINTS):
        known = values[(codes == point) & ~np.isnan(values)]
        assert found.n[point] == len(known)
        interval = mean_interval(known)
        assert (found.mean[point], found.low[point], found.high[point]) == pytest.approx(
            tuple(interval), nan_ok=True, abs=1e-6
        )
        expected = np.quantile(known, [0.5, 0.1, 0.9]) if len(known) else [np.nan] * 3
        assert (found.median[point], found.p10[point], found.p90[point]) == pytest.approx(
            tuple(expected), nan_ok=True, abs=1e-6
        )


@given(arrays(np.float64, (6, 5), elements=st.floats(-100, 100)))
def test_pooled_points_with_equal_replications_are_means_over_replications(values):
    points = Groups.of(np.repeat(np.arange(6), 5), 6)
    level = np.array([0, 1, 0, 1, 1, 1])
    found = pool(points, level, np.tile(np.arange(5), 6), values.ravel())
    assert found.points.tolist() == [2, 4]
    for n in range(2):
        interval = mean_interval(values[level == n].mean(axis=0))
        assert (found.mean[n], found.low[n], found.high[n]) == pytest.approx(tuple(interval), abs=1e-6)


def test_the_interval_of_uneven_points_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    point = np.repeat([0, 1, 2], [30, 20, 10])
    replication = np.concatenate([np.arange(30), np.arange(20), np.arange(10)])
    points, held = Groups.of(point, 3), 0
    for _ in range(1000):
        values = point + rng.normal(size=30)[replication] + rng.normal(size=60)
        found = pool(points, np.zeros(3, np.int64), replication, values)
        held += bool(found.low[0] < 1 < found.high[0])
    # Few of its replications reach all points, so a little less than 950 of 1,000.
    assert 900 < held < 975


def test_one_replication_has_no_interval():
    found = pool(Groups.of(np.array([0, 1]), 2), np.array([0, 0]), np.array([0, 0]), np.array([1.0, 3.0]))
    assert found.mean.tolist() == [2]
    assert np.isnan([found.low[0], found.high[0]]).all()


def test_points_without_a_value_are_left_out_of_the_pool():
    codes, level = np.array([0, 0, 1, 1, 2]), np.array([0, 0, 1])
    found = pool(Groups.of(codes, 3), level, np.array([0, 1, 0, 1, 0]), np.array([1.0, 2.0, np.nan, np.nan, np.nan]))
    assert found.points.tolist() == [1, 0]
    assert found.mean[0] == 1.5
    assert np.isnan(found.mean[1])


@given(st.floats(-1e6, 1e6), st.integers(2, 60), st.integers(1, 5))
def test_what_does_not_vary_is_its_value_plus_or_minus_nothing(value, replications, points):
    """Also where the sum of equal values is rounded (0.1 three times), and over points."""
    point = np.repeat(np.arange(points), replications)
    values = np.full(len(point), value)
    groups = Groups.of(point, points)
    pooled = pool(groups, np.zeros(points, np.int64), np.tile(np.arange(replications), points), values)
    for found in (groups.statistics(values), pooled, mean_interval(values)):
        assert np.all(found.mean == value)
        assert np.all(found.low == value)
        assert np.all(found.high == value)


@given(arrays(np.float64, st.integers(1, 40), elements=st.floats(-1e6, 1e6)))
def test_a_mean_never_lies_beside_all_values(values):
    found = Groups.of(np.zeros(len(values), np.int64), 1).statistics(values)
    assert values.min() <= found.mean[0] <= values.max()
    assert values.min() <= mean_interval(values).mean <= values.max()


def test_runs_that_a_pooled_mean_is_taken_over_are_counted():
    codes, values = np.array([0, 0, 1, 1]), np.array([1.0, np.nan, 3.0, 4.0])
    found = pool(Groups.of(codes, 2), np.array([0, 0]), np.array([0, 1, 0, 1]), values)
    assert (found.points.tolist(), found.n.tolist()) == ([2], [3])
