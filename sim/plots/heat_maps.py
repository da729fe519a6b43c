"""Heat maps: an outcome over two axes as coloured cells with numbers, and the line where it crosses a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from sim.plots.colour_keys import draw_colour_key, ink_on
from sim.plots.counted_values import CountedValues, Numbers
from sim.plots.figure_page import tick_room
from sim.plots.figure_style import MARK
from sim.plots.heat_map_lines import draw_threshold
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.level_axes import LevelRoom, draw_levels, level_room
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.text_wrapping import line_height, text_width
from sim.plots.value_words import value_words
from sim.statistics.run_counts import count_words

LEVELS, DIFFERENCES = "viridis", "PuOr"
"""Colours of levels, which rise in grey too, and of differences, which have a middle."""
_NUMBER_SIZE = 8.0
_NAME_SIZE = 9.0
_LOWEST = 0.16
"""Height in inches of a cell that holds a number."""
_KEY_ROOM = 1.0
"""Inches to the right of cells for the scale of colours."""


@dataclass(frozen=True)
class HeatAxis:
    """A side of a heat map.

    Attributes
    ----------
    name, words : str
        Its name, and its title with unit.
    levels : tuple
        Its levels, from left to right or from below.
    labels : tuple of str
        The same as they are written.
    numeric : bool
        Whether they are numbers.
    """

    name: str
    words: str
    levels: tuple[object, ...]
    labels: tuple[str, ...]
    numeric: bool


@dataclass(frozen=True)
class HeatMapData:
    """Outcomes over two axes.

    Attributes
    ----------
    title : str
        The sweep's.
    across, up : HeatAxis
        Sides.
    points : int array, shape (up, across)
        Point of each cell; -1 where there is none.
    panels : tuple of CountedValues, each of shape (up, across)
        Means of an outcome with the ends of their 95 % intervals.
    threshold : float or None
        Value of the outcomes that is marked.
    base : str
        What cells are differences from; empty where they are levels.
    held : tuple of str
        Other factors with the levels at which they are held.
    measure : str
        What counts of a run, in words.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    across: HeatAxis
    up: HeatAxis
    points: npt.NDArray[np.int64]
    panels: tuple[CountedValues, ...]
    threshold: float | None
    base: str
    held: tuple[str, ...]
    measure: str
    lacking: str = ""

    @property
    def interpolates(self) -> bool:
        """Whether a line can run between the middles of cells."""
        return all(side.numeric and len(side.levels) > 2 for side in (self.across, self.up))


