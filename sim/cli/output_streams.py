"""Output streams that are closed, or that nothing can be written to: a sentence and a status, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any

_OF_OUTPUT = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT)
"""Errors of writing."""


def replace_closed_streams() -> None:
    """Put something in the place of streams that the caller closed (``sim ... >&-``).

    Python leaves None there, and the next file that is opened gets the number of the closed stream, so that what is
    meant for the screen would end in it.  What is written to the output then fails as it does for other programs; the
    error stream takes what nobody can see.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one.
            os.open(os.devnull, mode)
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def write_all_or_fail() -> None:
    """See that all of a text is written, or an error raised, also where Python does not buffer its output.

    With ``PYTHONUNBUFFERED``, usual in containers, Python asks the system once: where a disk becomes full or a limit is
    reached, in the middle of a text, it drops the rest without a word.
    """
    before = sys.stdout
    if isinstance(before, io.TextIOWrapper) and isinstance(before.buffer, io.RawIOBase):
        with contextlib.suppress(OSError, ValueError):
            sys.stdout = _text_stream(io.FileIO(before.fileno(), "w", closefd=False), before)


def _text_stream(raw: io.RawIOBase, like: io.TextIOWrapper) -> io.TextIOWrapper:
    """A stream that writes whole lines in the encoding of another."""
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=like.encoding, errors=like.errors, line_buffering=True)


class _Forgiving(io.FileIO):
    """A file that drops what cannot be written to it."""

    def write(self, data: Any, /) -> int:
        """Write bytes, or drop them."""
        try:
            return super().write(data) or 0
        except OSError:
            return memoryview(data).nbytes


def forgive_error_stream() -> None:
    """Let messages that cannot be written be dropped: a full error stream changes neither work nor status."""
    before = sys.stderr
    if isinstance(before, io.TextIOWrapper):
        with contextlib.suppress(OSError, ValueError):
            raw = _Forgiving(before.fileno(), "w", closefd=False)
            sys.stderr = _text_stream(raw, before)


def output_error(error: OSError) -> str:
    """What is said of an error of the system: of a file where it names one, of the output where it may be that.

    >>> output_error(OSError(28, "No space left on device"))
    'cannot write the output: No space left on device'
    """
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"cannot use {error.filename}: {reason}"
    return f"cannot write the output: {reason}" if error.errno in _OF_OUTPUT else reason


def flush_output() -> OSError | None:
    """Write what is still waiting to be written; return the error where that fails, and never try again."""
    try:
        sys.stdout.flush()
    except OSError as error:
        give_up_output()
        return error
    except ValueError:  # closed by somebody in this process
        return None
    return None


def give_up_output() -> None:
    """Send what is left, and what Python writes when it ends, to nobody."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_reader_gone(error: OSError) -> bool:
    """Whether the reader of our output has closed it (``sim scenarios | head``): there is nothing to report."""
    return error.errno == errno.EPIPE
