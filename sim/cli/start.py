"""Start of `sim`: closed streams are replaced and signals handled before anything that takes time is imported."""

from __future__ import annotations

import sys

from sim.cli.interrupts import INTERRUPTED, handle_signals, interrupted_words, leave
from sim.cli.output_streams import replace_closed_streams


def main() -> None:
    """Run the command line; the entry point of ``sim``."""
    replace_closed_streams()
    handle_signals()
    try:
        from sim.cli.main import main as run_command_line
    except KeyboardInterrupt:
        print(interrupted_words(), file=sys.stderr)
        leave(INTERRUPTED)
    run_command_line()
