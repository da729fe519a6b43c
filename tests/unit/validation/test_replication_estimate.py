"""Replication estimate: Student's t, and the jackknife against closed forms and hand-made cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.confidence_intervals import mean_interval
from sim.validation.replication_estimate import estimate

VALUES = st.floats(-1e6, 1e6, allow_nan=False, width=32)
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=30)


@given(PAIRS)
def test_of_a_linear_number_the_jackknife_is_students_t(pairs: list[tuple[float, float]]) -> None:
    rows = np.array(pairs, np.float64)
    found = estimate(rows, lambda parts: float(2 * parts[0] - 3 * parts[1]))
    expected = mean_interval(rows @ np.array([2.0, -3.0]))
    scale = 1e-6 * (1 + np.abs(rows).max())
    assert found[:3] == pytest.approx(tuple(map(float, expected)), rel=1e-6, abs=scale)


def test_of_a_square_it_has_its_closed_form() -> None:
    x = np.array([1.0, 2.0, 4.0, 7.0])
    n, mean = 4, x.mean()
    without = ((n * mean - x) / (n - 1)) ** 2
    error = math.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    found = estimate(x, lambda parts: float(parts[0] ** 2))
    assert found.mean == pytest.approx(mean**2)
    assert found.half == pytest.approx(3.182446305 * error)


def test_a_ratio_is_one_of_sums_and_not_a_mean_of_ratios() -> None:
    found = estimate([[0.0, 1.0], [3.0, 1.0]], lambda parts: float(parts[0] / parts[1]))
    assert found.mean == 1.5
    assert found.low < 1.5 < found.high


def test_undefined_parts_are_left_out_one_by_one_and_undefined_rows_counted() -> None:
    nan = math.nan
    found = estimate([[1.0, nan], [3.0, 4.0], [nan, nan], [2.0, 2.0]], lambda parts: float(parts[0] / parts[1]))
    assert found.mean == pytest.approx(2.0 / 3.0)
    assert (found.runs, found.defined) == (4, 3)


@pytest.mark.parametrize(("rows", "mean"), [([], math.nan), ([math.nan, math.nan], math.nan), ([3.0, math.nan], 3.0)])
def test_too_few_values_have_no_interval(rows: list[float], mean: float) -> None:
    for combine in (None, lambda parts: float(parts[0])):
        found = estimate(rows, combine)
        assert found.mean == pytest.approx(mean, nan_ok=True)
        assert math.isnan(found.low)
        assert math.isnan(found.high)


def test_what_has_no_value_without_one_replication_has_no_interval() -> None:
    found = estimate([[1.0, 1.0], [1.0, 0.0]], lambda parts: float(parts[0] / parts[1]))
    assert found.mean == 2.0
    assert math.isnan(found.half)


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(2, 20))
def test_equal_replications_have_an_interval_without_width(value: float, n: int) -> None:
    for combine in (None, lambda parts: float(parts[0])):
        found = estimate(np.full(n, value), combine)
        assert found.low == found.mean == found.high
