"""Forest figures: differences from a base with intervals, a row for each scenario and a panel for each outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from sim.plots.counted_values import CountedValues, Flags
from sim.plots.figure_page import EDGE, add_axes, axes_size, inches, make_page, write, write_block
from sim.plots.figure_style import GREY, INK, RULE
from sim.plots.house_figure import HouseFigure
from sim.plots.names_apart import wrap_apart
from sim.plots.panel_declarations import BLUE
from sim.plots.text_wrapping import line_height, text_width, wrap_text
from sim.plots.value_scale import scale_of
from sim.plots.value_words import value_words
from sim.statistics.run_counts import count_words

_LABEL_SIZE, _TITLE_SIZE, _UNIT_SIZE, _NUMBER_SIZE = 9.0, 10.5, 9.0, 8.0
# Everything below is in inches.
_LONGEST, _WIDTH, _NUMBERS, _GUTTER = 3.0, 2.3, 0.75, 0.3
_ROW, _PAD, _TICKS, _BELOW_NOTES = 0.235, 0.08, 0.35, 0.2


@dataclass(frozen=True)
class ForestData:
    """Differences from a base.

    Attributes
    ----------
    title : str
        Of the comparison or sweep.
    base : str
        What rows are compared with.
    labels : sequence of str
        Rows, from above.
    panels : sequence of CountedValues, each of shape (rows,)
        Mean differences in an outcome, with the ends of their 95 % intervals and the pairs behind each.
    found : int
        Rows that there are, drawn or not.
    ordered : bool
        Whether rows stand in the order of their levels, not of their effects.
    measure : str
        What counts of a run, in words.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    base: str
    labels: Sequence[str]
    panels: Sequence[CountedValues]
    found: int
    ordered: bool
    measure: str
    lacking: str = ""


class _Rows(NamedTuple):
    """Lines of the labels, and where rows are: middles and heights in inches from the top."""

    lines: list[list[str]]
    middles: list[float]
    total: float


def texts(data: ForestData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, data.base, *data.labels]


def forest_figure(data: ForestData) -> HouseFigure:
    """Draw a panel for each outcome beside the names of the rows; under the house's style."""
    rows = _rows(data.labels)
    room = max(text_width(line, _LABEL_SIZE) for lines in rows.lines for line in lines)
    cell = _WIDTH + _NUMBERS + _GUTTER
    titles = [wrap_text(panel.label, cell - 0.15, _TITLE_SIZE, "bold", most=3) for panel in data.panels]
    head = max(map(len, titles)) * line_height(_TITLE_SIZE) + line_height(_UNIT_SIZE) + 0.12
    left = EDGE + room + 0.15
    height = head + rows.total + _TICKS + _BELOW_NOTES
    page = make_page(max(left + len(data.panels) * cell, 6.0), height, data.title, _notes(data))
    top = page.bottom + page.height - _BELOW_NOTES - head
    for lines, middle in zip(rows.lines, rows.middles, strict=True):
        above = top - middle + len(lines) * line_height(_LABEL_SIZE) / 2
        write_block(page.figure, EDGE, above, lines, _LABEL_SIZE, color=INK)
    for panel, words in zip(data.panels, titles, strict=True):
        axes = add_axes(page.figure, left, top - rows.total, _WIDTH, rows.total)
        title_top = top + line_height(_UNIT_SIZE) + len(words) * line_height(_TITLE_SIZE) + 0.1
        write_block(page.figure, left, title_top, words, _TITLE_SIZE, weight="bold")
        write(page.figure, left, top + 0.1, panel.unit, size=_UNIT_SIZE, color=GREY)
        _draw(axes, panel, rows)
        left += cell
    page.figure.alternative = _alternative(data)
    page.figure.numbers = _numbers(data)
    return page.figure


def _rows(labels: Sequence[str]) -> _Rows:
    lines = wrap_apart(labels, _LONGEST, _LABEL_SIZE, most=2)
    heights = [max(_ROW, len(each) * line_height(_LABEL_SIZE) + _PAD) for each in lines]
    ends = np.cumsum(heights)
    middles = [float(end - height / 2) for end, height in zip(ends, heights, strict=True)]
    return _Rows(lines, middles, float(ends[-1]))


def clear_of_zero(panel: CountedValues) -> Flags:
    """Rows whose interval leaves out zero; none where there is no interval."""
    low, high = panel.bands[0]
    flags: Flags = (low > 0) | (high < 0)
    return flags


