"""Links, pictures, code and diagrams of pages, as the site has them."""

from __future__ import annotations

import pytest

from sim.docs_site.diagram_files import diagram_mark, written_diagrams
from sim.docs_site.page_text import Pages, fenced_parts, plain_words
from sim.docs_site.site_folders import ROOT, SiteError

PLACES = {"README.md": "guide.md", "docs/odd.md": "odd.md", "docs/tutorials/with_mesa.md": "tutorials/with_mesa.md"}


def test_links_between_files_become_links_between_pages():
    pages = Pages(PLACES)
    assert pages.page("README.md", "see [it](docs/odd.md#a-b)") == "see [it](odd.md#a-b)"
    assert pages.page("docs/tutorials/with_mesa.md", "[it](../../README.md)") == "[it](../guide.md)"
    assert pages.page("docs/odd.md", "[it](tutorials/with_mesa.md)") == "[it](tutorials/with_mesa.md)"


@pytest.mark.parametrize(
    "text", ["[a](https://a.org/x.md)", "[a](#here)", "`[a](gone.md)`", "```sh\n[a](gone.md)\n```\n"]
)
def test_what_is_no_link_to_a_file_stays(text):
    assert Pages(PLACES).page("README.md", text) == text


def test_a_link_to_what_the_site_lacks_is_an_error():
    with pytest.raises(SiteError, match=r"README\.md: the link to sim/run\.py"):
        Pages(PLACES).page("README.md", "[a](sim/run.py)")
    with pytest.raises(SiteError, match="gone"):
        Pages(PLACES).page("docs/odd.md", "![a](images/gone.png)")


def test_pictures_are_carried_along():
    pages = Pages(PLACES)
    assert pages.page("README.md", "![a](docs/images/overview.png)") == "![a](images/overview.png)"
    assert pages.pictures == {ROOT / "docs" / "images" / "overview.png"}


def test_two_pictures_of_one_name_are_an_error(tmp_path):
    pages = Pages(PLACES, {tmp_path / "overview.png"})
    with pytest.raises(SiteError, match=r"another picture of the site is called overview\.png"):
        pages.page("README.md", "![a](docs/images/overview.png)")


def test_every_diagram_is_drawn_as_it_is_now():
    diagrams = list(written_diagrams())
    assert len(diagrams) >= 4
    pages = Pages({origin: origin for origin, _, _ in diagrams})
    for origin, number, code in diagrams:
        text = f"```mermaid\n{code}```\n" if number == 1 else None
        page = pages.page(origin, text) if text else ""
        assert "```mermaid" not in page
        assert diagram_mark(code) in (ROOT / "docs/images/diagrams" / f"{origin[5:-3]}-{number}.svg").read_text("utf-8")


def test_a_diagram_that_has_changed_is_an_error():
    with pytest.raises(SiteError, match="diagram 1 has changed since it was drawn"):
        Pages(PLACES).page("docs/odd.md", "```mermaid\nflowchart TB\n  a --> b\n```\n")
    with pytest.raises(SiteError, match="diagram 1 is not drawn"):
        Pages(PLACES).page("README.md", "```mermaid\nflowchart TB\n  a --> b\n```\n")


def test_longer_fences_hold_shorter_ones():
    text = "a\n````md\n```sh\nls\n```\n````\nb"
    assert list(fenced_parts(text)) == [(None, "a\n"), ("md", "````md\n```sh\nls\n```\n````\n"), (None, "b")]


def test_words_of_users_hold_no_markup():
    from markdown_it import MarkdownIt

    words = "<script>alert(1)</script> *a* _b_ [c](d) $5 {role}`x` | ~~e~~ ![f](g) # h"
    html = MarkdownIt("commonmark").enable("strikethrough").render(plain_words(words))
    for tag in ("<script", "<em", "<a ", "<img", "<s>", "<h1"):
        assert tag not in html
