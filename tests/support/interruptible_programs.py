"""Interruptible programs: Ctrl-C reaches programs that tests start."""

import signal


def restore_interrupts():
    """Restore the default handling of Ctrl-C, which shells switch off for programs in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
