"""Font advice: which fonts to install for characters that no installed font has.

>>> print(font_advice("北京"))
No installed font has 京, 北: install Noto Sans CJK SC (on Debian and Ubuntu the package fonts-noto-cjk; others are at \
https://fonts.google.com/noto)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from matplotlib import ft2font

_MOST_NAMED = 5
"""Characters that the line names; the others are counted."""
_SPECIAL = {
    "CJK": "Noto Sans CJK SC",
    "KANGXI": "Noto Sans CJK SC",
    "IDEOGRAPHIC": "Noto Sans CJK SC",
    "BOPOMOFO": "Noto Sans CJK TC",
    "FULLWIDTH": "Noto Sans CJK SC",
    "HALFWIDTH": "Noto Sans CJK JP",
    "HIRAGANA": "Noto Sans CJK JP",
    "KATAKANA": "Noto Sans CJK JP",
    "HANGUL": "Noto Sans CJK KR",
    "TIBETAN": "Noto Serif Tibetan",
    "MATHEMATICAL": "Noto Sans Math",
    "LATIN": "Noto Sans",
    "GREEK": "Noto Sans",
    "CYRILLIC": "Noto Sans",
    "MODIFIER": "Noto Sans",
    "COMBINING": "Noto Sans",
}
"""First word of a character's name -> font; other letters are in the font that has their script's name."""
_SCRIPT = re.compile(
    r"(.+?) (?:(?:CAPITAL|SMALL|INDEPENDENT|VOWEL|CONSONANT|COMBINING|DEPENDENT) )*"
    r"(?:LETTER|SYLLABLE|SYLLABICS|VOWEL|CONSONANT|SIGN|DIGIT|MARK|CHARACTER|LIGATURE|HIEROGLYPH|IDEOGRAPH|RADICAL)"
)
_EMOJI = 0x1F000
_JOINED_SCRIPTS = frozenset(
    (
        "BENGALI",
        "DEVANAGARI",
        "GUJARATI",
        "GURMUKHI",
        "KANNADA",
        "KHMER",
        "LAO",
        "MALAYALAM",
        "MYANMAR",
        "ORIYA",
        "SINHALA",
        "TAMIL",
        "TELUGU",
        "THAI",
        "TIBETAN",
        "MONGOLIAN",
    )
)
"""Scripts, beside those that run from right to left, whose letters change by their neighbours."""
_JAPANESE_SCRIPTS = frozenset(("Noto Sans CJK JP", "Noto Sans CJK KR"))


def font_advice(missing: str) -> str:
    r"""One line that says which fonts to install; nothing where no character is missing.

    Parameters
    ----------
    missing : str
        Characters that no installed family has (`sim.plots.font_choice.FontChoice`).

    Examples
    --------
    >>> font_advice("ཀ🏥")
    'No installed font has ཀ, 🏥: install Noto Emoji, Noto Serif Tibetan (https://fonts.google.com/noto)'
    >>> font_advice("\ue000")
    'No font has U+E000, a code without a character of its own'
    """
    if not missing:
        return ""
    first = sorted(missing, key=lambda one: (unicodedata.category(one)[0] != "L", one))[:_MOST_NAMED]
    named = [one if one.isprintable() else f"U+{ord(one):04X}" for one in first]
    more = f" and {len(missing) - len(named):,} more" if len(missing) > len(named) else ""
    what = f"{', '.join(named)}{more}"
    fonts = sorted(set(filter(None, map(font_for, missing))))
    if not fonts:
        return f"No font has {what}, a code without a character of its own"
    if len(_JAPANESE_SCRIPTS.intersection(fonts)) == 1 and "Noto Sans CJK SC" in fonts:
        # Each of them has all characters of the three languages, in the forms of one.
        fonts.remove("Noto Sans CJK SC")
    where = "https://fonts.google.com/noto"
    if any("CJK" in font for font in fonts):
        where = f"on Debian and Ubuntu the package fonts-noto-cjk; others are at {where}"
    return f"No installed font has {what}: install {', '.join(fonts)} ({where})"


def order_advice(texts: Iterable[str]) -> str:
    """One line for scripts whose letters this version of matplotlib neither joins nor orders; usually nothing.

    >>> order_advice(["Social work", "北京", "Независимость"])
    ''
    """
    if hasattr(ft2font, "__libraqm_version__"):  # from matplotlib 3.11 on
        return ""
    letters = {one for text in texts for one in text if one > "\u0590"}
    names = {unicodedata.name(one, "").partition(" ")[0] for one in letters}
    if not names & _JOINED_SCRIPTS and not any(unicodedata.bidirectional(one) in ("R", "AL") for one in letters):
        return ""
    return (
        "Letters that are joined or run from right to left are drawn one by one: matplotlib 3.11 or later does it right"
    )


def font_for(character: str) -> str:
    r"""Name of a free font that has a character; nothing for a code that has no meaning of its own.

    >>> font_for("中"), font_for("か"), font_for("가"), font_for("क"), font_for("🏥"), font_for("\ue000")
    ('Noto Sans CJK SC', 'Noto Sans CJK JP', 'Noto Sans CJK KR', 'Noto Sans Devanagari', 'Noto Emoji', '')
    """
    name = unicodedata.name(character, "")
    if not name:
        return ""
    first = name.partition(" ")[0]
    if first in _SPECIAL:
        return _SPECIAL[first]
    if unicodedata.category(character)[0] in "LMN" and (script := _SCRIPT.match(name)):
        return f"Noto Sans {script[1].title()}"
    return "Noto Emoji" if ord(character) >= _EMOJI else "Noto Sans Symbols 2"
