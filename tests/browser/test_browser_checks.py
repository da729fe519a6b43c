"""The browser fixtures themselves: a request to elsewhere, an error and a finding of axe are noticed."""

from __future__ import annotations

import pytest

from tests.support import browser_checks
from tests.support.browser_checks import PageWatch, axe_findings, find_chromium, is_outside

GOOD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1><p>Text</p></main>"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/x", "ws://127.0.0.1:1/", "file:///tmp/a.html", "data:,x"])
def test_what_needs_no_other_machine_is_inside(url):
    assert not is_outside(url)


@pytest.mark.parametrize("url", ["https://fonts.example/a.woff2", "ws://example.org/", "http://127.0.0.1.example/"])
def test_what_asks_another_machine_is_outside(url):
    assert is_outside(url)


def test_chromium_may_be_named_by_the_environment(monkeypatch, tmp_path):
    program = tmp_path / "my-chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert find_chromium() == str(program)
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setattr(browser_checks, "NAMES", ())
    assert find_chromium() is None


def test_good_page_is_good(browser_page, page_watch):
    browser_page.set_content(GOOD)
    assert axe_findings(browser_page) == []
    assert page_watch.wrong() == []


def test_requests_and_errors_are_noticed(chromium):
    context = chromium.new_context()
    page = context.new_page()
    watch = PageWatch(page)
    with page.expect_event("requestfailed"):
        page.set_content(GOOD + "<script>throw Error('broken')</script><img alt='' src=https://nowhere.example/a.png>")
    wrong = "\n".join(watch.wrong())
    assert "https://nowhere.example/a.png" in wrong
    assert "broken" in wrong
    context.close()


def test_serious_findings_of_axe_are_noticed(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.set_content(GOOD + "<img src='data:,'><p style='color:#ccc;background:#fff'>faint</p>")
    found = " ".join(axe_findings(page))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "color-contrast" not in " ".join(axe_findings(page, "critical"))
    context.close()
