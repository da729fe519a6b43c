"""A story's page in a browser: nothing asked of other machines, no error, readable on a desk and a phone."""

import pytest

from sim.experiment.results.results import Results
from sim.story.story_figure import story_figure
from sim.story.story_making import make_story
from sim.story.story_page import story_page
from tests.support.browser_checks import PHONE, WIDE, axe_findings
from tests.support.story_folders import NASTY, comparison_folder, odd_folder


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A page of one life of an odd name, and one of two lives."""
    folder = tmp_path_factory.mktemp("pages")
    odd = Results.open(odd_folder(folder / "odd"))
    two = Results.open(comparison_folder(folder / "two"))
    found = {}
    for name, made in (("one", make_story(odd, NASTY)), ("two", make_story(two, "Mu You"))):
        figure, _ = story_figure(made, for_page=True)
        found[name] = folder / f"{name}.html"
        found[name].write_text(story_page(made.story, figure), "utf-8")
    return found


@pytest.mark.parametrize(
    ("name", "size"), [("one", WIDE), ("one", PHONE), ("two", WIDE)], ids=["desk", "phone", "two-desk"]
)
def test_page(browser_page, pages, name, size):
    browser_page.set_viewport_size(size)
    browser_page.goto(pages[name].as_uri())
    for part in browser_page.locator("details").all():
        part.evaluate("part => { part.open = true; }")
    assert axe_findings(browser_page) == []
    assert browser_page.locator("h1").inner_text().startswith(NASTY if name == "one" else "Mu You")
    assert browser_page.locator("figure svg").is_visible()
    # Wide tables and the figure scroll by themselves; the page does not.
    assert browser_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_numbers_can_be_saved(browser_page, pages):
    browser_page.goto(pages["one"].as_uri())
    browser_page.locator("figure summary").click()
    with browser_page.expect_download() as started:
        browser_page.locator("button.numbers").click()
    text = started.value.path().read_text("utf-8-sig")
    assert text.startswith("life,quarter,staff,")
    assert len(text.strip().split("\n")) > 4
