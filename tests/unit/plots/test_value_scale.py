"""Value scale: it holds what is drawn, its labels tell its ticks apart and mean what stands there."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from sim.plots.value_scale import tick_labels, value_scale

NUMBERS = st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-6)


def number(label):
    value = float(label.removesuffix(" m").replace(",", "").replace("\u2212", "-"))
    return value * 1e6 if label.endswith(" m") else value


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.booleans())
def test_everything_lies_on_the_axis(values, zero):
    scale = value_scale([np.array(values)], zero=zero)
    assert scale.low < scale.high
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    if zero:
        assert scale.low <= 0 <= scale.high


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_labels_are_different_and_near_their_ticks(values):
    scale = value_scale([np.array(values)])
    labels = list(scale.ticks.values())
    assert len(set(labels)) == len(labels)
    step = np.diff(list(scale.ticks)).min() if len(labels) > 1 else scale.high - scale.low
    for tick, label in scale.ticks.items():
        assert number(label) == pytest.approx(tick, abs=0.01 * step)


def test_undefined_values_are_passed_over_and_none_gives_a_scale():
    assert value_scale([np.array([np.nan, 2.0, np.inf])]).high < 3
    assert value_scale([np.array([np.nan])]).high > 0
    assert value_scale([], zero=False).high > 0


def test_shares_near_zero_are_enlarged():
    assert value_scale([np.array([0.01, 0.02])], "share").high < 0.05
    assert value_scale([np.array([0.01, 0.7])], "share").high == 1.0


def test_ticks_of_thousandths_have_their_digits():
    assert tick_labels([0.0, 0.0025, 0.005]) == ["0.0000", "0.0025", "0.0050"]
