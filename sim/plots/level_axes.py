"""Level axes: the sides of a field of cells, with their levels and names, and the room that these take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from sim.plots.figure_page import axes_size, inches, tick_room
from sim.plots.figure_style import GREY, INK
from sim.plots.names_apart import shorten_apart, wrap_apart
from sim.plots.text_wrapping import LINE_HEIGHT, line_height, shorten_text, text_width

_SIZE = 9.0
_LONGEST = 2.2
"""Inches that a label beside the cells takes at most."""
_GAP = 0.1


class LevelRoom(NamedTuple):
    """Room of one side.

    Attributes
    ----------
    cell : float
        Inches of a cell.
    total : float
        Of all cells.
    labels : list of list of str
        Lines of each label; none for one that is left out for want of room.
    shortened : list of str
        Each label in one line.
    below : float
        Inches that the labels take below the cells.
    """

    cell: float
    total: float
    labels: list[list[str]]
    shortened: list[str]
    below: float


def level_room(
    labels: Sequence[str], numeric: bool, widest: float, least: float = 0.36, most: float = 1.3
) -> LevelRoom:
    """Choose how large cells are.

    Parameters
    ----------
    labels : sequence of str
        Of the levels.
    numeric : bool
        Whether some labels may be left out, because others say what lies between.
    widest : float
        Inches of the widest number in a cell.
    least, most : float
        Of a cell, in inches.
    """
    words = max((text_width(label, _SIZE) for label in labels), default=0.0) + 2 * _GAP
    wished = max(words if not numeric or len(labels) <= 8 else 0.0, widest + 2 * _GAP, 4.0 / max(len(labels), 1))
    cell = float(np.clip(min(wished, most), least, max(9.0 / max(len(labels), 1), least)))
    every = max(int(np.ceil(words / cell)), 1) if numeric else 1
    wrapped = wrap_apart(labels, max(cell * every - _GAP, 0.3), _SIZE, most=3)
    lines = [each if n % every == 0 else [] for n, each in enumerate(wrapped)]
    below = max(map(len, lines), default=0) * line_height(_SIZE) + _GAP
    return LevelRoom(cell, cell * len(labels), lines, shorten_apart(labels, _LONGEST, _SIZE), below)


def draw_levels(axes: Axes, names: tuple[str, str], rooms: tuple[LevelRoom, LevelRoom], size: float) -> None:
    """Write the levels of both sides of cells of width and height 1, and the names of the sides."""
    across, up = rooms
    words = ["\n".join(lines) for lines in across.labels]
    look: dict[str, Any] = {"parse_math": False, "linespacing": LINE_HEIGHT}
    axes.set_xticks(np.arange(len(words)) + 0.5, words, **look)
    every = max(int(np.ceil(line_height(_SIZE) / up.cell)), 1)
    shown = [label if n % every == 0 else "" for n, label in enumerate(up.shortened)]
    axes.set_yticks(np.arange(len(shown)) + 0.5, shown, parse_math=False)
    axes.tick_params(length=0)
    wide, tall = axes_size(axes)
    for spine in axes.spines.values():
        spine.set_visible(False)
    name = shorten_text(names[0], wide, size)
    place: dict[str, Any] = {"transform": axes.transAxes + inches(axes, 0, -across.below), "ha": "center", "va": "top"}
    axes.text(0.5, 0, name, size=size, color=INK, parse_math=False, **place)
    name = shorten_text(names[1], max(tall, 0.9), size)
    room = -tick_room(up.shortened) - 0.04
    place = {"transform": axes.transAxes + inches(axes, room, 0), "ha": "right", "va": "center", "rotation": 90}
    axes.text(0, 0.5, name, size=size, color=INK if name else GREY, parse_math=False, **place)
