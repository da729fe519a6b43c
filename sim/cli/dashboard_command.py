"""The command `sim dashboard`: a page on this machine that shows runs while levers are moved."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.shared_options import wrong

_EXTRA = "dashboard"
_RESULTS = Path("results")


def dashboard(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Where it listens.  [default: 8420, or another that is free]"),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    results: Annotated[
        Path, typer.Option(help="Folder below which the page may open results.", show_default=True)
    ] = _RESULTS,
) -> None:
    """Open a page on this machine: move levers and see what comes of them."""
    if results != _RESULTS and not results.is_dir():
        raise wrong(f"--results: there is no folder {results}")
    if find_spec("nicegui") is None:
        from sim.experiment.store.optional_packages import install_command

        raise wrong(f"the page needs the package nicegui; install it with: {install_command(_EXTRA)}")
    from sim.dashboard.server import ADDRESS, PortTakenError, listening_socket, open_browser, serve
    from sim.dashboard.server_options import ServerOptions
    from sim.experiment.execute.process_environment import one_thread_each

    try:
        listening = listening_socket(port)
    except PortTakenError as error:
        reason = (error.strerror or "it cannot be used").lower()
        raise wrong(f"--port {port}: {reason}; give another, or none for one that is free") from None
    one_thread_each()
    address = f"http://{ADDRESS}:{listening.getsockname()[1]}/"
    print(f"Dashboard at {address} (Ctrl-C ends it)", flush=True)
    if not no_browser:
        open_browser(address, lambda: print(f"sim: no browser was found; open {address} in one", file=sys.stderr))
    serve(listening, ServerOptions(folder=Path.cwd(), results=results))
