"""What pages would load from elsewhere is found, and what a reader clicks is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.docs_site.outside_loads import dead_links, outside_loads

LOADS = {
    "style": '<link rel="stylesheet" href="https://a.org/b.css">',
    "font": '<link rel="preload" as="font" href="//a.org/b.woff2">',
    "icon": '<link rel="shortcut icon" href="http://a.org/b.ico">',
    "script": '<script src="HTTPS://a.org/b.js"></script>',
    "picture": '<img src=" https://a.org/b.png">',
    "set": '<img srcset="a.png 1x, https://a.org/b.png 2x">',
    "frame": '<iframe src="https://a.org/"></iframe>',
    "object": '<object data="https://a.org/b.svg"></object>',
    "inline style": "<p style=\"background: url('https://a.org/b.png')\">a</p>",
    "style element": '<style>@import "https://a.org/b.css";</style>',
    "svg": '<svg><image xlink:href="https://a.org/b.png"/></svg>',
    "refresh": '<meta http-equiv="refresh" content="0; url=https://a.org/">',
}


def page(folder: Path, body: str, name: str = "a.html") -> None:
    (folder / name).write_text(f"<html><body>{body}</body></html>", "utf-8")


@pytest.mark.parametrize("body", LOADS.values(), ids=LOADS)
def test_loads_from_elsewhere(tmp_path, body):
    page(tmp_path, body)
    (found,) = outside_loads(tmp_path)
    assert found.startswith("a.html: ")
    assert "a.org" in found


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://a.org/">a</a>',
        '<link rel="canonical" href="https://a.org/">',
        '<script src="b.js"></script>',
        '<img src="data:image/png;base64,AAAA">',
        "<p>url(https://a.org/)</p>",
    ],
)
def test_what_stays_at_home(tmp_path, body):
    page(tmp_path, body)
    assert outside_loads(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.css", "@font-face { src: url(https://a.org/b.woff2) }"),
        ("b.svg", '<svg><use href="https://a.org/b.svg#c"/></svg>'),
        ("b.js", 'fetch("https://a.org/b.json")'),
    ],
)
def test_other_files_are_looked_into(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    assert len(outside_loads(tmp_path)) == 1


def test_links_that_lead_nowhere(tmp_path):
    page(
        tmp_path,
        '<a href="b.html#there">1</a><a href="b.html#gone">2</a>'
        '<a href="c.html">3</a><a href="#x">4</a><img src="d.png">',
    )
    page(tmp_path, '<p id="there">a</p>', "b.html")
    assert dead_links(tmp_path) == ["a.html: b.html#gone", "a.html: c.html", "a.html: #x", "a.html: d.png"]
