"""Figure source: what a figure says of itself survives every format, any script, and strangers' bytes."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from sim.plots.figure_page import add_axes, make_page
from sim.plots.figure_source import FORMATS, facts_in, mark, metadata
from sim.plots.figure_style import house_style, rendered

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
FACTS = st.dictionaries(TEXT, TEXT | st.integers() | st.lists(TEXT, max_size=3), min_size=1, max_size=4)


def made(title="Wages", facts=None, alternative="Wages rise."):
    with house_style():
        page = make_page(4, 2, title, [])
        add_axes(page.figure, 0.5, 0.5, 3, 1).plot([0, 1], [0, 1])
    page.figure.facts = facts or {}
    page.figure.alternative = alternative
    return page.figure


@given(FACTS, st.binary(max_size=60), st.binary(max_size=60))
def test_facts_are_found_among_any_bytes(facts, before, after):
    assert facts_in(before + b" " + mark(facts).encode() + after) == [facts]


@given(st.binary(max_size=300))
def test_strangers_bytes_hold_no_facts(content):
    assert facts_in(content) == []
    assert all(isinstance(each, dict) for each in facts_in(b"social-work-sim-figure:" + content))


@pytest.mark.parametrize("word", [b"", b"AA", b"W10=", b"bm9uc2Vuc2U=", b"eyJhIjo="])
def test_a_mark_with_nothing_behind_it_is_left_out(word):
    assert facts_in(b"social-work-sim-figure:" + word) == []


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("words", ["Wages", "北京 $x$ (a) \\ <b>&amp;</b>", "Москва – “é”"])
def test_every_format_carries_facts_and_words(ending, words):
    facts = {"title": words, "scenarios": [words], "seed": 7}
    content = rendered(made(words, facts, words), ending)
    assert facts_in(content) == [facts]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_figure_saved_by_hand_carries_them_too(ending, tmp_path):
    path = tmp_path / f"x.{ending}"
    made(facts={"seed": 7}).savefig(path)
    assert facts_in(path.read_bytes()) == [{"seed": 7}]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_figure_gives_the_same_bytes(ending):
    assert rendered(made(facts={"a": 1}), ending) == rendered(made(facts={"a": 1}), ending)


def test_a_figure_without_source_says_nothing():
    assert facts_in(rendered(made(), "svg")) == []


def test_other_formats_are_refused_by_name():
    with pytest.raises(ValueError, match="no format 'gif'"):
        metadata("gif", "", "", {})


def test_ids_of_two_figures_differ():
    def clips(figure):
        import re

        return set(re.findall(r'<clipPath id="([^"]+)"', rendered(figure, "svg").decode()))

    one, two = clips(made("One")), clips(made("Two"))
    assert one
    assert not one & two
