"""Quantiles and Gini coefficient, compared with NumPy and with their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.sector_outcomes import SECTOR
from sim.engine.struct_arrays import fresh
from sim.model.observe.quantiles_and_gini import measure_inequality, quantile
from sim.model.observe.ratios_and_units import ratio

lists = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.5]) | st.floats(-1e9, 1e9), min_size=1, max_size=60)


@given(lists, st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=4))
def test_successive_quantiles_equal_those_of_sorted_values(values, shares):
    array = np.array(values)
    ordered = np.sort(array)
    for share in shares:
        place = share * (len(ordered) - 1)
        low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
        assert quantile(array, share) == low + (place - int(place)) * (high - low)
    assert sorted(array) == sorted(values)


def test_quantile_and_ratio_of_nothing_are_undefined():
    assert np.isnan(quantile(np.empty(0), 0.5))
    assert np.isnan(ratio(1.0, 0.0))
    assert ratio(1.0, 4.0) == 0.25


@pytest.mark.parametrize(("values", "gini", "top"), [([1, 1, 1, 1], 0.0, 0.25), ([0, 0, 0, 8], 0.75, 1.0)])
def test_inequality_of_extremes(values, gini, top):
    row = fresh(SECTOR, 1)[0]
    measure_inequality(row, np.array(values, dtype=float))
    assert (row.gini, row.top_decile) == (gini, top)


def test_inequality_of_nothing_is_undefined():
    row = fresh(SECTOR, 1)[0]
    measure_inequality(row, np.zeros(3))
    assert np.isnan(row.gini)
    assert np.isnan(row.top_decile)
