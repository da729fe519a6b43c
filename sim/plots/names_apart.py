"""Names apart: names that are wrapped or cut to fit, and stay different where they were different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sim.plots.text_wrapping import ELLIPSIS, character_clusters, plain_text, shorten_text, text_width, wrap_text


def wrap_apart(names: Sequence[str], width: float, size: float, most: int) -> list[list[str]]:
    """Lines of each name: so many at most, and all of them for names that would look the same when they are cut.

    Parameters
    ----------
    names : sequence of str
        Any texts.
    width : float
        Inches.
    size : float
        Font size in points.
    most : int
        Lines.
    """
    lines = [wrap_text(name, width, size, most=most) or [""] for name in names]
    alike = _alike(names, ["\n".join(each) for each in lines])
    whole = {n: wrap_text(names[n], width, size) for n in alike}
    return [whole.get(n, each) for n, each in enumerate(lines)]


def shorten_apart(names: Sequence[str], width: float, size: float) -> list[str]:
    """Each name in one line, cut at its end where it is too wide, in its middle where others are cut to the same."""
    short = [shorten_text(name, width, size) for name in names]
    alike = _alike(names, short)
    apart = {n: _without_middle(names[n], width, size) for n in alike}
    return [apart.get(n, each) for n, each in enumerate(short)]


def _alike(names: Sequence[str], shown: Sequence[str]) -> set[int]:
    """Numbers of the names that are shown as another, different name is."""
    different = Counter(words for _, words in dict.fromkeys(zip(names, shown, strict=True)))
    return {n for n, words in enumerate(shown) if different[words] > 1}


def _without_middle(name: str, width: float, size: float) -> str:
    """One line of a name's beginning and end."""
    clusters = character_clusters(plain_text(name))
    for kept in range(len(clusters) // 2, 0, -1):
        words = "".join(clusters[:kept]).rstrip() + ELLIPSIS + "".join(clusters[-kept:]).lstrip()
        if text_width(words, size) <= width:
            return words
    return ELLIPSIS
