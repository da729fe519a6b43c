"""Number format: no number is shown as zero that is none, and none with digits that nobody knows."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.statistics.number_format import interval, number, plus_minus, plus_minuses, signed, written


def read(text):
    return float(text.replace("−", "-").replace(",", ""))


@given(st.floats(1e-300, 1e300))
def test_three_digits_are_right_whatever_the_size(value):
    assert read(number(value)) == pytest.approx(value, rel=0.0051)
    assert read(number(-value)) == pytest.approx(-value, rel=0.0051)


@given(st.floats(-1e9, 1e9))
def test_what_does_not_vary_has_no_digits_of_an_uncertainty(mean):
    text = plus_minus(mean, 0.0)
    assert text.endswith(" ± 0")
    assert read(text.removesuffix(" ± 0")) == pytest.approx(mean, rel=0.0051)


@given(st.floats(1e-200, 1e200), st.floats(1e-250, 1e250))
def test_an_uncertainty_is_never_written_as_zero(mean, half):
    assume(half > 1.1e-14 * mean)
    assert read(plus_minus(mean, half).split(" ± ")[1]) == pytest.approx(half, rel=0.051, abs=0.0)


def test_columns_of_what_does_not_vary():
    assert plus_minuses([2847.936666666667] * 2, [0.0, 4.5e-13]) == ["2,848 ± 0"] * 2
    assert plus_minuses([0.2, 0.2], [0.0, 2e-17]) == ["0.200 ± 0"] * 2


@given(st.floats(allow_nan=False))
def test_no_number_is_written_as_missing_or_at_endless_length(value):
    for text in (number(value), written(value, 2), signed(value, 0)):
        assert "–" not in text
        assert len(text) < 30
        assert ("∞" in text) == math.isinf(value)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0.0, allow_nan=False))
def test_a_mean_with_its_uncertainty_is_never_longer_than_can_be_read(mean, half):
    assert len(plus_minus(mean, half)) < 60
    if math.isfinite(half):
        assert len(interval(mean - half, mean + half)) < 80


def test_ends_of_the_scale():
    assert [number(value) for value in (0.9996, 9.996, 99.96, 999.96)] == ["1.00", "10.0", "100", "1,000"]
    assert [number(value) for value in (-0.0, -0.5, -1e-9, math.inf, -math.inf)] == [
        "0",
        "−0.500",
        "−1.00e−09",
        "∞",
        "−∞",
    ]
    assert plus_minus(1e-15, 1e-16) == "1.00e−15 ± 1.0e−16"
    assert plus_minus(0.0, 1e-13) == "0 ± 1.0e−13"
    assert plus_minus(1e300, 1e299) == "1.00e+300 ± 1.0e+299"
    assert plus_minus(1.0, math.inf) == "1 ± ∞"
    assert interval(9e-16, 1.1e-15) == "[+9.0e−16, +1.10e−15]"
    assert interval(-math.inf, math.inf) == "[−∞, +∞]"
