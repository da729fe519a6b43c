"""Fixtures of the browser tests: a page of an installed Chromium, driven by Playwright.

Browsers are never downloaded. Without Chromium or Playwright the tests are skipped with the reason; where CI is
set they fail instead, so that a check that cannot look at the pages does not pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.support.browser_checks import WIDE, PageWatch, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set: the browser tests must run", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium for the whole session."""
    program = find_chromium()
    if program is None:
        _give_up("no Chromium on the PATH (chromium, chromium-browser, google-chrome), nor named by CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _give_up("the package playwright is not installed (pip install 'social-work-sim[dev]')")
    flags = ["--disable-gpu", "--disable-background-networking"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to start as root with it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page_watch(browser_page: Page) -> PageWatch:
    """Requests and errors of the test's page so far."""
    return browser_page.watch  # type: ignore[attr-defined]


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """An empty page, 1280 pixels wide, that may download files.

    The test fails at its end if the page asked another machine for something or reported an error.
    """
    context = chromium.new_context(viewport=WIDE, accept_downloads=True)
    page = context.new_page()
    page.watch = PageWatch(page)  # type: ignore[attr-defined]
    yield page
    wrong = page.watch.wrong()  # type: ignore[attr-defined]
    context.close()
    assert not wrong, "\n".join(wrong)
