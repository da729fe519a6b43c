"""Run summary: reductions of trajectories agree with NumPy's functions, and are empty where nothing is known."""

import warnings

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.experiment.store.run_summary import YEAR, reduce
from sim.output.outcome_measures import MEASURES, measure_column

values = st.one_of(st.floats(-1e6, 1e6), st.just(np.nan))


@given(st.integers(1, 12).flatmap(lambda quarters: arrays(np.float64, (quarters, 3), elements=values)))
def test_reductions_are_those_of_numpy(trajectories):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        wanted = [
            np.nanmean(trajectories[-YEAR:], axis=0),
            np.nanmean(trajectories, axis=0),
            np.nanmin(trajectories, axis=0),
            np.nanmax(trajectories, axis=0),
        ]
    np.testing.assert_allclose(reduce(trajectories), wanted, rtol=1e-9, atol=1e-9)


def test_every_reduction_has_a_column_and_a_meaning():
    assert len({measure_column("closures", each.name) for each in MEASURES}) == len(MEASURES) == 4
    assert all(each.meaning for each in MEASURES)
