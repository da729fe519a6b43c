"""Ctrl-C that is not lost: Python drops a `KeyboardInterrupt` that is raised inside a finalizer, with a traceback.

The signal is noted as well as raised, in a finalizer only noted, and what computes in this process asks between two
runs.  The command line, which installs the handler for as long as a command lasts, also asks whether what was raised
has been taken (`is_taken`), and ends the process itself where it has not.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_raised = _taken = 0
"""How many interrupts there were, and how many of them somebody has dealt with."""


@contextlib.contextmanager
def interrupts_noted() -> Iterator[None]:
    """Note Ctrl-C; where another program has its own handler of it, or in another thread, change nothing."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) not in (signal.default_int_handler, note_and_raise):
        yield
        return
    if signal.getsignal(signal.SIGINT) is note_and_raise:
        # The command line looks after interrupts; what was dropped before is raised at the next look.
        try:
            yield
        except KeyboardInterrupt:
            take_interrupt()
            raise
        return
    take_interrupt()
    signal.signal(signal.SIGINT, note_and_raise)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        take_interrupt()


def raise_if_interrupted() -> None:
    """Raise what may have been dropped.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C came and nothing has come of it yet.
    """
    if not is_taken():
        take_interrupt()
        raise KeyboardInterrupt


def take_interrupt() -> None:
    """Note that all interrupts so far have been dealt with."""
    global _taken
    _taken = _raised


def is_taken() -> bool:
    """Whether all interrupts so far have been dealt with."""
    return _taken >= _raised


def is_anything_taken() -> bool:
    """Whether there were interrupts, and some have been dealt with."""
    return _taken > 0


def note_and_raise(number: int, frame: FrameType | None) -> None:
    """Note an interrupt, and raise it where it can be caught; the handler of a signal.

    Raises
    ------
    KeyboardInterrupt
        Outside of finalizers.
    """
    global _raised
    _raised += 1
    outer = frame
    while outer is not None:
        if outer.f_code.co_name == "__del__":
            return
        outer = outer.f_back
    signal.default_int_handler(number, frame)
