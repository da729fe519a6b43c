"""Font choice: installed font families that together have every character of a figure, and what is lacking.

A figure is written in DejaVu Sans, which comes with matplotlib and has Latin, Cyrillic, Greek and more.  What it lacks
is lent by other families, letter by letter; any installed family will do, a well-known one of the language first.
"""

from __future__ import annotations

import contextlib
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font

OWN = "DejaVu Sans"
"""Family that comes with matplotlib."""

_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "SimHei",
)
_JAPANESE = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "Hiragino Sans",
    "Yu Gothic",
    "Meiryo",
    "IPAexGothic",
    "IPAGothic",
    "TakaoGothic",
    "MS Gothic",
)
_KOREAN = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Source Han Sans KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "NanumGothic",
    "UnDotum",
)
_NO_CHARACTER = "\ufdd0"
"""Never assigned to anything: a family that has it draws boxes, and claims to have all characters."""
_MARKS_OF_NO_WIDTH = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Variation selectors; a font that has none of them draws the character all the same."""


class FontChoice(NamedTuple):
    """Families to write in, and what none of them has.

    Attributes
    ----------
    families : tuple of str
        The first that has a character draws it.
    missing : str
        Characters that no installed family has, each once, in the order of their numbers.
    """

    families: tuple[str, ...]
    missing: str


def choose_fonts(texts: Iterable[str]) -> FontChoice:
    """Choose installed families for texts.

    Parameters
    ----------
    texts : iterable of str
        Everything that is to be written.

    Examples
    --------
    >>> choose_fonts(["Service élargi", "Доверие", "Εμπιστοσύνη"])
    FontChoice(families=('DejaVu Sans',), missing='')
    """
    with quiet_font_manager():
        return _choose(frozenset().union(*map(visible_characters, texts)))


@contextlib.contextmanager
def quiet_font_manager() -> Iterator[None]:
    """Without matplotlib's remarks on families that have no bold face: the regular one is drawn."""
    logger = logging.getLogger("matplotlib.font_manager")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def visible_characters(text: str) -> frozenset[str]:
    r"""Characters of a text that need a glyph: no blanks, controls and marks of direction.

    >>> sorted(visible_characters("a b\u200f\n"))
    ['a', 'b']
    """
    return frozenset(
        one
        for one in text
        if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf") and one not in _MARKS_OF_NO_WIDTH
    )


@cache
def _choose(wanted: frozenset[str]) -> FontChoice:
    families = [OWN]
    missing = set(wanted) - _in_regular_and_bold(OWN, wanted)
    # Codes for private use mean something else in each font, and in none what the writer meant.
    private = {one for one in missing if unicodedata.category(one) in ("Co", "Cn", "Cs")}
    missing -= private
    for look_again in (False, True):
        if missing and look_again:
            _register_new_fonts()
        while missing and (found := _best_family(frozenset(missing), _by_language(wanted))):
            families.append(found[0])
            missing -= found[1]
    return FontChoice(tuple(families), "".join(sorted(missing | private)))


def _by_language(characters: Iterable[str]) -> tuple[str, ...]:
    """Well-known families, those of the language first: Chinese and Japanese write the same codes differently."""
    names = {unicodedata.name(one, "").partition(" ")[0] for one in characters}
    if names & {"HIRAGANA", "KATAKANA"}:
        return (*_JAPANESE, *_CHINESE, *_KOREAN)
    return (*_KOREAN, *_CHINESE, *_JAPANESE) if "HANGUL" in names else (*_CHINESE, *_JAPANESE, *_KOREAN)


def _best_family(missing: frozenset[str], preferred: tuple[str, ...]) -> tuple[str, frozenset[str]] | None:
    """The family that has most of some characters, with those; None where no family has any."""
    installed = {entry.name for entry in fontManager.ttflist} - {OWN}
    first = [name for name in preferred if name in installed]
    # Plain families before those with serifs and those for code.
    others = sorted(installed - set(first), key=lambda name: ("Sans" not in name, "Mono" in name, name))
    best: tuple[str, frozenset[str]] | None = None
    for name in (*first, *others):
        found = _in_regular_and_bold(name, missing)
        if len(found) > (len(best[1]) if best else 0):
            best = name, found
            if len(found) == len(missing):
                break
    return best


def _in_regular_and_bold(family: str, characters: frozenset[str]) -> frozenset[str]:
    """Which characters a family has in both of the faces that figures use."""
    found = characters & _characters_of(_face(family, 400), characters)
    return found & _characters_of(_face(family, 700), found) if found else found


def _face(family: str, weight: int) -> tuple[str, int] | None:
    """File of an upright face, and its number in there; None where the family has none."""
    faces = [entry for entry in fontManager.ttflist if entry.name == family]
    upright = [entry for entry in faces if entry.style == "normal"] or faces
    if not upright:
        return None
    if len(upright) > 1:  # matplotlib's own choice is slow, and needless where there is only one
        properties = FontProperties(family=[family], weight=weight)
        found: Any = fontManager.findfont(properties, fallback_to_default=False)
        return str(found), getattr(found, "face_index", 0)
    return upright[0].fname, getattr(upright[0], "index", 0)


def _characters_of(face: tuple[str, int] | None, characters: frozenset[str]) -> frozenset[str]:
    """Which characters a face of a font has; none where the file is damaged or gone."""
    if face is None:
        return frozenset()
    path, number = face
    try:
        # Faces after the first of a file can be had from matplotlib 3.11 on.
        font = FT2Font(path, face_index=number) if number else FT2Font(path)
    except (OSError, RuntimeError, TypeError):
        return frozenset()
    if font.get_char_index(ord(_NO_CHARACTER)):
        return frozenset()
    return frozenset(one for one in characters if font.get_char_index(ord(one)))


def _register_new_fonts() -> None:
    """Register fonts that were installed after matplotlib had written its list, which it keeps for good."""
    known = {str(entry.fname) for entry in fontManager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - known):
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError, NotImplementedError, ValueError):
            continue  # a font of pictures, or a damaged one
