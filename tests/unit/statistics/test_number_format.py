"""Number format: no number is shown as zero that is none, and none with digits that nobody knows."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.statistics.number_format import number, plus_minus, plus_minuses


def read(text):
    return float(text.replace("−", "-").replace(",", ""))


@given(st.floats(1e-12, 1e12))
def test_three_digits_are_right_whatever_the_size(value):
    assert read(number(value)) == pytest.approx(value, rel=0.0051)
    assert read(number(-value)) == pytest.approx(-value, rel=0.0051)


@given(st.floats(-1e9, 1e9))
def test_what_does_not_vary_has_no_digits_of_an_uncertainty(mean):
    text = plus_minus(mean, 0.0)
    assert text.endswith(" ± 0")
    assert read(text.removesuffix(" ± 0")) == pytest.approx(mean, rel=0.0051)


@given(st.floats(1e-3, 1e6), st.floats(1e-11, 1.0))
def test_an_uncertainty_is_never_written_as_zero(mean, half):
    assume(half > 1e-13 * mean)
    assert read(plus_minus(mean, half).split(" ± ")[1]) == pytest.approx(half, rel=0.051, abs=0.0)


def test_columns_of_what_does_not_vary():
    assert plus_minuses([2847.936666666667] * 2, [0.0, 4.5e-13]) == ["2,848 ± 0"] * 2
    assert plus_minuses([0.2, 0.2], [0.0, 2e-17]) == ["0.200 ± 0"] * 2
