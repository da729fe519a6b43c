"""Plane figures: resource independence against operational autonomy, agencies at dates, paths, yearly moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.declarations.state_codes import Quadrant
from sim.plots.colour_keys import ink_on
from sim.plots.counted_values import Numbers
from sim.plots.figure_page import inches
from sim.plots.figure_style import GREY, INK, RULE
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.panel_declarations import BLUE, VERMILION
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.plane_paths import PlanePath, draw_paths
from sim.statistics.run_counts import count_words

GONE = "gone"
"""Where an agency is that no longer operates."""
CODES = {
    Quadrant.INDEPENDENT_AUTONOMOUS.label: "I A",
    Quadrant.DEPENDENT_AUTONOMOUS.label: "D A",
    Quadrant.INDEPENDENT_TIED.label: "I T",
    Quadrant.DEPENDENT_TIED.label: "D T",
    Quadrant.UNDEFINED.label: "?",
    GONE: GONE,
}
"""Quadrants in few characters."""
SIDES = ("Resource independence", "Operational autonomy")
_MOST_DOTS = 250
"""Agencies that are drawn one by one; more are counted in cells."""
_CELLS = 20
_SIZE = 8.0


@dataclass(frozen=True)
class PlaneMoment:
    """Agencies that operate at a date.

    Attributes
    ----------
    date : str
        Quarter.
    across, up : float array, shape (agencies,)
        Resource independence and operational autonomy, of all runs; not a number where undefined.
    shares : mapping of str to float
        Quadrant -> its share of them.
    """

    date: str
    across: Numbers
    up: Numbers
    shares: Mapping[str, float]


@dataclass(frozen=True)
class PlaneData:
    """The plane of one scenario, or paths of several.

    Attributes
    ----------
    title : str
        The scenario's.
    limits : (float, float)
        From which resource independence and operational autonomy count as independent and autonomous.
    replications : int
        Runs.
    moments : sequence of PlaneMoment
        Agencies at some dates; none where only medians are known.
    paths : sequence of PlanePath
        Medians in fourth quarters.
    moves : mapping of (str, str) to float, optional
        Quadrant and quadrant a year later -> share of those in the first.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    limits: tuple[float, float]
    replications: int
    moments: Sequence[PlaneMoment]
    paths: Sequence[PlanePath]
    moves: Mapping[tuple[str, str], float] | None
    lacking: str = ""


def texts(data: PlaneData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, *(path.label for path in data.paths)]


def plane_figure(data: PlaneData) -> HouseFigure:
    """Draw the panels that there are data for; under the house's style."""
    panels = [GridPanel(each.date, "", partial(_draw_moment, moment=each, limits=data.limits)) for each in data.moments]
    panels.append(
        GridPanel("Path of the median", "", partial(draw_paths, paths=data.paths, limits=data.limits, names=SIDES))
    )
    if data.moves:
        panels.append(GridPanel("A year later", "share of the row", partial(_draw_moves, moves=data.moves)))
    several = len(data.paths) > 1
    if data.moments:
        size = GridSize(columns=3, width=2.75, height=2.75, before=0.75, after=0.25, below=0.55)
    else:
        size = GridSize(columns=1, width=5.0, height=4.2, before=0.75, after=1.9 if several else 0.4, below=0.55)
    figure = panel_grid(data.title, _notes(data), panels, size, _key(data))
    figure.alternative = _alternative(data)
    figure.numbers = _numbers(data)
    return figure


def _draw_moment(axes: Axes, moment: PlaneMoment, limits: tuple[float, float]) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    name_sides(axes)
    known = np.isfinite(moment.across) & np.isfinite(moment.up)
    across, up = moment.across[known], moment.up[known]
    if len(across) <= _MOST_DOTS:
        axes.plot(across, up, "o", color=BLUE, alpha=0.35, markersize=3.4, markeredgewidth=0)
    else:
        cells, *_ = np.histogram2d(up, across, bins=_CELLS, range=((0, 1), (0, 1)))
        edges = np.linspace(0, 1, _CELLS + 1)
        axes.pcolormesh(edges, edges, np.ma.masked_equal(cells, 0), cmap="Blues", vmin=-0.15 * cells.max())
    draw_limits(axes, limits)
    if len(across):
        look: dict[str, Any] = {"markersize": 7, "markeredgecolor": "white", "zorder": 4}
        axes.plot([np.median(across)], [np.median(up)], "D", color=VERMILION, **look)
    _write_shares(axes, moment.shares)


def _write_shares(axes: Axes, shares: Mapping[str, float]) -> None:
    """The share of each quadrant in its corner."""
    corners = {
        Quadrant.INDEPENDENT_AUTONOMOUS: (1, 1, "right", "top"),
        Quadrant.DEPENDENT_AUTONOMOUS: (0, 1, "left", "top"),
        Quadrant.INDEPENDENT_TIED: (1, 0, "right", "bottom"),
        Quadrant.DEPENDENT_TIED: (0, 0, "left", "bottom"),
    }
    for quadrant, (x, y, side, edge) in corners.items():
        shift = inches(axes, 0.06 - 0.12 * x, 0.06 - 0.12 * y)
        place: dict[str, Any] = {"transform": axes.transAxes + shift, "ha": side, "va": edge, "zorder": 5}
        words = f"{CODES[quadrant.label]}  {shares[quadrant.label]:.0%}".replace("%", " %")
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.5}
        axes.text(x, y, words, size=_SIZE, weight="bold", color=INK, bbox=box, **place)


