"""Tile figures: places as coloured tiles with their numbers, in rows by the district or city that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from sim.plots.colour_keys import draw_colour_key, ink_on
from sim.plots.counted_values import CountedValues
from sim.plots.figure_page import inches
from sim.plots.figure_style import GREY, INK, MARK
from sim.plots.house_figure import HouseFigure
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.text_wrapping import line_height, shorten_text, text_width, wrap_text
from sim.plots.value_words import value_words
from sim.statistics.run_counts import count_words

_NUMBER_SIZE, _NAME_SIZE, _GROUP_SIZE = 8.0, 6.5, 9.0
# Everything below is in inches.
_TILE, _HIGH, _BETWEEN, _KEY_ROOM, _LONGEST, _WIDEST = 0.56, 0.4, 0.12, 0.95, 1.9, 1.3
_ACROSS = 14
"""Tiles beside each other at most."""


class Tile(NamedTuple):
    """A place: the district or city that it is grouped in, and its name."""

    group: str
    name: str


@dataclass(frozen=True)
class TileData:
    """Places of one scenario in a year.

    Attributes
    ----------
    title : str
        The scenario's.
    year, quarters : int
        Calendar year, and how many of its quarters are within the run.
    replications : int
        Runs.
    level : str
        What a tile is: ``community``, ``district`` or ``city``.
    communities : int
        How many there are, in tiles of their own or not.
    tiles : sequence of Tile
        Places, those of a group behind each other.
    names : sequence of str
        Columns that are shown.
    panels : sequence of CountedValues, each of shape (tiles,)
        Means over runs with the middle 80 % of them.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    year: int
    quarters: int
    replications: int
    level: str
    communities: int
    tiles: Sequence[Tile]
    names: Sequence[str]
    panels: Sequence[CountedValues]
    lacking: str = ""

    @property
    def groups(self) -> dict[str, list[int]]:
        """Tiles of each group; all in one where tiles are cities."""
        found: dict[str, list[int]] = {}
        for n, tile in enumerate(self.tiles):
            found.setdefault("" if self.level == "city" else tile.group, []).append(n)
        # A country of many cities with a district or two each would be a column of single tiles.
        return found if len(found) <= len(self.tiles) / 2 or len(found) == 1 else {"": list(range(len(self.tiles)))}


class _Layout(NamedTuple):
    """Places of tiles and names of groups, in inches from the upper left corner."""

    tile: float
    corners: list[tuple[float, float]]
    groups: list[tuple[str, float]]
    width: float
    height: float


def texts(data: TileData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, *data.groups, *(tile.name for tile in data.tiles)]


def tile_figure(data: TileData) -> HouseFigure:
    """Draw a panel for each number; under the house's style."""
    layout = _layout(data)
    names = [shorten_text(name, _LONGEST, _GROUP_SIZE) for name in data.groups]
    room = max((text_width(name, _GROUP_SIZE) for name in names), default=0.0)
    panels = [
        GridPanel(name, f"{values.label} ({values.unit})" if values.unit else values.label, draw)
        for name, values in zip(data.names, data.panels, strict=True)
        for draw in [partial(_draw, values=values, data=data, layout=layout)]
    ]
    size = GridSize(1, layout.width, layout.height, before=max(room + 0.4, 0.3), after=_KEY_ROOM, below=0.15)
    part = "" if data.quarters == 4 else f" ({data.quarters} of its quarters)"
    figure = panel_grid(f"{data.title}, {data.year}{part}", _notes(data), panels, size)
    figure.alternative = _alternative(data)
    figure.numbers = _numbers(data)
    return figure


