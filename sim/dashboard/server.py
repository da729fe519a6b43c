"""Server of the dashboard: listens on this machine only, and serves the page to each tab that opens it."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from sim.dashboard.server_options import ServerOptions

ADDRESS = "127.0.0.1"
USUAL_PORT = 8420
_STATIC = Path(__file__).with_name("static")
_BACKLOG = 64
_LONGEST = 60.0
"""Seconds in which a page must be built or connect again; a machine may be busy."""


class PortTakenError(OSError):
    """Another program listens on the port."""


def listening_socket(port: int | None) -> socket.socket:
    """A socket that listens, so that a browser may connect while the rest is being imported.

    Parameters
    ----------
    port : int, optional
        Which; by default the usual one, or where that is taken one that is free.

    Raises
    ------
    PortTakenError
        If the port that is asked for is taken, or may not be used.
    """
    for wanted in [port] if port is not None else [USUAL_PORT, 0]:
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((ADDRESS, wanted))
            found.listen(_BACKLOG)
        except OSError as error:
            found.close()
            reason = error
            continue
        return found
    raise PortTakenError(reason.errno, reason.strerror) from reason


def open_browser(address: str, failed: Callable[[], None]) -> threading.Thread:
    """Open a browser in a thread, beside what goes on; call a function where there is none."""

    def open_it() -> None:
        try:
            opened = webbrowser.open(address)
        except webbrowser.Error:
            opened = False
        if not opened:
            failed()

    thread = threading.Thread(target=open_it, name="browser", daemon=True)
    thread.start()
    return thread


def serve(listening: socket.socket, options: ServerOptions) -> None:
    """Serve the page until the process is asked to end."""
    import uvicorn
    from fastapi import FastAPI
    from nicegui import app, ui

    from sim.dashboard.made_pages import PATH, MadePages
    from sim.dashboard.page import DashboardPage
    from sim.dashboard.request_guard import RequestGuard
    from sim.live.live_runs import LiveRuns

    port = listening.getsockname()[1]
    app.add_static_files("/assets", _STATIC)
    # The bar of the framework has no name for screen readers, and the status says what is going on.
    app.config.quasar_config["loadingBar"]["skipHijack"] = True
    pages = MadePages()
    with LiveRuns() as live:

        @ui.page("/", title="sim dashboard", language="en-US", response_timeout=_LONGEST, reconnect_timeout=_LONGEST)
        async def page() -> None:
            await DashboardPage(live, options, pages).build()

        api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        api.add_route(f"{PATH}/{{token}}", pages.answer)
        ui.run_with(api, tailwind=False, show_welcome_message=False, favicon=_STATIC / "icon.svg")
        config = uvicorn.Config(
            RequestGuard(api, port), log_level="error", ws_max_size=2**22, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        server.run(sockets=[listening])
