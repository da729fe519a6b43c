"""Browser checks: where Chromium is, requests and messages of a page, what axe finds (`tests/browser`)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
"""Sizes of the window, as `page.set_viewport_size` takes them."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parents[1] / "browser" / "axe" / "axe.min.js"
LOCAL_SCHEMES = {"file", "data", "blob", "about"}


def find_chromium() -> str | None:
    """The program that environment variable CHROMIUM names, else the first of the usual names on the PATH."""
    return shutil.which(os.environ.get("CHROMIUM") or "") or next(filter(None, map(shutil.which, NAMES)), None)


def is_outside(url: str) -> bool:
    """Whether a request leaves this machine: neither 127.0.0.1 nor something that needs no network."""
    parts = urlsplit(url)
    return parts.scheme not in LOCAL_SCHEMES and parts.hostname != "127.0.0.1"


class PageWatch:
    """What a page asked of other machines (all refused), and what it reported as errors."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        """Addresses of all requests, in order."""
        self.errors: list[str] = []
        """Errors on the console and exceptions of scripts."""
        page.context.route(is_outside, lambda route: route.abort())
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("console", lambda line: line.type == "error" and self.errors.append(f"{line.text} ({line.location})"))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def wrong(self) -> list[str]:
        """Requests to other machines, and errors."""
        return [*(f"asked for {url}" for url in self.requests if is_outside(url)), *self.errors]


def axe_findings(page: Page, least: str = "serious") -> list[str]:
    """Findings of axe on a page as it is now, a line each; `least` is serious (with critical) or critical.

    The script is given to the browser as an evaluation, so a page whose content policy forbids scripts is
    examined like any other.
    """
    impacts = {"serious": {"serious", "critical"}, "critical": {"critical"}}[least]
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']} ({one['impact']}): {one['help']}; {node['html'][:160]}"
        for one in found
        if one["impact"] in impacts
        for node in one["nodes"]
    ]
