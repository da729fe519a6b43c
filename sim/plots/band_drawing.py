"""Band drawing: a line of medians with its bands, where it is undefined, and panels with nothing to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from sim.plots.count_notes import empty_note
from sim.plots.counted_values import CountedValues, Numbers
from sim.plots.figure_page import axes_size
from sim.plots.figure_style import GREY
from sim.plots.house_figure import DrawnValues, HouseFigure
from sim.plots.text_wrapping import wrap_text

_STRENGTHS = (0.15, 0.25, 0.35)
"""How dark bands are, the widest first."""
_THIN = 0.45
"""Of that, where a band is over few runs."""
_DASHES = (0, (2.2, 1.6))
_DOTS = (0, (1.0, 1.4))
_REACH_WIDTH = 1.1
_BAR = 5.0
"""Width in points of a band at a single place, which has no neighbour to be joined to."""
_FRONT = 2.6
"""Lines are drawn over the axis, so that a value of zero is seen."""
_STRIP = 0.1
"""Height in inches of the strip that marks where a line is undefined."""
_EMPTY_SIZE = 9.5


def draw_values(axes: Axes, places: Numbers, values: CountedValues, colour: str, strength: float = 1.0) -> None:
    """Draw bands and a line; dashed where only some runs have a value, pale where few have.

    Parameters
    ----------
    axes : Axes
        Where; its limits are the caller's business.
    places : float array, shape (n,)
        Horizontal coordinates, in ascending order.
    values : CountedValues
        Of shape (n,); a gap where no run has a value.
    colour : str
        Of line and bands.
    strength : float
        How dark bands are, in parts of what they usually are; less where many lie over each other.
    """
    draw_bands(axes, places, values, colour, strength)
    there = ~values.is_undefined
    for partial in (False, True):
        dashes = _DASHES if partial else "-"
        for part in joined(there, values.is_partial, partial):
            if part.stop - part.start > 1:
                axes.plot(
                    places[part], values.middle[part], color=colour, linestyle=dashes, clip_on=False, zorder=_FRONT
                )
            else:
                face = "white" if partial else colour
                look: dict[str, Any] = {
                    "markersize": 4.5,
                    "markerfacecolor": face,
                    "markeredgecolor": colour,
                    "clip_on": False,
                }
                axes.plot(places[part], values.middle[part], "o", **look)


def draw_bands(axes: Axes, places: Numbers, values: CountedValues, colour: str, strength: float = 1.0) -> None:
    """Draw bands alone, the widest first; pale where few runs have a value.  Parameters are those of `draw_values`."""
    if isinstance(axes.figure, HouseFigure):
        axes.figure.drawn.append(DrawnValues(axes, places, values))
    there = ~values.is_undefined
    for ends, dark in zip(values.bands, _STRENGTHS, strict=False):
        for thin in (False, True):
            alpha = strength * dark * (_THIN if thin else 1)
            for part in joined(there, values.is_thin, thin):
                low, high = ends[0][part], ends[1][part]
                if len(low) == 1:
                    axes.vlines(places[part], low, high, color=colour, alpha=alpha, linewidth=_BAR)
                else:
                    axes.fill_between(places[part], low, high, color=colour, alpha=alpha, linewidth=0)


def draw_reach(axes: Axes, places: Numbers, ends: tuple[Numbers, Numbers], colour: str) -> None:
    """Draw by dotted lines how far an outcome reaches under other sets of parameters.

    Parameters
    ----------
    axes : Axes
        Where; its limits are the caller's business.
    places : float array, shape (n,)
        Horizontal coordinates, in ascending order.
    ends : (float array, float array), each of shape (n,)
        Lower and upper ends; a gap where there is none.
    colour : str
        Of the lines.
    """
    for end in ends:
        axes.plot(places, end, color=colour, linestyle=_DOTS, linewidth=_REACH_WIDTH, zorder=_FRONT - 0.1)


def joined(there: npt.NDArray[np.bool_], special: npt.NDArray[np.bool_], wanted: bool) -> list[slice]:
    """Stretches to be drawn in one way: what joins two places is special where either of them is.

    Parameters
    ----------
    there : bool array, shape (n,)
        Where there is a value.
    special : bool array, shape (n,)
        Where a value is drawn in another way.
    wanted : bool
        Whether the stretches that are drawn in that other way are asked for.

    Returns
    -------
    list of slice
        Of two places or more; of one that has no neighbour.

    Examples
    --------
    >>> there, special = np.array([1, 1, 1, 0, 1], bool), np.array([0, 0, 1, 0, 0], bool)
    >>> joined(there, special, wanted=False)
    [slice(0, 2, None), slice(4, 5, None)]
    >>> joined(there, special, wanted=True)
    [slice(1, 3, None)]
    """
    found: list[slice] = []
    for part in stretches_of(there):
        if part.stop - part.start == 1:
            if bool(special[part.start]) == wanted:
                found.append(part)
            continue
        inside = special[part]
        either = (inside[:-1] | inside[1:]) == wanted
        found += [slice(part.start + one.start, part.start + one.stop + 1) for one in stretches_of(either)]
    return found


def stretches_of(flags: npt.NDArray[np.bool_]) -> list[slice]:
    """Stretches in which all flags are set.

    >>> stretches_of(np.array([1, 1, 0, 1], bool))
    [slice(0, 2, None), slice(3, 4, None)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [slice(int(first), int(end)) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def draw_lines(axes: Axes, places: Numbers, edges: Numbers, lines: Sequence[tuple[CountedValues, str]]) -> None:
    """Draw lines with their bands, the first above the others, and mark where they are undefined.

    Parameters
    ----------
    axes : Axes
        Where; draw after the limits are set.
    places : float array, shape (n,)
        Horizontal coordinates of the values.
    edges : float array, shape (n + 1,)
        Where the stretch of each value begins, and where the last ends.
    lines : sequence of (CountedValues, str)
        Lines with their colours.
    """
    for values, colour in reversed(lines):
        draw_values(axes, places, values, colour)
    mark_undefined(axes, edges, lines)


def mark_undefined(axes: Axes, edges: Numbers, lines: Sequence[tuple[CountedValues, str]]) -> None:
    """Mark by hatched strips along the bottom where lines are undefined, one strip a line.

    Parameters
    ----------
    axes : Axes
        Where; draw after the limits are set.
    edges : float array, shape (n + 1,)
        Where the stretch of each value begins, and where the last ends.
    lines : sequence of (CountedValues, str)
        Lines with their colours.
    """
    level = 0.0
    for values, colour in lines:
        level = mark_strip(axes, edges, values, colour, level)


def mark_strip(axes: Axes, edges: Numbers, values: CountedValues, colour: str, level: float) -> float:
    """Mark by a hatched strip where one line is undefined.

    Parameters
    ----------
    axes, edges
        As in `mark_undefined`.
    values : CountedValues
        The line, of shape (n,).
    colour : str
        Of the line.
    level : float
        Lower end of the strip, in parts of the height of the axes.

    Returns
    -------
    float
        Where the strip of the next line begins.
    """
    height = _STRIP / axes_size(axes)[1]
    place = blended_transform_factory(axes.transData, axes.transAxes)
    for part in stretches_of(values.is_undefined):
        corner, width = (edges[part.start], level), edges[part.stop] - edges[part.start]
        look: dict[str, Any] = {
            "facecolor": "white",
            "edgecolor": colour,
            "hatch": "/////",
            "linewidth": 0,
            "zorder": 1.5,
        }
        axes.add_patch(Rectangle(corner, width, height, transform=place, alpha=0.6, **look))
    return level + (height * 1.25 if values.is_undefined.any() else 0.0)


def strip_place(lines: Sequence[CountedValues], number: int) -> float:
    """Inches above the bottom at which the strip of a line is, for its label."""
    below = sum(bool(each.is_undefined.any()) for each in lines[:number])
    return _STRIP * (0.5 + 1.25 * below)


def draw_empty(axes: Axes, values: Sequence[CountedValues]) -> None:
    """Say in the middle of a panel why it is empty, instead of a scale of nothing."""
    axes.set_yticks([])
    lines = wrap_text(empty_note(values), 0.9 * axes_size(axes)[0], _EMPTY_SIZE)
    words = "\n".join(lines)
    look: dict[str, Any] = {"color": GREY, "size": _EMPTY_SIZE, "ha": "center", "va": "center", "linespacing": 1.4}
    look["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 3}
    axes.text(0.5, 0.5, words, transform=axes.transAxes, parse_math=False, **look)
