"""Outside loads: what pages would fetch from elsewhere when they are opened, and links that lead nowhere.

Links that a reader clicks may lead anywhere; styles, scripts, fonts, pictures and frames may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

_OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", re.IGNORECASE)
_CALLS = re.compile(
    r"(?:fetch|import|importScripts|new\s+(?:WebSocket|Worker|EventSource))\s*\(\s*[\"'`](?:https?:)?//"
)
_RELS = {"canonical", "next", "prev", "search", "author", "copyright", "index", "top", "up", "help", "license"}
"""Kinds of `link` of which nothing is fetched."""


class _Found(HTMLParser):
    """Addresses in a page: what it loads, where it links to, and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        self.anchors.update(has[name] for name in ("id", "name") if name in has)
        if tag == "a":
            self.links += [has["href"]] if "href" in has else []
        elif tag != "link" or not set(has.get("rel", "").split()) <= _RELS:
            self.loads += [has[name] for name in ("src", "href", "xlink:href", "data", "poster") if name in has]
            self.loads += [each.split()[0] for each in has.get("srcset", "").split(",") if each.strip()]
        self.loads += css_addresses(has.get("style", ""))
        if has.get("http-equiv", "").lower() == "refresh":
            self.loads.append(has.get("content", "").partition("=")[2])

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.loads += css_addresses(data)


def css_addresses(text: str) -> list[str]:
    """Addresses that a style sheet loads."""
    return [first or second for first, second in _CSS.findall(text)]


def outside_loads(folder: Path) -> list[str]:
    """What the files below a folder would load from elsewhere, a line each: file and address."""
    found = []
    for path in sorted(folder.rglob("*")):
        found += [f"{path.relative_to(folder)}: {each}" for each in _loaded(path) if _OUTSIDE.match(each)]
    return found


def _loaded(path: Path) -> list[str]:
    if path.suffix in (".html", ".svg"):
        return _read(path).loads
    if path.suffix == ".css":
        return css_addresses(path.read_text(encoding="utf-8"))
    return [f"//{call}" for call in _CALLS.findall(path.read_text(encoding="utf-8"))] if path.suffix == ".js" else []


def dead_links(folder: Path) -> list[str]:
    """Links and loads inside the site that lead to no file or no anchor, a line each."""
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        for address in dict.fromkeys(page.links + page.loads):
            if not re.match(r"[a-z]+:|//", address) and not _leads_somewhere(path, address, pages):
                found.append(f"{path.relative_to(folder)}: {address}")
    return found


def _leads_somewhere(path: Path, address: str, pages: dict[Path, _Found]) -> bool:
    place, _, anchor = address.partition("#")
    target = (path.parent / unquote(place.partition("?")[0])).resolve() if place else path
    if target not in pages or not anchor:
        return target.exists()
    return unquote(anchor) in pages[target].anchors


def _read(path: Path) -> _Found:
    found = _Found()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def offline_faults(folder: Path) -> Iterator[str]:
    """Everything that keeps a site from being read offline, in words."""
    yield from (f"loads from elsewhere: {each}" for each in outside_loads(folder))
    yield from (f"leads nowhere: {each}" for each in dead_links(folder))