def name_sides(axes: Axes) -> None:
    """Write the names of both sides, which are shares of one."""
    axes.grid(visible=True, axis="both")
    place: dict[str, Any] = {"size": 9, "color": GREY}
    axes.text(0.5, 0, SIDES[0], transform=axes.transAxes + inches(axes, 0, -0.26), ha="center", va="top", **place)
    shift = inches(axes, -0.46, 0)
    axes.text(0, 0.5, SIDES[1], transform=axes.transAxes + shift, ha="center", va="center", rotation=90, **place)


def draw_limits(axes: Axes, limits: tuple[float, float]) -> None:
    """Draw the lines that divide the quadrants."""
    axes.axvline(limits[0], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=2)
    axes.axhline(limits[1], color=INK, linewidth=1.0, linestyle=(0, (4, 2)), zorder=2)


def _draw_moves(axes: Axes, moves: Mapping[tuple[str, str], float]) -> None:
    """A table: from the row's quadrant to the column's, its shares as numbers on grey."""
    import matplotlib

    rows = [label for label in CODES if label != GONE and any(before == label for before, _ in moves)]
    columns = [label for label in CODES if any(after == label and share for (_, after), share in moves.items())]
    shades = matplotlib.colormaps["Greys"]
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    axes.grid(visible=False)
    for (row, before), (column, after) in np.ndindex(0, 0) if not rows else _pairs(rows, columns):
        share = moves.get((before, after), 0.0)
        colour = shades(0.75 * share)
        axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor="white", linewidth=0.8))
        words = f"{100 * share:.0f} %" if share >= 0.005 or not share else "<1 %"
        look: dict[str, Any] = {"size": _SIZE, "color": ink_on(colour), "ha": "center", "va": "center"}
        axes.text(column + 0.5, row + 0.5, words if share else "\u2013", **look)
    axes.set_xticks(np.arange(len(columns)) + 0.5, [CODES[label] for label in columns])
    axes.set_yticks(np.arange(len(rows)) + 0.5, [CODES[label] for label in rows])
    axes.tick_params(length=0, top=False, bottom=False)
    axes.spines["bottom"].set_color(RULE)


def _pairs(rows: Sequence[str], columns: Sequence[str]) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    return [(row, column) for row in enumerate(rows) for column in enumerate(columns)]


def _notes(data: PlaneData) -> list[str]:
    runs = f"{data.replications:,} runs" if data.replications != 1 else "one run"
    counts = np.concatenate([path.counts for path in data.paths]) if data.paths else np.zeros(0, np.int64)
    partial_words = count_words(counts[counts < data.replications], data.replications) if len(counts) else ""
    notes = []
    if data.moments:
        dots = max(len(moment.across) for moment in data.moments) <= _MOST_DOTS
        how = "Dots" if dots else "Blue"
        notes.append(f"{how}: agencies that operate, of {runs}; diamond: their median; corners: share of each quadrant")
    notes.append(f"Path: median over agencies in fourth quarters, then over {runs}")
    if partial_words:
        notes.append(f"In some years the median is over {partial_words} runs: in the others it is undefined")
    if any(moment.shares[Quadrant.UNDEFINED.label] for moment in data.moments):
        most = max(moment.shares[Quadrant.UNDEFINED.label] for moment in data.moments)
        share = f"Up to {100 * most:.0f} %" if most >= 0.01 else "Fewer than 1 %"
        notes.append(f"{share} of the agencies have no place: no income in four quarters, or no service")
    return [*notes, data.lacking]


def _key(data: PlaneData) -> list[KeyEntry]:
    entries = [
        KeyEntry("\u2013", f"Dashed lines: independent from {data.limits[0]:g}, autonomous from {data.limits[1]:g}")
    ]
    if data.moments:
        words = "I, D: independent, dependent in resources; A, T: autonomous, tied in its work"
        gone = "; ?: undefined; gone: no longer operating" if data.moves else ""
        entries.append(KeyEntry("\u2013", words + gone))
    return entries


def _alternative(data: PlaneData) -> str:
    """Shares of the quadrants at each date, and both ends of every path."""
    found = [f"{data.title}: resource independence across, operational autonomy upwards."]
    for moment in data.moments:
        shares = ", ".join(f"{label} {100 * share:.0f} %" for label, share in moment.shares.items() if share)
        found.append(f"{moment.date}: {shares}.")
    for path in data.paths:
        if len(path.years):
            ends = [f"{path.years[n]} ({path.across[n]:.2f}, {path.up[n]:.2f})" for n in (0, -1)]
            found.append(f"{path.label or 'Median'}: from {ends[0]} to {ends[1]}.")
    if data.moves:
        stay = ", ".join(
            f"{before} {100 * share:.0f} %" for (before, after), share in data.moves.items() if before == after
        )
        found.append(f"In the same quadrant a year later: {stay}.")
    return " ".join(found)


def _numbers(data: PlaneData) -> dict[str, Sequence[Any]]:
    """Rows of the path, of shares of quadrants at dates, and of moves, distinguished by `what`."""
    rows: list[tuple[Any, ...]] = []
    for path in data.paths:
        columns = (path.years, path.across, path.up, path.counts)
        rows += [("median", path.label, *row) for row in zip(*(each.tolist() for each in columns), strict=True)]
    for moment in data.moments:
        rows += [("share", label, moment.date, share, None, None) for label, share in moment.shares.items()]
    rows += [("move", before, after, share, None, None) for (before, after), share in (data.moves or {}).items()]
    names = ("what", "of", "at", "value", "operational_autonomy", "runs")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}
