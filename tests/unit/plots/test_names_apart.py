"""Names apart: names that differ only in their end or middle stay different when they do not fit."""

import pytest

from sim.plots.figure_style import house_style
from sim.plots.names_apart import shorten_apart, wrap_apart
from sim.plots.text_wrapping import text_width

LONG = "late payment of contracts in every district "
NAMES = [LONG * 2 + "and open calls", LONG * 2 + "and strict grades", "short", "short"]


@pytest.mark.parametrize("width", [1.0, 1.9, 2.5])
def test_different_names_stay_different(width):
    with house_style():
        short, lines = shorten_apart(NAMES, width, 9), wrap_apart(NAMES, width, 9, most=2)
        assert all(text_width(each, 9) <= width for each in short)
    assert len(set(short)) == len({tuple(each) for each in lines}) == 3
    assert short[2:] == ["short", "short"]
    assert "".join(lines[0]).endswith("calls")


def test_names_that_fit_or_differ_early_are_cut_as_usual():
    with house_style():
        lines = wrap_apart(["a " * 100, "b " * 100], 1.5, 9, most=2)
        short = shorten_apart(["a " * 100, "b " * 100], 1.5, 9)
    assert [len(each) for each in lines] == [2, 2]
    assert all(each.endswith("…") for each in short)
