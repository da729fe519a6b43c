"""Plane paths: how medians move through a plane over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes

from sim.plots.counted_values import Numbers
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size, inches
from sim.plots.figure_style import GREY, INK
from sim.plots.line_looks import LINE_LOOKS
from sim.plots.value_scale import value_scale
from sim.statistics.run_counts import Counts

_ROOM = 1.8
_YEAR_ROOM = 0.42
"""Inches between years that are written."""


@dataclass(frozen=True)
class PlanePath:
    """Medians over the years.

    Attributes
    ----------
    label : str
        Of what; empty where there is only one.
    years : int array, shape (years,)
        In which there is a median.
    across, up : float array, shape (years,)
        Its place.
    counts : int array, shape (years,)
        Runs in which it is defined.
    runs : int
        Runs that were looked at.
    """

    label: str
    years: Counts
    across: Numbers
    up: Numbers
    counts: Counts
    runs: int


def draw_paths(axes: Axes, paths: Sequence[PlanePath], limits: tuple[float, float], names: tuple[str, str]) -> None:
    """Draw paths as near as they allow, with years beside them, and the limits of the quadrants as far as in sight."""
    sides = [np.concatenate([each.across for each in paths]), np.concatenate([each.up for each in paths])]
    scales = [
        value_scale([side, np.array([limit])], zero=False, steps=6) for side, limit in zip(sides, limits, strict=True)
    ]
    axes.set_xlim(scales[0].low, scales[0].high)
    axes.set_ylim(scales[1].low, scales[1].high)
    axes.set_xticks(list(scales[0].ticks), list(scales[0].ticks.values()))
    axes.set_yticks(list(scales[1].ticks), list(scales[1].ticks.values()))
    axes.grid(visible=True, axis="both")
    place: dict[str, Any] = {"size": 9, "color": GREY}
    axes.text(0.5, 0, names[0], transform=axes.transAxes + inches(axes, 0, -0.26), ha="center", va="top", **place)
    shift = inches(axes, -0.52, 0)
    axes.text(0, 0.5, names[1], transform=axes.transAxes + shift, ha="center", va="center", rotation=90, **place)
    axes.axvline(limits[0], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=2)
    axes.axhline(limits[1], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=2)
    labels = []
    written: list[tuple[float, float]] = []
    for path, (colour, marker) in zip(paths, LINE_LOOKS, strict=False):
        look: dict[str, Any] = {"markersize": 3.6, "linewidth": 1.5, "zorder": 3, "clip_on": False}
        axes.plot(path.across, path.up, color=colour, marker=marker, **look)
        _write_years(axes, path, colour, written)
        if path.label and len(path.years):
            low, high = axes.get_ylim()
            at = (float(path.up[-1]) - low) / (high - low) * axes_size(axes)[1]
            labels.append(Label(at, path.label, _note(path), colour))
    if labels:
        draw_labels(axes, labels, _ROOM)


def _note(path: PlanePath) -> str:
    return f"{path.years[0]}\u2013{path.years[-1]}" if len(path.years) > 1 else str(path.years[0])


def _write_years(axes: Axes, path: PlanePath, colour: str, written: list[tuple[float, float]]) -> None:
    """Write the first and the last year, and those between that stand free of what is written."""
    wide, tall = axes_size(axes)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    x, y = (path.across - left) / (right - left) * wide, (path.up - low) / (high - low) * tall
    count = len(path.years)
    for n in dict.fromkeys([0, count - 1, *range(count)] if count else []):
        if all(abs(x[n] - left) > _YEAR_ROOM or abs(y[n] - low) > _YEAR_ROOM / 2 for left, low in written):
            written.append((float(x[n]), float(y[n])))
            right_side = x[n] < wide - 0.5
            shift = inches(axes, 0.06 if right_side else -0.06, 0.09)
            side = "left" if right_side else "right"
            place: dict[str, Any] = {"transform": axes.transData + shift, "ha": side, "va": "center", "zorder": 5}
            look: dict[str, Any] = {"size": 8, "color": colour, "weight": "bold" if n in (0, count - 1) else "normal"}
            look["path_effects"] = [patheffects.withStroke(linewidth=2.4, foreground="white")]
            axes.text(path.across[n], path.up[n], str(path.years[n]), **place, **look)
