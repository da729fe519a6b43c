"""Heat map lines: where the values of cells cross a threshold, between their middles or along their edges."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes

from sim.plots.counted_values import Numbers
from sim.plots.figure_style import INK

_WIDTH, _HALO = 1.8, 4.2
_FRONT = 3.0


def draw_threshold(axes: Axes, values: Numbers, threshold: float, interpolate: bool) -> None:
    """Draw where cells of width and height 1 cross a threshold.

    Parameters
    ----------
    axes : Axes
        Where.
    values : float array, shape (rows, columns)
        From below; not a number where a cell has none.
    threshold : float
        Cells at it or above are on one side.
    interpolate : bool
        Whether the line runs between the middles of cells, where their values put it.
    """
    halo = [patheffects.withStroke(linewidth=_HALO, foreground="white")]
    if not interpolate:
        for line in edges_between(values, threshold):
            axes.plot(*line, color=INK, linewidth=_WIDTH, path_effects=halo, zorder=_FRONT, solid_capstyle="projecting")
        return
    known = values[np.isfinite(values)]
    if not ((known >= threshold).any() and (known < threshold).any()):
        return
    rows, columns = values.shape
    middles = (np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    lines = axes.contour(*middles, np.ma.masked_invalid(values), levels=[threshold], colors=INK, linewidths=_WIDTH)
    lines.set(path_effects=halo, zorder=_FRONT)


def edges_between(values: Numbers, threshold: float) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Edges between cells on either side of a threshold: both horizontal and both vertical coordinates of each.

    >>> list(edges_between(np.array([[1.0, 3.0], [1.0, np.nan]]), 2.0))
    [((1, 1), (0, 1))]
    """
    above, known = values >= threshold, np.isfinite(values)
    for row, column in np.argwhere((above[:, 1:] != above[:, :-1]) & known[:, 1:] & known[:, :-1]).tolist():
        yield (column + 1, column + 1), (row, row + 1)
    for row, column in np.argwhere((above[1:] != above[:-1]) & known[1:] & known[:-1]).tolist():
        yield (column, column + 1), (row + 1, row + 1)
