"""Ctrl-C that is not lost: Python drops a `KeyboardInterrupt` that is raised inside a finalizer, with a traceback.

The signal is noted as well as raised, in a finalizer only noted, and what computes in this process asks between two
runs.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_noted = threading.Event()


@contextlib.contextmanager
def interrupts_noted() -> Iterator[None]:
    """Note Ctrl-C; where another program has its own handler of it, or in another thread, change nothing."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    _noted.clear()
    signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _noted.clear()


def raise_if_interrupted() -> None:
    """Raise what may have been dropped.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C came and nothing has come of it yet.
    """
    if _noted.is_set():
        _noted.clear()
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    """Note it, and raise it where it can be caught."""
    _noted.set()
    outer = frame
    while outer is not None:
        if outer.f_code.co_name == "__del__":
            return
        outer = outer.f_back
    signal.default_int_handler(number, frame)
