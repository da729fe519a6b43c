"""Text, page and figure of a story: the same facts, and names of any kind that do no harm."""

import json
import re

import pytest

from sim.declarations.events_and_causes import Event
from sim.plots.figure_source import facts_in
from sim.plots.figure_style import rendered
from sim.story.declared_sentences import WHAT_AMOUNT, event_phrase
from sim.story.story_document import Head, Section, Story, table_of, without_empty
from sim.story.story_figure import story_figure
from sim.story.story_making import make_story
from sim.story.story_page import story_page
from sim.story.story_text import story_text
from tests.support.story_folders import NASTY


@pytest.fixture(scope="module")
def odd(odd_results):
    made = make_story(odd_results, NASTY)
    figure, _ = story_figure(made, for_page=True)
    return made, story_page(made.story, figure)


def test_names_are_no_markup_in_a_page(odd):
    _, page = odd
    assert "<b onclick" not in page
    assert page.count("<script") == 2
    assert "&lt;/script&gt;&lt;b onclick=" in page
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_a_page_carries_numbers_and_source(odd):
    made, page = odd
    numbers = json.loads(re.search(r'id="numbers-life">(.*?)</script>', page, re.DOTALL)[1])
    life = made.lives[0]
    assert numbers["staff"] == [row["staff"] for row in life.states]
    assert numbers["quarter"] == [str(row["quarter"]) for row in life.states]
    facts = facts_in(page.encode())[0]
    assert (facts["agency"], facts["replication"]) == (NASTY, life.replication)


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_figures_of_odd_names(odd, ending):
    made, _ = odd
    figure, _ = story_figure(made)
    content = rendered(figure, ending)
    assert facts_in(content)[0]["agency"] == NASTY
    assert ending != "svg" or b"<b onclick" not in content


def test_names_of_any_script_are_drawn(odd_results):
    made = make_story(odd_results, '社工 "服务" العربية')
    figure, _ = story_figure(made)
    assert made.lives[0].name in figure.title
    assert rendered(figure, "png")[:4] == b"\x89PNG"


def test_text_holds_no_control_character():
    odd = "A\x1b[31m\x00\u202eB"
    table = table_of(odd, [Head(odd)], [[odd]])
    story = Story(odd, odd, (odd,), (Section(odd, (odd,), ((odd, odd),), (table,)),), (odd,))
    text = story_text(story)
    assert all(sign == "\n" or sign.isprintable() for sign in text)


def test_text_has_the_width_that_is_asked_for(run_results):
    story = make_story(run_results, "Mu You", 0).story
    for width in (80, 120):
        lines = [line for line in story_text(story, width).split("\n") if "  " not in line.strip() and "─" not in line]
        assert max(map(len, lines)) <= width


def test_no_column_of_a_table_is_cut_off():
    heads = [Head(f"Column{n}", "CNY/year", is_number=n % 2 == 0) for n in range(14)]
    row = [f"{n}{'123,456,78' if n % 2 == 0 else f' completed{n}'}" for n in range(14)]
    story = Story("A", "A", (), (Section("A", (), (), (table_of("A", heads, [row]),)),), ())
    text = story_text(story, 60)
    assert all(word in text for cell in row for word in cell.split())
    assert all(head.title in text for head in heads)


def page_of(made, figure):
    return story_page(made.story, figure)


def test_text_and_page_tell_the_same(run_results):
    made = make_story(run_results, "Mu You", 0)
    text = " ".join(story_text(made.story, 1000).split())
    figure, _ = story_figure(made, for_page=True)
    assert page_of(made, figure).count("<table") == sum(len(section.tables) for section in made.story.sections) > 5
    page = " ".join(re.sub(r"<[^>]+>", " ", page_of(made, figure)).replace("&#39;", "'").split())
    for section in made.story.sections:
        for sentence in (*section.sentences, *(words for _, words in section.items)):
            assert " ".join(sentence.split()) in text
            assert " ".join(sentence.split()) in page


def test_two_lives_have_a_line_each(comparison):
    made = make_story(comparison, "Mu You", 1)
    figure, _ = story_figure(made)
    panels = [axes for axes in figure.axes if len(axes.lines) >= 2 and axes.get_ylabel() == ""]
    assert len(figure.axes) == 2 + 4
    assert len(panels) >= 4
    assert set(figure.numbers["life"]) == {"beijing-2010", "late-payment"}


def test_amounts_of_events_are_said_for_every_kind_that_has_one(frames):
    events = frames["events"]
    with_amount = set(events["event"][events["amount"] != 0])
    assert with_amount <= {kind.label for kind in WHAT_AMOUNT}
    assert len(with_amount) > 5


@pytest.mark.parametrize("event", list(Event))
def test_phrases_are_of_the_agency(event):
    assert not re.search(r"\ban agency\b", event_phrase(event.label), re.IGNORECASE)
    assert not event_phrase(event.label).endswith(".")


def test_columns_of_nothing_are_left_out():
    table = table_of("", [Head("A"), Head("B"), Head("C")], [["0", "–", "0"], ["0", "0", "1"]])
    assert [head.title for head in without_empty(table, "BC").heads] == ["A", "C"]
