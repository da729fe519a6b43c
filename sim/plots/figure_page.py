"""Figure page: a figure of measured text, with a head, a body for axes and a key below, all in inches.

Type and margins stay as they are whatever a figure's size; the head grows with the lines of a long title, the
foot with those of the key, and the body keeps its height.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation, Transform

from sim.plots.figure_style import GREY, INK
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.text_wrapping import line_height, text_width, wrap_text

EDGE = 0.28
"""Inches between words and the edge of the figure."""
_TITLE, _NOTE, _KEY = 14.0, 9.0, 8.0
"""Font sizes."""
_ABOVE_TITLE = 0.2
_BELOW_TITLE = 0.05
_BELOW_KEY = 0.12
_INDENT = 0.22
"""Inches from the sign of an entry to its words."""
_ASCENT = 0.95
"""Of a font size, from the top of a line to the baseline."""


class Page(NamedTuple):
    """A figure with its head and key written.

    Attributes
    ----------
    figure : HouseFigure
        The figure.
    bottom : float
        Inches from the lower edge to the body.
    height : float
        Of the body, in inches, as it was asked for.
    """

    figure: HouseFigure
    bottom: float
    height: float


def make_page(width: float, height: float, title: str, notes: Sequence[str], key: Sequence[KeyEntry] = ()) -> Page:
    """Make a figure; write title and notes at its head and the key at its foot, wrapped to its width.

    Parameters
    ----------
    width : float
        Of the figure, in inches.
    height : float
        Of the body between head and key, in inches.
    title : str
        Any text.
    notes : sequence of str
        What the reader must know of all numbers, a line each or more; empty ones are left out.
    key : sequence of KeyEntry
        At most three lines each.
    """
    room = width - 2 * EDGE
    titles = wrap_text(title, room, _TITLE, "bold")
    below = [line for note in notes for line in wrap_text(note, room, _NOTE)]
    entries = [(entry.sign, wrap_text(entry.words, room - _INDENT, _KEY, most=3)) for entry in key]
    bottom = sum(len(lines) for _, lines in entries) * line_height(_KEY) + (_BELOW_KEY + 0.1 if entries else 0.0)
    head = _ABOVE_TITLE + len(titles) * line_height(_TITLE) + _BELOW_TITLE + len(below) * line_height(_NOTE)
    figure = HouseFigure(figsize=(width, bottom + height + head))
    figure.title = title
    top = bottom + height + head - _ABOVE_TITLE
    top = write_block(figure, EDGE, top, titles, _TITLE, weight="bold", color=INK) - _BELOW_TITLE
    write_block(figure, EDGE, top, below, _NOTE, color=GREY)
    top = bottom
    for sign, lines in entries:
        write_block(figure, EDGE, top, [sign], _KEY, color=GREY)
        top = write_block(figure, EDGE + _INDENT, top, lines, _KEY, color=GREY)
    return Page(figure, bottom, height)


def write_block(figure: Figure, x: float, top: float, lines: Sequence[str], size: float, **look: Any) -> float:
    """Write lines below each other from a height in inches; returns the height below them."""
    for line in lines:
        write(figure, x, top - size * _ASCENT / 72, line, size, **look)
        top -= line_height(size)
    return top


def add_axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes at a place in inches from the lower left corner of the figure."""
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))


def write(figure: Figure, x: float, y: float, words: str, size: float, **look: Any) -> None:
    """Write one line, its baseline at a place in inches from the lower left corner of the figure."""
    wide, tall = figure.get_size_inches()
    # Titles and names are the user's words: a dollar sign in them is no mathematics.
    figure.text(x / wide, y / tall, words, size=size, va="baseline", parse_math=False, **look)


def tick_room(labels: Sequence[str]) -> float:
    """Inches that the labels of a vertical axis need to its left, those of a heat map or forest plot as well."""
    size, pad = matplotlib.rcParams["ytick.labelsize"], matplotlib.rcParams["ytick.major.pad"]
    return max((text_width(label, size) for label in labels), default=0.0) + pad / 72


def axes_size(axes: Axes) -> tuple[float, float]:
    """Width and height of axes in inches."""
    box = axes.get_position()
    wide, tall = _figure_of(axes).get_size_inches()
    return float(box.width * wide), float(box.height * tall)


def inches(axes: Axes, x: float, y: float) -> Transform:
    """A shift by inches, to be added to a transform of the axes."""
    return ScaledTranslation(x, y, _figure_of(axes).dpi_scale_trans)


def _figure_of(axes: Axes) -> Figure:
    """The figure, which pages do not divide into others (`get_figure(root=True)` is of matplotlib 3.10)."""
    return cast("Figure", axes.figure)
