"""Speed of the page of `sim dashboard`: until it is usable, from slider to curve, and how curves follow a drag."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.support.browser_checks import WIDE, find_chromium

ROOT = Path(__file__).parents[2]
_LONG = 120_000
_DRAG = 3.0
"""Seconds."""


class PageSpeed(NamedTuple):
    """What was measured, in seconds, and curves drawn during the drag."""

    usable: float
    ready: float
    first: float
    twenty: float
    updates: int


def measure() -> PageSpeed | str:
    """Start a dashboard and use it as a user does; why that is impossible where it is."""
    program = find_chromium()
    if program is None:
        return "no Chromium"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "no playwright"
    command = [sys.executable, "-m", "sim", "dashboard", "--no-browser"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(viewport=WIDE)
        page.set_default_timeout(_LONG)
        began = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
            try:
                found = re.search(r"http://\S+/", server.stdout.readline())
                return _use(page, found[0], began)
            finally:
                server.send_signal(signal.SIGINT)
                browser.close()


def _use(page, address: str, began: float) -> PageSpeed:
    draws: list[float] = []

    def note(frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        if "setOption" in text:
            draws.append(time.perf_counter())

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    page.goto(address)
    page.locator("canvas").first.wait_for()
    page.get_by_role("slider", name="Payment: Delay, quarters").wait_for()
    usable = time.perf_counter() - began
    _complete(page)
    ready = time.perf_counter() - began
    slider = page.get_by_role("slider", name="Payment: Delay, quarters")
    slider.focus()
    page.wait_for_timeout(500)
    draws.clear()
    moved = time.perf_counter()
    page.keyboard.press("ArrowRight")
    while not draws and time.perf_counter() - moved < 60:
        page.wait_for_timeout(5)
    first = draws[0] - moved
    page.wait_for_timeout(100)
    _complete(page)
    twenty = time.perf_counter() - moved
    return PageSpeed(usable, ready, first, twenty, _drag(page, slider, draws))


def _complete(page) -> None:
    page.get_by_role("status").filter(has_text=re.compile("^20 of 20 runs")).wait_for()


def _drag(page, slider, draws: list[float]) -> int:
    """Drag for some seconds; number of moments at which curves were drawn meanwhile."""
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.05 * box["width"], middle)
    page.mouse.down()
    draws.clear()
    began = time.perf_counter()
    while (share := (time.perf_counter() - began) / _DRAG) < 1:
        page.mouse.move(box["x"] + (0.05 + 0.6 * share) * box["width"], middle)
        page.wait_for_timeout(30)
    page.mouse.up()
    # The charts of one update arrive together.
    return sum(at - before > 0.03 for before, at in zip([0.0, *draws], draws, strict=False))


def report(say) -> None:
    """Print what was measured beside the aims."""
    found = measure()
    if isinstance(found, str):
        say("page of sim dashboard", "not measured", found)
        return
    say("dashboard: controls and stored curve, from Enter", f"{found.usable:.2f} s", "at most 5 s")
    say("dashboard: twenty runs of the first setting, from Enter", f"{found.ready:.2f} s")
    say("dashboard: slider moved to first new curve", f"{found.first:.2f} s", "at most 0.3 s")
    say("dashboard: slider moved to twenty replications", f"{found.twenty:.2f} s", "at most 1 s")
    say("dashboard: curves drawn in a drag of 3 s", f"{found.updates}", "at least 5")


if __name__ == "__main__":
    from tests.bench.__main__ import say as print_line

    report(print_line)
