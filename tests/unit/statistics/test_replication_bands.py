"""Replication bands: medians and quantiles, also where values are missing."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sim.statistics.column_quantiles import quantiles
from sim.statistics.replication_bands import SHARES, band

VALUES = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, max_side=7),
    elements=st.one_of(st.floats(-1e6, 1e6), st.just(np.nan)),
)


@given(VALUES)
def test_quantiles_are_those_of_numpy(values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = np.nanquantile(values, SHARES, axis=0)
    assert quantiles(values, SHARES) == pytest.approx(expected, nan_ok=True, abs=1e-6)


def test_no_rows():
    assert np.isnan(quantiles(np.empty((0, 3)), [0.5])).all()


def test_band_of_one_replication_is_the_replication():
    values = np.array([[1.0, np.nan, 3.0]])
    for quantile in band(values)[: len(SHARES)]:
        assert quantile == pytest.approx(values[0], nan_ok=True)
