"""Counted values: counts and values agree, in every shape that figures draw."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sim.plots.band_drawing import joined, stretches_of
from sim.plots.counted_values import CountedValues
from sim.statistics.replication_bands import band

NAN = np.nan


def counted(middle, counts, runs, **more):
    return CountedValues("Wage", "CNY", np.asarray(middle, float), np.asarray(counts), runs, **more)


@given(arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=12), elements=st.sampled_from([1.0, 2.0, NAN])))
def test_bands_give_counted_values(trajectories):
    runs = len(trajectories)
    values = CountedValues.from_band("Wage", "CNY", band(trajectories), runs)
    assert values.counts.tolist() == np.isfinite(trajectories).sum(axis=0).tolist()
    assert not (values.is_undefined & values.is_partial).any()
    assert values.is_empty == np.isnan(trajectories).all()
    assert len(values.bands) == (2 if runs > 1 else 0)
    assert (values.is_thin == ((values.counts > 1) & (values.counts < 10) & (runs > 1))).all()


def test_heat_maps_and_rows_have_counts_too():
    cells = counted([[1, NAN], [2, 3]], [[40, 0], [8, 40]], 40)
    assert cells.is_undefined.tolist() == [[False, True], [False, False]]
    assert cells.is_partial.tolist() == [[False, False], [True, False]]


@pytest.mark.parametrize(
    ("middle", "counts", "more"),
    [
        ([1, 2], [3], {}),
        ([1, 2], [3, 3], {"bands": ((np.zeros(2), np.zeros(3)),)}),
        ([1, 2], [3, 5], {}),
        ([1, 2], [3, -1], {}),
        ([1, 2], [3, 0], {}),
        ([1, NAN], [3, 3], {}),
    ],
)
def test_contradictions_are_errors(middle, counts, more):
    with pytest.raises(ValueError, match="Wage"):
        counted(middle, counts, 4, **more)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=15))
def test_every_place_and_every_join_is_drawn_once(flags):
    there, special = np.array(flags, bool).T
    drawn = [joined(there, special, wanted) for wanted in (False, True)]
    joins = [place for parts in drawn for part in parts for place in range(part.start, part.stop - 1)]
    assert sorted(joins) == [i for i in range(len(there) - 1) if there[i] and there[i + 1]]
    places = {place for parts in drawn for part in parts for place in range(part.start, part.stop)}
    assert places == set(np.flatnonzero(there))
    for part in drawn[0]:
        assert not special[part].any()


def test_stretches():
    assert stretches_of(np.array([], bool)) == []
    assert stretches_of(np.array([1, 1], bool)) == [slice(0, 2)]
