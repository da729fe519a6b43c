"""Hover values: where the lines of a figure lie in its image, and their values, for pages that show them at a place.

Coordinates are those of the SVG, points from its upper left corner.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.plots.house_figure import DrawnValues, HouseFigure

_POINTS = 72
_THOUSAND = 1000
_MOST_LINES = 12
"""Lines of one panel beyond which their values are no longer readable beside each other."""


def hover_values(figure: HouseFigure) -> list[dict[str, Any]]:
    """Panels with lines, each with its box, limits and lines.

    Returns
    -------
    list of dict
        `box` (left, top, width, height), `x` (limits), `dates` (whether places are years), `places`, `unit`, and
        `lines`: `label`, `middle`, and `low` and `high` of the widest band, and `n` where not all runs have a value.
    """
    panels: dict[int, dict[str, Any]] = {}
    for drawn in figure.drawn:
        key = id(drawn.axes)
        if key not in panels:
            panels[key] = _panel(figure, drawn)
        lines = panels[key]["lines"]
        if len(lines) < _MOST_LINES and len(drawn.places) == len(panels[key]["places"]):
            lines.append(_line(drawn))
    return list(panels.values())


def _panel(figure: HouseFigure, drawn: DrawnValues) -> dict[str, Any]:
    wide, tall = figure.get_size_inches() * _POINTS
    box = drawn.axes.get_position()
    return {
        "box": [
            round(float(each), 1) for each in (box.x0 * wide, (1 - box.y1) * tall, box.width * wide, box.height * tall)
        ],
        "x": [float(each) for each in drawn.axes.get_xlim()],
        "dates": drawn.axes in figure.calendars,
        "places": [float(f"{each:.8g}") for each in drawn.places],
        "unit": drawn.values.unit,
        "lines": [],
    }


def _line(drawn: DrawnValues) -> dict[str, Any]:
    values = drawn.values
    found: dict[str, Any] = {"label": " ".join(values.label.split()), "middle": _short(values.middle)}
    if values.bands:
        found |= {"low": _short(values.bands[0][0]), "high": _short(values.bands[0][1])}
    if (values.counts != values.runs).any():
        found["n"] = np.asarray(values.counts).tolist()
    return found


def _short(values: Any) -> list[float | None]:
    """Numbers with three digits, which is what a figure shows, or all of a thousand."""
    return [_rounded(each) if np.isfinite(each) else None for each in np.asarray(values, np.float64).tolist()]


def _rounded(value: float) -> float:
    found = float(f"{value:.3g}") if abs(value) < _THOUSAND else float(f"{value:.4g}")
    return int(found) if found == int(found) else found
