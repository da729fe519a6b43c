"""Colour keys: the scale of the colours of a panel beside it, and in which colour words on a colour can be read."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize, to_rgb

from sim.plots.figure_page import axes_size
from sim.plots.figure_style import INK
from sim.plots.value_scale import value_scale

_GAP, _WIDTH, _TALLEST = 0.14, 0.13, 2.2
"""Inches from the panel, of the scale, and how high it is at most."""
_DARK = 0.42
"""Luminance below which white words are read better than dark ones."""


def ink_on(colour: object) -> str:
    """Colour of words on a colour.

    >>> ink_on("black"), ink_on("#fde725")
    ('white', '#222222')
    """
    red, green, blue = to_rgb(colour)  # type: ignore[arg-type]
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < _DARK + 0.08 else INK


def draw_colour_key(axes: Axes, colours: Colormap, norm: Normalize) -> None:
    """Draw the scale of colours to the right of axes, with ticks."""
    wide, tall = axes_size(axes)
    height = min(tall, _TALLEST)
    key = axes.inset_axes((1 + _GAP / wide, 1 - height / tall, _WIDTH / wide, height / tall))
    low, high = float(norm.vmin or 0.0), float(norm.vmax or 0.0)
    steps = np.linspace(0, 1, 128)[:, None]
    key.imshow(steps, cmap=colours, aspect="auto", origin="lower", extent=(0, 1, low, high))
    ticks = {
        at: word for at, word in value_scale([np.array([low, high])], zero=False).ticks.items() if low <= at <= high
    }
    key.set_xticks([])
    key.set_yticks(list(ticks), list(ticks.values()))
    key.yaxis.tick_right()
    key.grid(visible=False)
    key.set_ylim(low, high)
