"""Funding figures: income of agencies by source as areas on top of each other, in money and in shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from sim.declarations.calendar_quarter import Quarter
from sim.plots.calendar_axis import quarter_middles, set_calendar
from sim.plots.counted_values import Numbers
from sim.plots.direct_labels import spread
from sim.plots.figure_page import axes_size, inches, tick_room
from sim.plots.figure_style import INK
from sim.plots.house_figure import HouseFigure
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.value_scale import Scale, value_scale

_PUBLIC, _OTHER = "Blues", "Oranges"
_NAME_SIZE = 8.5
_LABELS, _LINE = 2.0, 0.19
"""Inches for the names to the right, and for each of them."""
_YEAR = 4


@dataclass(frozen=True)
class FundingSource:
    """Income from one source.

    Attributes
    ----------
    label : str
        Its name.
    is_public : bool
        Whether it is public money.
    mean, p10, p90 : float array, shape (quarters,)
        CNY in four quarters, of all agencies: mean and quantiles over runs.
    """

    label: str
    is_public: bool
    mean: Numbers
    p10: Numbers
    p90: Numbers


@dataclass(frozen=True)
class FundingData:
    """Income by source.

    Attributes
    ----------
    title : str
        The scenario's.
    start : Quarter
        First quarter that is shown.
    quarters : int
        How many are.
    replications : int
        Runs.
    sources : sequence of FundingSource
        Public ones first.
    counted : int
        Quarters of income that the first value adds up.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    start: Quarter
    quarters: int
    replications: int
    sources: Sequence[FundingSource]
    counted: int
    lacking: str = ""

    @property
    def paying(self) -> list[FundingSource]:
        """Sources that pay at any time, public ones first."""
        return sorted((each for each in self.sources if each.mean.any()), key=lambda each: not each.is_public)

    @property
    def total(self) -> Numbers:
        """CNY from all sources."""
        return np.sum([each.mean for each in self.sources], axis=0)


def texts(data: FundingData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title]


def funding_figure(data: FundingData) -> HouseFigure:
    """Draw money and shares; under the house's style."""
    panels = [
        GridPanel("Income of agencies", "CNY in four quarters", partial(_draw, data=data, in_shares=False)),
        GridPanel("Where it comes from", "share", partial(_draw, data=data, in_shares=True)),
    ]
    height = max(2.8, 0.24 * len(data.paying))
    before = max(0.65, 0.2 + tick_room(list(_scale(data, in_shares=False).ticks.values())))
    size = GridSize(columns=2, height=height, before=before, after=_LABELS)
    figure = panel_grid(data.title, _notes(data), panels, size)
    figure.alternative = _alternative(data)
    figure.numbers = _numbers(data)
    return figure


def source_colours(sources: Sequence[FundingSource]) -> list[str]:
    """Public money in blues, other money in oranges, each from dark to light."""
    colours = []
    for source in sources:
        same = [each.label for each in sources if each.is_public == source.is_public]
        shade = 0.85 - 0.6 * same.index(source.label) / max(len(same) - 1, 1)
        colours.append(to_hex(colormaps[_PUBLIC if source.is_public else _OTHER](shade)))
    return colours


def _draw(axes: Axes, data: FundingData, in_shares: bool) -> None:
    set_calendar(axes, data.start, data.quarters)
    sources, total = data.paying, data.total
    divisor = np.where(total > 0, total, np.nan) if in_shares else np.ones_like(total)
    low, high, ticks = _scale(data, in_shares)
    axes.set_ylim(low, high)
    axes.set_yticks(list(ticks), list(ticks.values()))
    middles = quarter_middles(data.start, data.quarters)
    below = np.zeros(data.quarters)
    ends: list[float] = []
    for source, colour in zip(sources, source_colours(sources), strict=True):
        above = below + source.mean / divisor
        look: dict[str, Any] = {"color": colour, "edgecolor": "white", "linewidth": 0.7}
        if data.quarters > 1:
            axes.fill_between(middles, below, above, **look)
        else:
            axes.bar(middles, above - below, bottom=below, width=0.15, **look)
        ends.append(float((below[-1] + above[-1]) / 2 - low) / (high - low))
        below = above
    _write_names(axes, data, ends)


def _scale(data: FundingData, in_shares: bool) -> Scale:
    return value_scale([np.array([0.0, 1.0]) if in_shares else data.total], "share" if in_shares else "CNY")


def _write_names(axes: Axes, data: FundingData, ends: Sequence[float]) -> None:
    """Name each area at its right end, with its share and a square of its colour; names do not touch."""
    if not np.isfinite(ends).all():
        return
    tall = axes_size(axes)[1]
    places = spread([end * tall for end in ends], [_LINE] * len(ends), lowest=0.0)
    colours = source_colours(data.paying)
    total = float(data.total[-1])
    for source, place, colour in zip(data.paying, places, colours, strict=True):
        share = 100 * float(source.mean[-1]) / total if total else 0.0
        words = f"{source.label} {share:.0f} %" if share >= 1 or not share else f"{source.label} <1 %"
        at: dict[str, Any] = {"clip_on": False, "zorder": 5}
        square = axes.transAxes + inches(axes, 0.14, place)
        axes.plot([1], [0], "s", color=colour, markersize=5.5, transform=square, **at)
        where = axes.transAxes + inches(axes, 0.26, place)
        axes.text(1, 0, words, transform=where, size=_NAME_SIZE, color=INK, va="center")


def _notes(data: FundingData) -> list[str]:
    runs = f"Mean over {data.replications:,} runs" if data.replications != 1 else "One run"
    notes = [f"{runs}: income of the agencies that are at work in a quarter, added up over it and the three before"]
    notes.append("Below and blue: public money; above and orange: other money; beside the areas, shares at the end")
    if data.counted < _YEAR:
        notes.append(f"The first value adds up {data.counted} of four quarters: the run is shorter than a year")
    silent = [each.label for each in data.sources if not each.mean.any()]
    if silent:
        notes.append(f"Sources that pay nothing: {', '.join(silent)}")
    return [*notes, data.lacking]


def _alternative(data: FundingData) -> str:
    """Total and shares at the beginning and at the end."""
    found = [f"{data.title}: income of agencies by source, {data.replications:,} runs."]
    for n in dict.fromkeys((0, data.quarters - 1)):
        total = float(data.total[n])
        ordered = sorted(data.paying, key=lambda each: -each.mean[n])
        shares = ", ".join(f"{each.label} {100 * each.mean[n] / total:.0f} %" for each in ordered) if total else "none"
        found.append(f"{data.start + n}: {total:,.0f} CNY in four quarters: {shares}.")
    return " ".join(found)


def _numbers(data: FundingData) -> dict[str, Sequence[Any]]:
    """A row per source and quarter."""
    table: dict[str, list[Any]] = {name: [] for name in ("source", "quarter", "mean", "p10", "p90", "share")}
    total = data.total
    for each in data.sources:
        table["source"] += [each.label] * data.quarters
        table["quarter"] += [str(data.start + n) for n in range(data.quarters)]
        for name in ("mean", "p10", "p90"):
            table[name] += getattr(each, name).tolist()
        shares = np.divide(each.mean, total, out=np.full(len(total), np.nan), where=total > 0)
        table["share"] += shares.tolist()
    return dict(table)
