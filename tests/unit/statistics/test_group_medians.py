"""Group medians: those of every group by itself, whatever is not a number."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.group_medians import group_medians

VALUES = st.one_of(st.floats(-1e6, 1e6), st.just(float("nan")))


@given(st.lists(st.tuples(st.integers(0, 4), VALUES), max_size=40))
def test_each_group_has_its_own_median(rows):
    codes = np.array([code for code, _ in rows], np.int64)
    values = np.array([value for _, value in rows], np.float64)
    found = group_medians(codes, values, 5)
    for code in range(5):
        known = values[(codes == code) & ~np.isnan(values)]
        if len(known):
            np.testing.assert_allclose(found[code], np.median(known), rtol=1e-12, atol=1e-9)
        else:
            assert np.isnan(found[code])
