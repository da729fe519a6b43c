"""Request guard: foreign Host and Origin are refused, of websockets too, and answers carry the content policy."""

from __future__ import annotations

import pytest

from sim.dashboard.request_guard import CONTENT_POLICY, RequestGuard
from tests.support.own_loop import awaited

OURS = (b"host", b"127.0.0.1:8420")


async def answers(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})
        await send({"type": "http.response.body", "body": b"page"})
    else:
        await send({"type": "websocket.accept"})


def given(kind, headers):
    sent = []

    async def receive():
        return {"type": f"{kind}.connect"}

    async def send(message):
        sent.append(message)

    awaited(RequestGuard(answers, 8420)({"type": kind, "headers": headers}, receive, send))
    return sent


ALLOWED = [
    [OURS],
    [(b"host", b"localhost:8420")],
    [OURS, (b"origin", b"http://127.0.0.1:8420")],
    [OURS, (b"origin", b"http://localhost:8420")],
]
FOREIGN = [
    [],
    [(b"host", b"evil.example:8420")],
    [(b"host", b"127.0.0.1:8421")],
    [(b"host", b"127.0.0.1")],
    [OURS, (b"host", b"evil.example")],
    [OURS, (b"origin", b"http://evil.example")],
    [OURS, (b"origin", b"null")],
    [OURS, (b"origin", b"https://127.0.0.1:8420")],
    [OURS, (b"origin", b"http://127.0.0.1:8421")],
    [(b"host", b"127.0.0.1:8420.evil.example")],
]


@pytest.mark.parametrize("headers", ALLOWED)
def test_own_pages_are_answered_with_the_content_policy(headers):
    start, body = given("http", headers)
    assert start["status"] == 200
    assert dict(start["headers"])[b"content-security-policy"] == CONTENT_POLICY.encode()
    assert dict(start["headers"])[b"x"] == b"y"
    assert body["body"] == b"page"
    assert given("websocket", headers) == [{"type": "websocket.accept"}]


@pytest.mark.parametrize("headers", FOREIGN)
def test_others_are_refused(headers):
    start, body = given("http", headers)
    assert start["status"] == 403
    assert b"page" not in body["body"].split()
    assert given("websocket", headers) == [{"type": "websocket.close", "code": 1008}]


def test_nothing_else_may_be_loaded():
    allowed = {word for part in CONTENT_POLICY.split(";") for word in part.split()[1:]}
    assert allowed <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
