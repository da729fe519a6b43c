"""Direct labels: names written beside the ends of lines, in their colours, moved apart where they would touch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes

from sim.plots.figure_page import axes_size, inches
from sim.plots.text_wrapping import LINE_HEIGHT, line_height, wrap_text

_SIZE, _NOTE_SIZE = 9.5, 8.0
_GAP = 0.1
"""Inches between the axes and the words."""
_MARKER_ROOM = 0.12
"""Inches that a marker before the words needs."""
_BETWEEN = 0.04
"""Inches between two labels."""


@dataclass(frozen=True)
class Label:
    """Words beside a line.

    Attributes
    ----------
    place : float
        Where the line ends, in inches from the bottom of the axes.
    words : str
        Its name; lines that are wished are apart by a line end.
    note : str
        A remark below, such as over how many runs it is; may be empty.
    colour : str
        Of all words.
    marker : str
        That of the line, drawn before the words; none by default.
    """

    place: float
    words: str
    note: str
    colour: str
    marker: str = ""


def draw_labels(axes: Axes, labels: Sequence[Label], room: float) -> None:
    """Write labels to the right of axes.

    Parameters
    ----------
    axes : Axes
        Beside which.
    labels : sequence of Label
        What and where.
    room : float
        Inches to the edge of the figure or the next panel; words are wrapped to it.
    """
    tall = axes_size(axes)[1]
    blocks = [_wrapped(label, room - _before(label)) for label in labels]
    heights = [len(words) * line_height(_SIZE) + len(notes) * line_height(_NOTE_SIZE) for words, notes in blocks]
    # Below the axes are dates.
    places = spread([label.place for label in labels], [height + _BETWEEN for height in heights], lowest=-_BETWEEN)
    for label, (words, notes), height, place in zip(labels, blocks, heights, places, strict=True):
        top = place + height / 2
        if label.marker:
            _draw_marker(axes, label, (top - line_height(_SIZE) / 2) / tall)
        for lines, size, weight in ((words, _SIZE, "bold"), (notes, _NOTE_SIZE, "normal")):
            middle = top - len(lines) * line_height(size) / 2
            axes.text(
                1,
                middle / tall,
                "\n".join(lines),
                transform=axes.transAxes + inches(axes, _before(label), 0),
                color=label.colour,
                size=size,
                weight=weight,
                va="center",
                linespacing=LINE_HEIGHT,
                parse_math=False,
            )
            top -= len(lines) * line_height(size)


def _before(label: Label) -> float:
    """Inches between the axes and the words of a label."""
    return _GAP + _MARKER_ROOM if label.marker else _GAP


def _draw_marker(axes: Axes, label: Label, height: float) -> None:
    """Draw the marker of a line before its name, at a height in parts of the axes."""
    place = axes.transAxes + inches(axes, _GAP + 0.02, 0)
    look: dict[str, Any] = {"markersize": 5.5, "markeredgewidth": 0, "clip_on": False, "linestyle": "none"}
    axes.plot([1], [height], marker=label.marker, color=label.colour, transform=place, **look)


def _wrapped(label: Label, width: float) -> tuple[list[str], list[str]]:
    words = [line for wished in label.words.split("\n") for line in wrap_text(wished, width, _SIZE, "bold")]
    return words, wrap_text(label.note, width, _NOTE_SIZE)


def spread(places: Sequence[float], room: Sequence[float], lowest: float = -math.inf) -> list[float]:
    """Move places apart as little as possible, so that each has its room.

    Parameters
    ----------
    places : sequence of float
        Middles.
    room : sequence of float
        How much each needs, half of it on either side.
    lowest : float
        What none may reach below.

    Examples
    --------
    >>> spread([1.0, 1.0, 5.0], [2.0, 2.0, 1.0]), spread([1.0, 1.0, 5.0], [2.0, 2.0, 1.0], lowest=0.0)
    ([0.0, 2.0, 5.0], [1.0, 3.0, 5.0])
    """
    moved = list(places)
    order = sorted(range(len(moved)), key=lambda i: moved[i])
    for _ in range(50):
        for below, above in pairwise(order):
            lack = (room[below] + room[above]) / 2 - (moved[above] - moved[below])
            if lack > 0:
                moved[below] -= lack / 2
                moved[above] += lack / 2
    for i in order:
        moved[i] = max(moved[i], lowest + room[i] / 2)
        lowest = moved[i] + room[i] / 2
    return moved
