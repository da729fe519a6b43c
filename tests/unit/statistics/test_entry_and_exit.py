"""The change of a mean is what moved within members, plus entry, plus exit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.statistics.entry_and_exit import split_change

VALUES = st.dictionaries(st.sampled_from("ABCDEFGH"), st.just(np.nan) | st.floats(-1e3, 1e3), max_size=8)


def split(before: dict[str, float], after: dict[str, float]):
    return split_change(list(before), np.array([*before.values()]), list(after), np.array([*after.values()]))


@given(VALUES, VALUES)
def test_the_parts_add_up_to_the_change_of_the_mean(before, after):
    found = split(before, after)
    known = [{name: value for name, value in each.items() if not np.isnan(value)} for each in (before, after)]
    for mean, values in zip((found.before, found.after), known, strict=True):
        assert np.isnan(mean) if not values else mean == pytest.approx(np.mean([*values.values()]), abs=1e-9)
    assert found.staying == len(known[0].keys() & known[1].keys())
    assert found.staying + found.entering == len(known[1])
    assert found.staying + found.leaving == len(known[0])
    if found.staying:
        assert found.within + found.entry + found.exit == pytest.approx(found.change, abs=1e-9)
    else:
        assert np.isnan([found.within, found.entry, found.exit]).all()


@given(VALUES.filter(lambda values: not all(map(np.isnan, values.values()))), st.floats(-10, 10))
def test_without_entry_and_exit_all_is_within(before, gain):
    found = split(before, {name: value + gain for name, value in before.items()})
    assert found.within == pytest.approx(gain, abs=1e-9)
    assert found.entry == found.exit == 0


def test_strong_entrants_and_weak_leavers_raise_a_mean_that_nobody_moved():
    found = split({"A": 0.6, "B": 0.2}, {"A": 0.6, "C": 1.0})
    assert found.within == 0
    assert found.entry == pytest.approx(0.2)
    assert found.exit == pytest.approx(0.2)
    assert found.change == pytest.approx(0.4)
    assert (found.median_before, found.median_after) == pytest.approx((0.4, 0.8))
