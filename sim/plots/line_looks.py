"""Line looks: colour and marker of lines over each other, distinguished in grey and with any colour blindness.

Dashes are taken: they say that some runs have no value (`sim.plots.band_drawing`).  So lines differ in their markers,
which stand beside their names too.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from sim.plots.counted_values import Numbers
from sim.plots.figure_style import GREY, INK
from sim.plots.key_entry import KeyEntry
from sim.plots.panel_declarations import BLUE, GREEN, VERMILION
from sim.plots.text_wrapping import ELLIPSIS, wrap_text

_PURPLE, _BROWN, _NAVY = "#8E3A73", "#8A6100", "#1B2A6B"
_MARKS = 7
"""About how many markers a line has."""
_MARKER_SIZE = 5.0
_FRONT = 2.7
_LABEL_SIZE = 9.5


class LineLook(NamedTuple):
    """Colour of a line and its words, and the marker on it."""

    colour: str
    marker: str


LINE_LOOKS = (
    LineLook(BLUE, "o"),
    LineLook(VERMILION, "s"),
    LineLook(GREEN, "^"),
    LineLook(INK, "D"),
    LineLook(_PURPLE, "v"),
    LineLook(_BROWN, "P"),
    LineLook(GREY, "X"),
    LineLook(_NAVY, "*"),
)
"""Looks of the lines of a panel, in their order."""

MOST_LINES = len(LINE_LOOKS)
"""Lines that a panel can hold."""


def marked_places(there: npt.NDArray[np.bool_], number: int, lines: int) -> npt.NDArray[np.int64]:
    """Where a line has its markers: evenly, staggered between lines, and at its end.

    Parameters
    ----------
    there : bool array, shape (n,)
        Where the line has a value.
    number, lines : int
        Which of how many lines it is, from 0.

    Examples
    --------
    >>> marked_places(np.ones(30, bool), 0, 2).tolist(), marked_places(np.ones(30, bool), 1, 2).tolist()
    ([0, 4, 8, 12, 16, 20, 24, 29], [2, 6, 10, 14, 18, 22, 26, 29])
    """
    known = np.flatnonzero(there)
    if not len(known):
        return known
    step = max(len(there) // _MARKS, 1)
    even = known[(known - number * step // max(lines, 1)) % step == 0]
    # A marker right before the one at the end would be hidden by it.
    even = even[even < known[-1] - step // 2]
    return np.append(even, known[-1])


def draw_markers(axes: Axes, places: Numbers, heights: Numbers, look: LineLook, *, hollow: bool = False) -> None:
    """Draw the markers of a line.

    Parameters
    ----------
    axes : Axes
        Where.
    places, heights : float array, shape (n,)
        Coordinates.
    look : LineLook
        Of the line.
    hollow : bool
        Whether they are empty, which the notes of the figure explain.
    """
    face, edge = ("white", look.colour) if hollow else (look.colour, "white")
    shape: dict[str, Any] = {"markersize": _MARKER_SIZE + 1.5 * (look.marker in "*PX"), "markeredgewidth": 0.9}
    axes.plot(
        places,
        heights,
        linestyle="none",
        marker=look.marker,
        markerfacecolor=face,
        markeredgecolor=edge,
        clip_on=False,
        zorder=_FRONT,
        **shape,
    )


def short_names(names: Sequence[str], width: float, most: int) -> tuple[list[str], list[KeyEntry]]:
    """Names that fit beside a line, and a key with those in full that had to be cut.

    Parameters
    ----------
    names : sequence of str
        In full; no more than a panel has lines.
    width : float
        Inches beside the axes.
    most : int
        Lines of text that a name may have.

    Returns
    -------
    names : list of str
        Cut ones begin with a letter and end in an ellipsis.
    key : list of KeyEntry
        Letter and full name of each that was cut; numbers are those of policies.
    """
    short: list[str] = []
    key: list[KeyEntry] = []
    for name in names:
        if len(wrap_text(name, width, _LABEL_SIZE, "bold")) <= most:
            short.append(name)
            continue
        sign = ascii_lowercase[len(key)]
        lines = wrap_text(f"{sign}: {name}", width, _LABEL_SIZE, "bold", most=most)
        short.append(" ".join(lines).removesuffix(ELLIPSIS).rstrip() + ELLIPSIS)
        key.append(KeyEntry(sign, name))
    return short, key
