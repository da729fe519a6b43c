"""Mark labels: words beside points, each where it hides least of other words, points and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from sim.plots.counted_values import Numbers
from sim.plots.text_wrapping import line_height, text_width

SIZE = 8.5
"""Font size of the words."""
_GAP = 0.06
"""Inches between a point and its words."""
_POINT = 0.055
"""Half the width of a point, in inches."""
_LINE = 0.025
"""Half the width of a line, in inches."""
_ORDER = 0.0004
"""Square inches that a place costs which is later in the order of preference."""
_OUTSIDE = 10.0
"""How much more it costs to leave the axes than to hide something."""


class Box(NamedTuple):
    """A rectangle in inches from the lower left corner of axes."""

    left: float
    bottom: float
    right: float
    top: float

    def shared(self, other: Box) -> float:
        """Area that it has in common with another, in square inches.

        >>> Box(0, 0, 2, 2).shared(Box(1, 1, 3, 3)), Box(0, 0, 1, 1).shared(Box(1, 0, 2, 1))
        (1, 0)
        """
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0) * max(tall, 0)

    def outside(self, width: float, height: float) -> float:
        """Area that lies outside axes of a width and height."""
        return (self.right - self.left) * (self.top - self.bottom) - self.shared(Box(0, 0, width, height))


def place_words(
    points: Sequence[tuple[float, float]],
    words: Sequence[str],
    size: tuple[float, float],
    obstacles: Iterable[Box] = (),
) -> list[Box]:
    """Find a place for the words of every point: above it, below, or beside.

    Parameters
    ----------
    points : sequence of (float, float)
        Inches from the lower left corner of the axes.
    words : sequence of str
        One line each.
    size : (float, float)
        Width and height of the axes in inches.
    obstacles : iterable of Box
        What is better not hidden, beside the points themselves.

    Returns
    -------
    list of Box
        In the order of the points.
    """
    spots = [Box(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in points]
    hidden = [*obstacles, *spots]
    placed: list[Box] = []
    for (x, y), text in zip(points, words, strict=True):
        choices = _choices(x, y, text_width(text, SIZE, "bold"), line_height(SIZE) * 0.8)
        costs = [
            order * _ORDER
            + _OUTSIDE * box.outside(*size)
            + sum(box.shared(other) for other in hidden)
            + 2 * sum(box.shared(other) for other in placed)
            for order, box in enumerate(choices)
        ]
        placed.append(choices[int(np.argmin(costs))])
    return placed


def _choices(x: float, y: float, wide: float, tall: float) -> list[Box]:
    """Places around a point, the best first."""
    away = _POINT + _GAP / 2
    centred = [(x - wide / 2, y + away), (x - wide / 2, y - away - tall)]
    aside = [
        (left, bottom) for bottom in (y + away / 2, y - away / 2 - tall) for left in (x + away / 2, x - away / 2 - wide)
    ]
    level = [(x + away, y - tall / 2), (x - away - wide, y - tall / 2)]
    return [Box(left, bottom, left + wide, bottom + tall) for left, bottom in (*centred, *aside, *level)]


def along(xs: Numbers, ys: Numbers, step: float = 0.04) -> list[Box]:
    """Small boxes along a line, as obstacles.

    Parameters
    ----------
    xs, ys : float array, shape (n,)
        Inches from the lower left corner of the axes, xs ascending; not a number where the line is broken.
    step : float
        Inches between boxes.
    """
    known = np.isfinite(xs) & np.isfinite(ys)
    if not known.any():
        return []
    places = np.arange(xs[known][0], xs[known][-1] + step, step)
    heights = np.interp(places, xs[known], ys[known])
    return [Box(x - step / 2, y - _LINE, x + step / 2, y + _LINE) for x, y in zip(places, heights, strict=True)]
