"""Start of `sim`: signals are handled and closed streams replaced before anything that takes time is imported."""

from __future__ import annotations

import os
import signal
from types import FrameType

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; the entry point of ``sim``."""
    caught = [each for each in _signals() if signal.getsignal(each) in (signal.SIG_DFL, signal.default_int_handler)]
    for each in caught:
        signal.signal(each, _end)
    from sim.cli.output_streams import replace_closed_streams

    replace_closed_streams()
    from sim.cli.main import main as run_command_line

    run_command_line(caught)


def _signals() -> list[signal.Signals]:
    """Signals that interrupt a command, where the system has them."""
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _end(number: int, frame: FrameType | None) -> None:
    """End at once: nothing has been begun, and an import that is cut short is of no use."""
    try:
        os.write(2, b"Interrupted.\n")
    finally:
        os._exit(_INTERRUPTED)
