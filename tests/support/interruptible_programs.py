"""Ctrl-C for programs that tests start."""

import signal


def restore_interrupts():
    """Undo what shells do to programs in the background, and those hand on: to be deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
