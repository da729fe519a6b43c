r"""Text forms: the one normal form of names and texts, what a name may not hold, and names that look alike.

>>> normal_text(" Chambe\u0301ry\u00a0") == "Chamb\u00e9ry"
True
>>> seen_as("Zhu\u00a0Ren") == seen_as("Zhu Ren"), seen_as("\u0415ast") == seen_as("East")
(True, True)
"""

from __future__ import annotations

import re
import unicodedata

LINES = re.compile("[\n\r]")
# Embeddings, overrides, isolates and marks of direction: the text is shown in another order than it is stored.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Characters that show nothing and join nothing, and letters that are blank.  Joiners (U+200C, U+200D) are left out:
# Persian, Indic scripts and emoji need them.
_INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2800\u3164\ufeff\uffa0"
)
_JOINERS = frozenset("\u200c\u200d")
_VARIANTS = re.compile("[\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FORMULA = "=+-@"
# Letters of Cyrillic and Greek that look like Latin ones in common fonts (Unicode's list of confusables, UTS 39);
# signs that differ in shade only.
_LOOK = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗаеорсухіјѕһԁԛԝӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "‐‑‒–—―−﹣" + "‘’‛′ʼ`´" + "“”„‟″" + "·•∙・" + "∕⁄",  # noqa: RUF001
    "ABESIJKMHOPCTYX3aeopcyxijshdqwl" + "ABEZHIKMNOPTYXo" + "-" * 8 + "'" * 7 + '"' * 5 + "·" * 4 + "//",
)


def normal_text(text: str) -> str:
    """The form in which names and texts are kept and compared: composed (NFC), and of one line without outer blanks."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    bare = composed.strip()
    return composed if LINES.search(bare) else bare


def sign(character: str) -> str:
    r"""Number and name of a character, for messages.

    >>> sign("\u00a0"), sign("\x1b")
    ('U+00A0, no-break space', 'U+001B, a control character')
    """
    name = unicodedata.name(character, "a control character" if unicodedata.category(character) == "Cc" else "")
    return f"U+{ord(character):04X}" + (f", {name.lower()}" if name else "")


def control_character(text: str) -> str | None:
    """The first control character that is neither a tab nor an end of line, if there is one."""
    if text.isprintable():
        return None
    return next((c for c in text if unicodedata.category(c) == "Cc" and c not in "\t\n\r"), None)


def name_fault(text: str) -> tuple[str, str] | None:
    """What makes a text unfit for a name or title, and what would be right; None where nothing does."""
    for character in text if not (text.isascii() and text.isprintable()) else ():
        kind = _hidden_kind(character)
        if kind:
            return f"holds {kind} ({sign(character)})", "write it without"
    if text and not seen_as(text):
        return "holds nothing that can be seen", "write letters or digits"
    first = unicodedata.normalize("NFKC", text[:1])[:1]
    if first and (first in _FORMULA or text[0] in "\u2212\ufe63"):
        return f"begins with '{text[0]}'", "spreadsheets read that as a formula; begin with a letter or digit"
    return None


def _hidden_kind(character: str) -> str:
    if character in _DIRECTION:
        return "a character that changes the direction of writing"
    if character in _INVISIBLE or "\U000e0001" <= character <= "\U000e001f":
        return "a character that cannot be seen"
    if character in _JOINERS:
        return ""
    if character in "\n\r":
        return "an end of line"
    return {"Cc": "a control character", "Zl": "an end of line", "Zp": "an end of line"}.get(
        unicodedata.category(character), ""
    )


def seen_as(text: str) -> str:
    """What a reader sees of a name: equal for names that look alike.

    Blanks of every width are one, characters that show nothing are none, and letters of other scripts are those that
    they look like.  Upper and lower case stay different.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.translate(_LOOK).split())
    folded = unicodedata.normalize("NFKC", _VARIANTS.sub("", text)).translate(_LOOK)
    shown = "".join(
        c for c in folded if c not in _INVISIBLE and (c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    )
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def difference(name: str, other: str) -> str:
    r"""In what a name differs from one that looks like it.

    >>> difference("E\u0430st", "East")
    "U+0430, cyrillic small letter a, where the other has 'a'"
    """
    for mine, theirs in zip(name, other, strict=False):
        if mine != theirs:
            return f"{_shown_sign(mine)}, where the other has {_shown_sign(theirs)}"
    longer = name if len(name) > len(other) else other
    return f"{_shown_sign(longer[min(len(name), len(other))])}, which one of them has more"


def _shown_sign(character: str) -> str:
    return f"'{character}'" if " " < character < "\x7f" else sign(character)
