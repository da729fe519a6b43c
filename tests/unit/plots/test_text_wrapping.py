"""Text wrapping: no line is wider than allowed, nothing is lost, marks stay with their letters."""

# ruff: noqa: RUF001 -- signs of other scripts are what is tested

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.plots.figure_style import house_style
from sim.plots.text_wrapping import ELLIPSIS, character_clusters, plain_text, shorten_text, text_width, wrap_text

LETTERS = st.text(st.sampled_from("aWil -–—.,;:()“”'/ÄőДжΩ北京（）、。《》のァー서울한ก้ีेक्עש🏥‍️0123"), max_size=60)


@given(LETTERS, st.floats(0.6, 4), st.sampled_from(["normal", "bold"]))
def test_lines_fit_and_hold_everything(text, width, weight):
    with house_style():
        lines = wrap_text(text, width, 9, weight)
        assert all(text_width(line, 9, weight) <= width for line in lines if len(character_clusters(line)) > 1)
    assert "".join(lines).replace(" ", "") == plain_text(text).replace(" ", "")
    assert all(line == line.strip() and line for line in lines)


@given(LETTERS, st.integers(1, 3))
def test_no_more_lines_than_allowed(text, most):
    with house_style():
        whole, cut = wrap_text(text, 1.0, 9), wrap_text(text, 1.0, 9, most=most)
        assert len(cut) <= most
        assert cut == whole if len(whole) <= most else cut[-1].endswith(ELLIPSIS)
        assert all(text_width(line, 9) <= 1.0 for line in cut)


def test_marks_stay_with_their_letters():
    with house_style():
        for line in wrap_text("ឆ្នាំ" * 20 + "की" * 20 + "e\u0323\u0302" * 20, 0.5, 9):
            assert not unicodedata.category(line[0]).startswith("M")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("政府购买（第一部分）：长期合同", ["政府购买", "（第一部", "分）：长期", "合同"]),
        ("long-term contracts", ["long-", "term", "contracts"]),
    ],
)
def test_lines_end_where_the_script_allows(text, lines):
    width = 0.72
    with house_style():
        found = wrap_text(text, width, 9)
    assert found == lines or all(line[0] not in "）：，" and line[-1] not in "（" for line in found)


def test_widths_are_those_of_the_drawing():
    with house_style():
        assert text_width("wwww", 9) > 2 * text_width("iiii", 9)
        assert text_width("wwww", 18) == pytest.approx(2 * text_width("wwww", 9), rel=0.05)
        assert text_width("wwww", 9, "bold") > text_width("wwww", 9)


def test_shortened_text_fits():
    with house_style():
        assert shorten_text("short", 2, 9) == "short"
        assert shorten_text("a very long text indeed", 0.8, 9).endswith(ELLIPSIS)


def test_controls_are_shown_not_drawn():
    assert plain_text("a\x1b[31m\tb\n") == "a\ufffd[31m b"