def texts(data: HeatMapData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    sides = [word for side in (data.across, data.up) for word in (side.name, side.words, *side.labels)]
    return [data.title, data.base, *data.held, *sides]


def heat_map_figure(data: HeatMapData) -> HouseFigure:
    """Draw a panel for each outcome; under the house's style."""
    words = [_cell_words(panel, data) for panel in data.panels]
    widest = max((text_width(word, _NUMBER_SIZE) for panel in words for word in panel.ravel()), default=0.0)
    across = level_room(data.across.labels, data.across.numeric, widest)
    tall = level_room(data.up.labels, numeric=True, widest=0.0, least=0.22, most=0.5)
    before = tick_room([*tall.shortened, "0"]) + line_height(_NAME_SIZE) + 0.22
    size = GridSize(
        columns=1 if across.total > 5 else 2,
        width=across.total,
        height=tall.total,
        before=before,
        after=_KEY_ROOM,
        below=across.below + line_height(_NAME_SIZE) + 0.1,
    )
    panels = [
        GridPanel(panel.label, panel.unit, partial(_draw, panel=panel, words=word, data=data, rooms=(across, tall)))
        for panel, word in zip(data.panels, words, strict=True)
    ]
    figure = panel_grid(data.title, _notes(data), panels, size, _key(data))
    figure.alternative = _alternative(data)
    figure.numbers = _numbers(data)
    return figure


def _draw(
    axes: Axes, panel: CountedValues, words: npt.NDArray[np.str_], data: HeatMapData, rooms: tuple[LevelRoom, LevelRoom]
) -> None:
    rows, columns = panel.middle.shape
    axes.set_xlim(0, columns)
    axes.set_ylim(0, rows)
    axes.grid(visible=False)
    colours = colormaps[DIFFERENCES if data.base else LEVELS]
    norm = _norm(panel.middle, bool(data.base))
    cells = np.ma.masked_invalid(panel.middle)
    axes.pcolormesh(cells, cmap=colours, norm=norm, edgecolors="white", linewidth=0.6)
    for row, column in np.ndindex(rows, columns):
        value, place = panel.middle[row, column], (column + 0.5, row + 0.5)
        if np.isnan(value):
            look: dict[str, Any] = {"facecolor": "white", "edgecolor": MARK, "hatch": "////", "linewidth": 0.6}
            axes.add_patch(Rectangle((column, row), 1, 1, **look))
        elif rooms[1].cell > _LOWEST and text_width(str(words[row, column]), _NUMBER_SIZE) < 0.92 * rooms[0].cell:
            look = {"size": _NUMBER_SIZE, "color": ink_on(colours(norm(value))), "ha": "center", "va": "center"}
            axes.text(*place, str(words[row, column]), **look)
    if data.threshold is not None:
        draw_threshold(axes, panel.middle, data.threshold, data.interpolates)
    draw_levels(axes, (data.across.name, data.up.name), rooms, _NAME_SIZE)
    if not panel.is_empty:
        draw_colour_key(axes, colours, norm)


def _norm(values: Numbers, differences: bool) -> Normalize:
    """From least to greatest value; as far below zero as above it for differences."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return Normalize(0.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    if differences:
        reach = max(abs(low), abs(high)) or 1.0
        return Normalize(-reach, reach)
    return Normalize(low, high) if low < high else Normalize(low - 0.5, high + 0.5)


def _cell_words(panel: CountedValues, data: HeatMapData) -> npt.NDArray[np.str_]:
    return np.array(value_words(panel.middle.ravel().tolist(), signs=bool(data.base))).reshape(panel.middle.shape)


def _notes(data: HeatMapData) -> list[str]:
    runs = max((panel.runs for panel in data.panels), default=0)
    words = count_words(np.concatenate([panel.counts[data.points >= 0] for panel in data.panels]), runs)
    over = f"{words} runs" if words else f"{runs:,} runs" if runs != 1 else "one run"
    what = f"Mean of the paired differences from {data.base}, over" if data.base else "Mean over"
    notes = [f"{what} {over} a cell; a run counts with its {data.measure}"]
    if data.held:
        notes.append(f"Held: {'; '.join(data.held)}")
    if any(panel.is_undefined.any() for panel in data.panels):
        notes.append("Hatched: no point, or no run has a value")
    notes.append(_threshold_note(data))
    return [*notes, data.lacking]


def _threshold_note(data: HeatMapData) -> str:
    if data.threshold is None:
        return ""
    limit = value_words([data.threshold])[0]
    how = "interpolated between the middles of cells" if data.interpolates else "along the edges of cells"
    crossed = [_crosses(panel.middle, data.threshold) for panel in data.panels]
    if any(crossed):
        never = [panel.label for panel, is_so in zip(data.panels, crossed, strict=True) if not is_so]
        return f"Line: {limit}, {how}" + (f"; not crossed by {', '.join(never)}" if never else "")
    sides = {
        "above" if (panel.middle[~panel.is_undefined] >= data.threshold).all() else "below" for panel in data.panels
    }
    side = " or ".join(sorted(sides))
    return f"{limit} is crossed nowhere: all cells are {side}"


def _crosses(values: Numbers, threshold: float) -> bool:
    finite = values[np.isfinite(values)]
    return bool((finite >= threshold).any() and (finite < threshold).any())


def _key(data: HeatMapData) -> list[KeyEntry]:
    sides = (("\u2192", data.across), ("\u2191", data.up))
    return [KeyEntry(sign, f"{side.name}: {side.words}") for sign, side in sides if side.words != side.name]


def _alternative(data: HeatMapData) -> str:
    """Least and greatest mean of every outcome with its cell, and how many cells reach the threshold."""
    found = [f"{data.title}: {data.across.name} across, {data.up.name} upwards."]
    for panel in data.panels:
        if panel.is_empty:
            found.append(f"{panel.label}: no value.")
            continue
        ends = [np.unravel_index(pick(panel.middle), panel.middle.shape) for pick in (np.nanargmin, np.nanargmax)]
        said = [
            f"{value_words([float(panel.middle[row, column])], signs=bool(data.base))[0]} {panel.unit} at "
            f"{data.across.name} {data.across.labels[column]}, {data.up.name} {data.up.labels[row]}"
            for row, column in ends
        ]
        what = f"{panel.label}, difference from {data.base}" if data.base else panel.label
        found.append(f"{what}: from {said[0]} to {said[1]}.")
        if data.threshold is not None:
            known = panel.middle[~panel.is_undefined]
            limit = value_words([data.threshold])[0]
            found.append(f"{int((known >= data.threshold).sum())} of {len(known)} cells are at {limit} or above.")
    return " ".join(found)


def _numbers(data: HeatMapData) -> dict[str, Sequence[Any]]:
    """A row per outcome and cell with a point."""
    rows, columns = np.nonzero(data.points >= 0)
    count = len(data.panels)
    sides = {"across": [data.across.levels[n] for n in columns], "up": [data.up.levels[n] for n in rows]}
    table: dict[str, Sequence[Any]] = {
        "outcome": [panel.label for panel in data.panels for _ in rows],
        f"across: {data.across.name}": sides["across"] * count,
        f"up: {data.up.name}": sides["up"] * count,
        "point": data.points[rows, columns].tolist() * count,
    }
    parts: dict[str, list[Any]] = {name: [] for name in ("mean", "ci_low", "ci_high", "runs")}
    for panel in data.panels:
        for name, each in zip(parts, (panel.middle, *panel.bands[0], panel.counts), strict=True):
            parts[name] += each[rows, columns].tolist()
    return table | parts
