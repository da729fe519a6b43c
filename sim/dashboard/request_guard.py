"""Request guard: only pages of this very address may talk to the dashboard, and they may ask nobody else.

A page that the user has open elsewhere could otherwise send requests to 127.0.0.1, or come back under another name
that leads there (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

NAMES = ("127.0.0.1", "localhost")
CONTENT_POLICY = (
    "default-src 'self'; "
    # NiceGUI writes its start into the page and lets Vue make functions from templates.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class RequestGuard:
    """Refuses requests, of websockets too, with a foreign Host or Origin; adds the content policy to answers.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    port : int
        Where it listens.
    """

    def __init__(self, app: Application, port: int) -> None:
        self.app = app
        self._hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not self.allows(scope["headers"]):
            await refuse(scope["type"], receive, send)
        else:
            try:
                await self.app(scope, receive, with_headers(send))
            except RuntimeError as error:
                # Starlette says so where the browser went away before the answer; nobody waits for it.
                if str(error) != "No response returned.":
                    raise

    def allows(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether Host is one of ours, and so is Origin where there is one."""
        hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
        origins = [value.decode("latin-1").lower() for name, value in headers if name == b"origin"]
        return len(hosts) == 1 and hosts[0] in self._hosts and all(origin in self._origins for origin in origins)


def with_headers(send: Send) -> Send:
    """A function that sends answers with our headers in front."""

    async def send_on(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
        await send(message)

    return send_on


async def refuse(kind: str, receive: Receive, send: Send) -> None:
    """Answer 403, or close a websocket before it is open."""
    if kind == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    body = b"This dashboard answers to pages of its own address only.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
