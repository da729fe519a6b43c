"""Interrupts: Ctrl-C, SIGTERM and SIGHUP end every command within a second, with a sentence and no traceback.

A signal raises `KeyboardInterrupt`, so that what is open is closed and the folder says how it ended.  Python can
raise only between two of its own instructions, and libraries drop what is raised in their callbacks; so a thread sees
the signal too, and where nobody has dealt with it after a moment, or the command has not ended by then, it ends the
process and its children.  That loses nothing: results survive a kill at any moment.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from typing import NoReturn

from sim.experiment.execute.pending_interrupts import is_anything_taken, is_taken, note_and_raise

INTERRUPTED = 130
"""Exit status of a command that was interrupted, by whichever signal."""
_GRACE = 0.7
"""Seconds in which an interrupt has to be dealt with."""
_LONGEST = 0.85
"""Seconds after a signal at which a command ends that is still closing what is open."""
_GLANCE = 0.02
_CLEAN_LINE = "\r\x1b[2K\x1b[?25h"
"""Clears the line that a progress bar was drawing and shows the cursor that it hid."""

at_end: list[Callable[[], None]] = []
"""What is done when an interrupted command ends; each must be quick."""


class _LastWords:
    """What is said when a command is interrupted."""

    say: Callable[[], str] = staticmethod(lambda: "Interrupted.")
    lock = threading.Lock()
    said = False


@contextlib.contextmanager
def last_words(say: Callable[[], str]) -> Iterator[None]:
    """Say something else when a command is interrupted in here; `say` must be quick and may come from any thread."""
    before = _LastWords.say
    _LastWords.say = say
    try:
        yield
    finally:
        # An interrupt passes through here before it is reported; its words are those of where it came.
        if is_taken():
            _LastWords.say = before


def interrupted_words() -> str:
    """What is to be said of an interrupt that comes, or came, now."""
    try:
        return _LastWords.say()
    except Exception:  # A message about what is in a folder must not keep a command from ending.
        return "Interrupted."


def say_interrupted(words: str) -> None:
    """Say how an interrupted command ended, unless the thread that watches has said so."""
    with _LastWords.lock:
        # Another program may call functions of the command line again and again.
        if not (_LastWords.said and is_a_command()):
            with contextlib.suppress(OSError):
                print(words, file=sys.stderr, flush=True)
            _LastWords.said = True


def handle_signals(caught: Collection[int]) -> None:
    """Let signals interrupt this command, for as long as the process lives; those that are ignored stay so."""
    if not caught or not hasattr(signal, "pthread_sigmask"):
        return
    # What an ended process leaves in the system is cleaned by multiprocessing's tracker, which need not remark on it.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    # The thread must not get signals: they would not wake up the main thread from what it waits for.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, caught)
    threading.Thread(target=_watch, args=(ours, frozenset(caught)), daemon=True).start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    for each in caught:
        signal.signal(each, note_and_raise)


def is_a_command() -> bool:
    """Whether this process is one of ours, and not another program that calls functions of the command line.

    Shells let what runs in the background ignore Ctrl-C, and `nohup` a closed terminal; some signal is ours then too.
    """
    return any(signal.getsignal(each) is note_and_raise for each in (signal.SIGINT, signal.SIGTERM))


def end_at_once(caught: Collection[int], status: int) -> None:
    """Let a signal end the process at once: the command is done, and only Python's own ending is left."""
    for each in caught:
        signal.signal(each, lambda *_: os._exit(status))


def _watch(pipe: int, caught: frozenset[int]) -> None:
    """End the process where a signal is not dealt with, or the command has not ended, in time."""
    while number := os.read(pipe, 1):
        if number[0] not in caught:
            continue
        began = time.monotonic()
        while time.monotonic() < began + (_LONGEST if is_anything_taken() and is_taken() else _GRACE):
            time.sleep(_GLANCE)
        end_now()


def end_now() -> NoReturn:
    """End this process and those that it started, with the sentence on how to go on."""
    # The thread that holds the lock prints it, and may wait for ever for a reader.
    if _LastWords.lock.acquire(timeout=_GLANCE) and not _LastWords.said:
        clean = _CLEAN_LINE if sys.stderr is not None and sys.stderr.isatty() else ""
        encoding, errors = getattr(sys.stderr, "encoding", None) or "utf-8", getattr(sys.stderr, "errors", "replace")
        with contextlib.suppress(OSError):
            os.write(2, f"{clean}{interrupted_words()}\n".encode(encoding, errors))
    leave(INTERRUPTED)


def leave(status: int) -> NoReturn:
    """End without Python's own ending, in which libraries wait for their threads and report what they miss."""
    _end_children()
    for each in at_end:
        with contextlib.suppress(Exception):
            each()
    for stream in (sys.stdout, sys.stderr):
        # A thread may hold the stream's lock for good: what it had to say is not waited for.
        flushing = threading.Thread(target=_flush, args=(stream,), daemon=True)
        flushing.start()
        flushing.join(_GLANCE * 5)
    os._exit(status)


def _end_children() -> None:
    """End processes that we started; the server that workers are forked from sees our end only when it is idle."""
    for child in multiprocessing.active_children():
        with contextlib.suppress(Exception):
            child.kill()
    server = getattr(sys.modules.get("multiprocessing.forkserver"), "_forkserver", None)
    number = getattr(server, "_forkserver_pid", None)
    if isinstance(number, int):
        with contextlib.suppress(OSError):
            os.kill(number, signal.SIGKILL)


def _flush(stream: object) -> None:
    with contextlib.suppress(Exception):
        stream.flush()  # type: ignore[attr-defined]