def _layout(data: TileData) -> _Layout:
    """Rows of tiles, group by group; tiles as wide as their names want, within limits."""
    names = max((text_width(_short_name(tile), _NAME_SIZE) for tile in data.tiles), default=0.0)
    wide = float(np.clip(names + 0.12, _TILE, _WIDEST))
    most = max(int(_ACROSS * _TILE / wide), 1)
    corners: list[tuple[float, float]] = [(0.0, 0.0)] * len(data.tiles)
    groups: list[tuple[str, float]] = []
    top, longest = 0.0, 0
    for name, members in data.groups.items():
        groups.append((name, top))
        for place, n in enumerate(members):
            corners[n] = (place % most * wide, top + place // most * _HIGH)
        longest = max(longest, min(len(members), most))
        top += -(-len(members) // most) * _HIGH + _BETWEEN
    return _Layout(wide, corners, groups, max(longest * wide, 4.0), top - _BETWEEN)


def _short_name(tile: Tile) -> str:
    """The name of a place within its group, without that of the group.

    >>> _short_name(Tile("Changping", "Changping 12")), _short_name(Tile("Changping", "Huilongguan"))
    ('12', 'Huilongguan')
    """
    rest = tile.name.removeprefix(tile.group)
    return rest.lstrip(" /") if rest != tile.name and rest.strip(" /") else tile.name


def _draw(axes: Axes, values: CountedValues, data: TileData, layout: _Layout) -> None:
    axes.set_xlim(0, layout.width)
    axes.set_ylim(layout.height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    finite = values.middle[np.isfinite(values.middle)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    norm = Normalize(low, high) if low < high else Normalize(low - 0.5, high + 0.5)
    words = value_words(values.middle.tolist())
    grouped = data.groups != {"": list(range(len(data.tiles)))}
    for n, (x, y) in enumerate(layout.corners):
        name = _short_name(data.tiles[n]) if grouped else data.tiles[n].name
        _draw_tile(axes, (x, y), layout.tile, name, float(values.middle[n]), words[n], norm)
    for name, top in layout.groups:
        if not name:
            continue
        members = [n for n in data.groups[name] if np.isfinite(values.middle[n])]
        mean = value_words([float(values.middle[members].mean())])[0] if members else "no value"
        shift = axes.transData + inches(axes, -0.12, 0)
        look: dict[str, Any] = {"transform": shift, "ha": "right", "va": "top", "parse_math": False}
        axes.text(0, top + 0.03, shorten_text(name, _LONGEST, _GROUP_SIZE), size=_GROUP_SIZE, color=INK, **look)
        axes.text(0, top + 0.03 + line_height(_GROUP_SIZE), f"mean {mean}", size=_NUMBER_SIZE, color=GREY, **look)
    if len(finite):
        draw_colour_key(axes, colormaps["viridis"], norm)


def _draw_tile(
    axes: Axes, corner: tuple[float, float], wide: float, name: str, value: float, words: str, norm: Normalize
) -> None:
    """A tile with its number and the name of its place; hatched where there is no value."""
    colour = colormaps["viridis"](norm(value)) if np.isfinite(value) else "white"
    look: dict[str, Any] = {"facecolor": colour, "edgecolor": "white", "linewidth": 0.8}
    if not words:
        look |= {"edgecolor": MARK, "hatch": "////"}
    axes.add_patch(Rectangle(corner, wide, _HIGH, **look))
    middle, ink = corner[0] + wide / 2, ink_on(colour)
    centred: dict[str, Any] = {"ha": "center", "va": "center", "color": ink, "parse_math": False}
    axes.text(middle, corner[1] + 0.13, words, size=_NUMBER_SIZE, **centred)
    lines = wrap_text(name, wide - 0.06, _NAME_SIZE, most=1)
    axes.text(middle, corner[1] + 0.29, "".join(lines), size=_NAME_SIZE, **centred)


def _notes(data: TileData) -> list[str]:
    runs = data.replications
    words = count_words(np.concatenate([values.counts for values in data.panels]), runs) or f"{runs:,}"
    over = f"Mean over {words} runs" if runs != 1 else "One run"
    notes = [f"{over} and the quarters of the year"]
    if data.level != "community":
        plural = {"district": "districts", "city": "cities"}[data.level]
        count = len(data.tiles)
        notes.append(f"{data.communities:,} communities are too many for tiles: means of {count:,} {plural}")
    if any(values.is_undefined.any() for values in data.panels):
        notes.append("Hatched: no value")
    return [*notes, data.lacking]


def _alternative(data: TileData) -> str:
    """Of every number the least and the greatest tile, and the mean of all."""
    plural = {"district": "districts", "city": "cities", "community": "communities"}[data.level]
    found = [f"{data.title}, {data.year}: {len(data.tiles):,} {plural}."]
    for name, values in zip(data.names, data.panels, strict=True):
        if values.is_empty:
            found.append(f"{name}: no value.")
            continue
        least, most = int(np.nanargmin(values.middle)), int(np.nanargmax(values.middle))
        words = value_words([float(values.middle[least]), float(values.middle[most]), float(np.nanmean(values.middle))])
        ends = f"from {words[0]} in {data.tiles[least].name} to {words[1]} in {data.tiles[most].name}"
        found.append(f"{values.label}: {ends}, mean {words[2]} {values.unit}.")
    return " ".join(found)


def _numbers(data: TileData) -> dict[str, Sequence[Any]]:
    """A row per number and tile."""
    table: dict[str, list[Any]] = {key: [] for key in ("number", "group", data.level, "mean", "p10", "p90", "runs")}
    for name, values in zip(data.names, data.panels, strict=True):
        table["number"] += [name] * len(data.tiles)
        table["group"] += [tile.group for tile in data.tiles]
        table[data.level] += [tile.name for tile in data.tiles]
        parts = (values.middle, *values.bands[0], values.counts)
        for key, each in zip(("mean", "p10", "p90", "runs"), parts, strict=True):
            table[key] += each.tolist()
    return dict(table)
