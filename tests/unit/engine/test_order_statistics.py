"""Selecting and sorting, compared with NumPy."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.order_statistics import quickselect, sort_ascending

lists = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.5]) | st.floats(-1e9, 1e9), min_size=1, max_size=60)


@given(lists, st.data())
def test_quickselect_separates_smaller_and_larger_values(values, data):
    array = np.array(values)
    k = data.draw(st.integers(0, len(values) - 1))
    quickselect(array, 0, k)
    assert array[k] == np.sort(values)[k]
    assert (array[:k] <= array[k]).all()
    assert (array[k:] >= array[k]).all()


@given(lists | st.just([]))
def test_values_are_sorted_as_numpy_sorts_them(values):
    array = np.array(values)
    sort_ascending(array)
    assert (array == np.sort(values)).all()
