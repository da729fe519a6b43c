"""Worker start: out of reach of Ctrl-C, and without the user's script."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing import forkserver, resource_tracker
from types import ModuleType

_one_at_a_time = threading.Lock()
_PRELOADED = ["sim.experiment.execute.worker_preload"]
"""What the fork server imports once, so that its workers need not."""


def warm_up() -> None:
    """Start the server that workers are forked from; it imports the model while we go on."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        forkserver.set_forkserver_preload(_PRELOADED)
        with deaf_to_interrupts():
            forkserver.ensure_running()


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not import the main script again.

    All that our workers do stands in modules of ours.  A script of a user's would at best cost each of them its
    imports, and where it begins a sweep without asking whether it is the main one, each worker would begin it too.
    """
    with _one_at_a_time:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Start processes that never get Ctrl-C: the parent decides what becomes of them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Its start would lift our block again, so it must be running before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
