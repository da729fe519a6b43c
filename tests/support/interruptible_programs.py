"""Interruptible programs: Ctrl-C reaches programs that tests start."""

import signal


def restore_interrupts():
    """Restore the default handling of signals: shells switch Ctrl-C off in the background, `nohup` SIGHUP."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)
