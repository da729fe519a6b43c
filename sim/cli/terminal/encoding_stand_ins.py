"""Encoding stand-ins: what is printed for signs that the encoding of the screen, pipe or file does not have.

>>> install()
>>> "\u2212600 \u00b1 5 \u2013 \u00d7".encode("ascii", HANDLER)
b'-600 +- 5 - x'
"""

from __future__ import annotations

import codecs
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

HANDLER = "sim-stand-in"
"""Name of the handler of encoding errors."""

_STAND_INS = {
    "\u00b1": "+-",
    "\u00d7": "x",
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2022": "*",
    "\u2026": "...",
    "\u221e": "inf",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2192": "->",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
}
_BOXES = {0x2500: "-", 0x2501: "-", 0x2502: "|", 0x2503: "|", 0x2550: "=", 0x2551: "|"}


def stand_in(character: str) -> str:
    r"""ASCII text for a character: a like sign, the letter without its accent, or its escape as in Python.

    >>> stand_in("\u2212"), stand_in("\u00e9"), stand_in("\u57ce")
    ('-', 'e', '\\u57ce')
    """
    if character in _STAND_INS:
        return _STAND_INS[character]
    code = ord(character)
    if 0x2500 <= code <= 0x259F:
        return _BOXES.get(code, "+" if code < 0x2580 else "#")
    if 0x2800 <= code <= 0x28FF:
        return "*"  # what turns while a program is at work
    folded = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return folded if folded and folded.isascii() else character.encode("unicode_escape").decode()


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # An escape of a lone surrogate is plain ASCII too, so a name in any bytes can be shown.
    return "".join(map(stand_in, error.object[error.start : error.end])), error.end


def install(streams: Iterable[Any] | None = None) -> None:
    """Let the standard streams write stand-ins; nothing changes for what they can write.

    Parameters
    ----------
    streams : iterable of text streams, optional
        Streams; standard output and error by default.  One that cannot be set stays as it is.
    """
    codecs.register_error(HANDLER, _replace)
    for stream in (sys.stdout, sys.stderr) if streams is None else streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)
