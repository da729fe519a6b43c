"""Pages that the dashboard makes when they are asked for: once, at an address of their own, with their own policy."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from sim.dashboard.made_pages import PATH, MadePages
from sim.live.run_questions import LiveError
from tests.support.own_loop import awaited


@pytest.fixture
def pages():
    return MadePages()


def answers(pages, *addresses):
    """What is answered to requests for addresses, one after another."""

    async def ask():
        tokens = [address.rpartition("/")[2] for address in addresses]
        return [await pages.answer(Request({"type": "http", "path_params": {"token": token}})) for token in tokens]

    return awaited(ask())


def test_a_page_is_made_once_when_it_is_asked_for(pages):
    calls = []

    async def make():
        calls.append(1)
        return "<p>&lt;b&gt;"

    address = pages.offer("mine", make)
    assert not calls
    found = answers(pages, address, address)
    assert [answer.body for answer in found] == [b"<p>&lt;b&gt;"] * 2
    assert len(calls) == 1
    assert "sandbox" in found[0].headers["content-security-policy"]
    assert address != pages.offer("mine", make)


def test_what_cannot_be_made_is_said_as_text_and_tried_again(pages):
    outcomes = iter([LiveError("<b>the run failed</b>"), "well"])

    async def make():
        found = next(outcomes)
        if isinstance(found, Exception):
            raise found
        return found

    address = pages.offer("mine", make)
    failed, again = answers(pages, address, address)
    assert failed.status_code == 500
    assert failed.headers["content-type"].startswith("text/plain")
    assert "<b>the run failed</b>" in failed.body.decode()
    assert again.body == b"well"


def test_a_closed_dashboard_takes_along_what_nobody_has_read(pages):
    async def make():
        return "page"

    read, unread, other = pages.offer("mine", make), pages.offer("mine", make), pages.offer("other", make)
    answers(pages, read)
    pages.forget("mine")
    assert [answer.status_code for answer in answers(pages, read, unread, other)] == [200, 404, 200]
    assert answers(pages, f"{PATH}/guessed")[0].status_code == 404