def _draw(axes: Axes, panel: CountedValues, rows: _Rows) -> None:
    low, high, ticks = scale_of([panel], panel.unit)
    axes.set_xlim(low, high)
    axes.set_ylim(rows.total, 0)
    axes.set_xticks(*_sparse({} if panel.is_empty else ticks, axes))
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    axes.axvline(0, color=GREY, linewidth=1.0, zorder=1)
    clear = clear_of_zero(panel)
    words = value_words(panel.middle.tolist(), signs=True)
    ends = panel.bands[0]
    for n, middle in enumerate(rows.middles):
        beside: dict[str, Any] = {"transform": axes.get_yaxis_transform() + inches(axes, 0.1, 0), "va": "center"}
        if panel.is_undefined[n]:
            axes.text(1, middle, "no value", size=_NUMBER_SIZE, color=GREY, **beside)
            continue
        if np.isfinite(ends[0][n]):
            axes.plot([ends[0][n], ends[1][n]], [middle, middle], color=BLUE, linewidth=1.6, zorder=2)
        face = BLUE if clear[n] else "white"
        look: dict[str, Any] = {"markersize": 5.5, "markerfacecolor": face, "markeredgecolor": BLUE, "clip_on": False}
        axes.plot([panel.middle[n]], [middle], "o", zorder=3, **look)
        note = count_words(panel.counts[n], panel.runs)
        said = words[n] + (f"\nin {note}" if note else "")
        axes.text(1, middle, said, size=_NUMBER_SIZE, color=INK if clear[n] else GREY, linespacing=1.0, **beside)
    axes.hlines([0, rows.total], low, high, color=RULE, linewidth=0.8)


def _sparse(ticks: dict[float, str], axes: Axes) -> tuple[list[float], list[str]]:
    """Ticks with labels that do not touch."""
    widest = max((text_width(word, 9) for word in ticks.values()), default=0.0) + 0.12
    every = max(int(np.ceil(widest * len(ticks) / axes_size(axes)[0])), 1)
    places = list(ticks)
    zero = places.index(0.0) if 0.0 in places else 0
    shown = [place for n, place in enumerate(places) if (n - zero) % every == 0]
    return shown, [ticks[place] for place in shown]


def _notes(data: ForestData) -> list[str]:
    pairs = max(panel.runs for panel in data.panels)
    over = count_words(np.concatenate([panel.counts for panel in data.panels]), pairs) or f"{pairs:,}"
    noun = "pair of runs" if over == "1" else "pairs of runs with the same random numbers"
    notes = [f"Mean difference from {data.base} over {over} {noun}; a run counts with its {data.measure}"]
    if all(panel.is_empty for panel in data.panels):
        notes = [f"Difference from {data.base}: no pair of runs has a value"]
    if any(np.isfinite(panel.bands[0][0]).any() for panel in data.panels):
        notes.append("Bars: 95 % interval of the mean; filled where it leaves out 0, hollow where it holds it")
    else:
        notes.append("No intervals: these need two pairs")
    drawn = len(data.labels)
    if drawn < data.found:
        first = data.panels[0].label
        notes.append(f"{drawn:,} of {data.found:,} rows, those with the largest effect on: {first}")
    return [*notes, data.lacking]


def _alternative(data: ForestData) -> str:
    """Of every outcome the rows that differ clearly, with the strongest of them on either side."""
    found = [f"{data.title}: {len(data.labels):,} rows against {data.base}."]
    for panel in data.panels:
        if panel.is_empty:
            found.append(f"{panel.label}: no pair of runs has a value.")
            continue
        clear = clear_of_zero(panel)
        words = value_words(panel.middle.tolist(), signs=True)
        said = [f"{panel.label}: {int(clear.sum())} of {len(clear)} intervals leave out 0"]
        for pick in (np.nanargmax, np.nanargmin):
            n = int(pick(panel.middle))
            low, high = (value_words([float(end[n])], signs=True)[0] for end in panel.bands[0])
            interval = f" ({low} to {high})" if low else ""
            said.append(f"{data.labels[n]} {words[n]}{interval} {panel.unit}".rstrip())
        found.append("; ".join(dict.fromkeys(said)) + ".")
    return " ".join(found)


def _numbers(data: ForestData) -> dict[str, Sequence[Any]]:
    """A row per outcome and row of the figure."""
    table: dict[str, list[Any]] = {
        name: [] for name in ("outcome", "row", "base", "difference", "ci_low", "ci_high", "pairs")
    }
    for panel in data.panels:
        table["outcome"] += [panel.label] * len(data.labels)
        table["row"] += list(data.labels)
        table["base"] += [data.base] * len(data.labels)
        parts = (panel.middle, *panel.bands[0], panel.counts)
        for name, each in zip(("difference", "ci_low", "ci_high", "pairs"), parts, strict=True):
            table[name] += each.tolist()
    return dict(table)
