"""Made pages: whole HTML pages, such as stories, that the dashboard makes when they are asked for, each at its address.

An address is a long random number, so nobody else can guess it; a page is made once and kept for a while.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from sim.live.run_questions import LiveError

PATH = "/pages"
CONTENT_POLICY = (
    # The page itself allows no script but its own, by digest; it stands apart from the dashboard all the same.
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; sandbox allow-scripts"
)
_KEPT = 100
"""Offers that are kept; the oldest go first."""
_LONGEST = 120.0
"""Seconds that making one may take."""
_GONE = "This page is gone: the dashboard that offered it was closed or has offered many others. Ask for it again.\n"


@dataclass
class _Offer:
    """A page that can be asked for."""

    owner: str
    make: Callable[[], Awaitable[str]]
    made: asyncio.Task[str] | None = None


class MadePages:
    """Pages that open dashboards offer."""

    def __init__(self) -> None:
        self._offers: OrderedDict[str, _Offer] = OrderedDict()

    def offer(self, owner: str, make: Callable[[], Awaitable[str]]) -> str:
        """Offer a page.

        Parameters
        ----------
        owner : str
            Channel of the dashboard that offers it; what was not made yet goes with it.
        make : callable
            Makes it; raises `LiveError` where it cannot be made.

        Returns
        -------
        str
            Its address, without the host.
        """
        token = secrets.token_urlsafe(24)
        self._offers[token] = _Offer(owner, make)
        while len(self._offers) > _KEPT:
            self._offers.popitem(last=False)
        return f"{PATH}/{token}"

    def forget(self, owner: str) -> None:
        """Forget what a dashboard has offered and nobody has read; what was made stays for those who read it."""
        for token, offer in [*self._offers.items()]:
            if offer.owner == owner and (offer.made is None or not offer.made.done()):
                del self._offers[token]

    async def text(self, address: str) -> str:
        """The page of an address; a second one who asks waits for the same.

        Raises
        ------
        LookupError
            If it is not offered, or not any more.
        LiveError
            If it cannot be made; the next one who asks has it tried again.
        """
        offer = self._offers[address.removeprefix(f"{PATH}/")]
        if offer.made is not None and offer.made.done():
            return offer.made.result()
        if offer.made is None:
            offer.made = asyncio.ensure_future(offer.make())
        try:
            return await asyncio.wait_for(asyncio.shield(offer.made), _LONGEST)
        except (LiveError, TimeoutError) as error:
            offer.made = None
            raise LiveError(str(error) or "it takes too long") from error

    async def answer(self, request: Request) -> Response:
        """Answer a request for a page."""
        try:
            text = await self.text(request.path_params["token"])
        except LookupError:
            return PlainTextResponse(_GONE, 404)
        except LiveError as error:
            return PlainTextResponse(f"This page cannot be made: {error}\n", 500)
        return HTMLResponse(text, headers={"content-security-policy": CONTENT_POLICY, "cache-control": "no-store"})
