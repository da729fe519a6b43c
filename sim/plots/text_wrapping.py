"""Text wrapping: how wide words are when they are drawn, and lines that fit a width, in every script.

Widths are in inches and depend on the fonts of the style that is in force, so measure inside
`sim.plots.figure_style.house_style`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

ELLIPSIS = "…"
LINE_HEIGHT = 1.3
"""Distance of lines of text, in font sizes."""
_DPI = 160
_NO_CHARACTER = "\ufffd"
_CLUSTER = re.compile(r".[\u200d\ufe00-\ufe0f]*(?:(?<=\u200d).[\ufe00-\ufe0f]*)*", re.DOTALL)
_NOT_BEFORE = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮー々〜\uff5e"
"""Letters and signs of Japanese that begin no line."""
_FIRST_HANGUL, _LAST_HANGUL = "가", "힣"


def plain_text(text: str) -> str:
    r"""What is drawn of a text: letters composed, blanks and line ends as one blank, controls as a sign for them.

    >>> plain_text("  Bogota\u0301:\n two\x1b lines ")
    'Bogotá: two� lines'
    """
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(_NO_CHARACTER if unicodedata.category(one) in ("Cc", "Cs") else one for one in composed)


def line_height(size: float) -> float:
    """Distance of lines of a font size in points, in inches.

    >>> round(line_height(72), 3)
    1.3
    """
    return size * LINE_HEIGHT / 72


def text_width(words: str, size: float, weight: str = "normal") -> float:
    """Width of one line when it is drawn.

    Parameters
    ----------
    words : str
        Without line ends.
    size : float
        Font size in points.
    weight : str
        ``normal`` or ``bold``.

    Returns
    -------
    float
        Inches.
    """
    return _width(words, size, weight, tuple(matplotlib.rcParams["font.family"]))


@lru_cache(4096)
def _width(words: str, size: float, weight: str, families: tuple[str, ...]) -> float:
    properties = FontProperties(family=list(families), size=size, weight=weight)
    width, _, _ = _renderer().get_text_width_height_descent(words, properties, ismath=False)  # type: ignore[no-untyped-call]
    return float(width) / _DPI


@lru_cache(1)
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, _DPI)  # type: ignore[no-untyped-call]


def wrap_text(words: str, width: float, size: float, weight: str = "normal", most: int | None = None) -> list[str]:
    """Lines of a text that are no wider than allowed.

    A line ends at a blank, after a dash between words, between the characters of Chinese, Japanese and Korean, and
    inside a word only where that word is wider than a line.

    Parameters
    ----------
    words : str
        Any text.
    width : float
        Inches.
    size : float
        Font size in points.
    weight : str
        ``normal`` or ``bold``.
    most : int, optional
        Lines at most; what does not fit is left out and the last line ends in an ellipsis.

    Returns
    -------
    list of str
        None for a text without a letter.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(plain_text(words), width, size, weight):
        if line and text_width((line + piece).rstrip(), size, weight) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        lines.append(line.rstrip())
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], shorten_text(f"{lines[most - 1]}{ELLIPSIS}", width, size, weight)]


def shorten_text(words: str, width: float, size: float, weight: str = "normal") -> str:
    """One line, cut where it would be wider than allowed."""
    words = plain_text(words)
    if text_width(words, size, weight) <= width:
        return words
    clusters = character_clusters(words.removesuffix(ELLIPSIS))
    fits, too_many = 0, len(clusters)
    while fits + 1 < too_many:
        middle = (fits + too_many) // 2
        if text_width("".join(clusters[:middle]).rstrip() + ELLIPSIS, size, weight) <= width:
            fits = middle
        else:
            too_many = middle
    return "".join(clusters[:fits]).rstrip() + ELLIPSIS


def character_clusters(text: str) -> list[str]:
    """Characters with the marks that stand on them, which no line end may separate.

    >>> character_clusters("की ข้อ")
    ['की', ' ', 'ข้', 'อ']
    """
    clusters: list[str] = []
    for one in _CLUSTER.findall(text):
        if clusters and unicodedata.category(one[0]).startswith("M"):
            clusters[-1] += one
        else:
            clusters.append(one)
    return clusters


def _pieces(text: str, width: float, size: float, weight: str) -> list[str]:
    """Pieces between which a line may end; none is wider than a line unless it is a single character."""
    pieces: list[str] = []
    for piece in breakable_pieces(text):
        whole = text_width(piece.rstrip(), size, weight) <= width
        pieces += [piece] if whole else character_clusters(piece)
    return pieces


def breakable_pieces(text: str) -> list[str]:
    """Pieces of a text between which a line may end.

    >>> breakable_pieces("long-term contracts 2010–2024"), breakable_pieces("政府《购买》更强")
    (['long-', 'term ', 'contracts ', '2010–', '2024'], ['政', '府', '《购', '买》', '更', '强'])
    """
    pieces: list[str] = []
    for cluster in character_clusters(text):
        if pieces and not _may_break(pieces[-1], cluster):
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return pieces


def _may_break(before: str, cluster: str) -> bool:
    last, first = before[-1], cluster[0]
    if first == " " or first in _NOT_BEFORE or unicodedata.category(first) in ("Pe", "Pf", "Po"):
        return False
    if last == " ":
        return True
    if unicodedata.category(last) in ("Ps", "Pi"):
        return False
    if last in "-–—" and len(before) > 1:  # a minus before a number stays there
        return True
    return _is_wide(last) or _is_wide(first)


def _is_wide(character: str) -> bool:
    """Whether it is written without blanks between words, in a square of its own; Korean has blanks."""
    if _FIRST_HANGUL <= character <= _LAST_HANGUL:
        return False
    return unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character)[0] in "LNS"
