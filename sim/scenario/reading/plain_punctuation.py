r"""Plain punctuation: signs of other keyboards and of word processors, with the ASCII ones that files need.

>>> plain("\uff12\uff10\uff11\uff10\u2013\uff31\uff11"), plain("\u3010elderly\u3011")
('2010-Q1', '[elderly]')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sim.scenario.reading.text_forms import sign

_SIGNS = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\ufe58": "-", "\ufe63": "-", "\uff0d": "-",
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
    "\u300c": '"', "\u300d": '"', "\u300e": '"', "\u300f": '"',
    "\u3010": "[", "\u3011": "]", "\u3014": "[", "\u3015": "]", "\uff3b": "[", "\uff3d": "]",
    "\u3001": ",", "\u3002": ".",
    "\u060c": ",", "\u066b": ".", "\u066c": ",", "\ufe50": ",", "\ufe55": ":", "\u2236": ":",
    "\u2026": "...", "\u2044": "/", "\u2215": "/",
}  # fmt: skip
_STRUCTURE = frozenset("-'\"[],:{}#?|>&*!% ")
"""Signs that mean something in YAML."""


def plain(text: str) -> str:
    """The text with ASCII signs and digits for those that stand for them."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _plain_sign(c) for c in text)


def _plain_sign(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    # Full-width and half-width forms; letters with accents, ligatures and the like stay what they are.
    folded = unicodedata.normalize("NFKC", character)
    return folded if 0xFF00 <= ord(character) <= 0xFFEF and folded.isascii() else character


def unquoted(text: str) -> str:
    """The text without the quotation marks that enclose it."""
    enclosed = len(text) > 2 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if enclosed else text


def has_structure(text: str) -> bool:
    """Whether a text would be read as more than one value."""
    return any(character in text for character in "[]{},:")


def odd_signs(text: str) -> Iterator[tuple[int, str]]:
    """Places and characters for which files need an ASCII sign."""
    for n, character in enumerate(text):
        if not character.isascii() and _plain_sign(character) != character:
            yield n, character


def odd_structure(line: str) -> tuple[int, str, str] | None:
    """Place of the first sign in a line that is read as a letter but looks like YAML's own, and what to write.

    What stands in quotes or behind a # is text, where such signs are welcome.
    """
    quote = ""
    for n, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and (n == 0 or line[n - 1] in " [{,"):
            quote = character
        elif character == "#" and (n == 0 or line[n - 1].isspace()):
            return None
        elif not character.isascii() and (written := _plain_sign(character)) in _STRUCTURE:
            return n, character, written
    return None


def instead(character: str) -> str:
    r"""What a sign is, and what to write for it.

    >>> print(ascii(instead("\uff1a")))
    "'\uff1a' is U+FF1A, fullwidth colon; write ':'"
    """
    written = _plain_sign(character)
    shown = f"'{character}' is " if character.isprintable() else ""
    return f"{shown}{sign(character)}; write {'an ordinary blank' if written == ' ' else repr_of(written)}"


def repr_of(text: str) -> str:
    """The text in quotes that it does not hold itself."""
    return f'"{text}"' if "'" in text else f"'{text}'"
