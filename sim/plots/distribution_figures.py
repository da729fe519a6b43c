"""Distribution figures: shares of agencies up to a size or a dependence, with bands over runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.plots.band_drawing import draw_empty
from sim.plots.counted_values import CountedValues, Numbers
from sim.plots.figure_page import inches
from sim.plots.figure_style import GREY, INK
from sim.plots.house_figure import HouseFigure
from sim.plots.panel_declarations import BLUE, VERMILION
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.value_words import value_words

_SIZE = 8.0
_STRENGTHS = (0.15, 0.28)


@dataclass(frozen=True)
class Distribution:
    """One property of agencies.

    Attributes
    ----------
    column : str
        Its name in the table.
    places : float array, shape (places,)
        Values, rising.
    shares : CountedValues, shape (places,)
        Share of agencies at a value or below: median over runs with bands; labelled with title and axis.
    is_size : bool
        Whether it is a size, drawn on a scale of ratios.
    quantiles : tuple of float
        10 %, median and 90 % over agencies, each the median over runs.
    top_tenth : tuple of float
        Share that the largest tenth of agencies has, 10 %, median and 90 % over runs; empty for what is no size.
    undefined, at_zero, agencies : int
        Over all runs: agencies without a value, those at zero that a scale of ratios cannot show, and all.
    """

    column: str
    places: Numbers
    shares: CountedValues
    is_size: bool
    quantiles: tuple[float, ...]
    top_tenth: tuple[float, ...]
    undefined: int
    at_zero: int
    agencies: int


@dataclass(frozen=True)
class DistributionData:
    """Agencies at the end of a year.

    Attributes
    ----------
    title : str
        The scenario's.
    date : str
        Quarter.
    replications : int
        Runs.
    counts : (float, float, float)
        Agencies of a run, 10 %, median and 90 % over runs.
    panels : sequence of Distribution
        One a property.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    date: str
    replications: int
    counts: tuple[float, float, float]
    panels: Sequence[Distribution]
    lacking: str = ""


def texts(data: DistributionData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title]


def distribution_figure(data: DistributionData) -> HouseFigure:
    """Draw a panel for each property; under the house's style."""
    panels = [GridPanel(each.shares.label, "share of agencies up to", partial(_draw, one=each)) for each in data.panels]
    size = GridSize(columns=3, width=3.0, height=2.5, before=0.55, after=0.3, below=0.6)
    figure = panel_grid(f"{data.title}, {data.date}", _notes(data), panels, size)
    figure.alternative = _alternative(data)
    figure.numbers = _numbers(data)
    return figure


def _draw(axes: Axes, one: Distribution) -> None:
    axes.set_ylim(0, 1)
    axes.set_yticks([n / 5 for n in range(6)], [f"{n / 5:.1f}" for n in range(6)])
    place: dict[str, Any] = {"transform": axes.transAxes + inches(axes, 0, -0.27), "ha": "center", "va": "top"}
    axes.text(0.5, 0, one.shares.unit + (" (log scale)" if one.is_size else ""), size=9, color=GREY, **place)
    if one.shares.is_empty or not len(one.places):
        draw_empty(axes, [one.shares])
        return
    if one.is_size:
        _set_ratios(axes, one.places)
    else:
        axes.set_xlim(0, 1)
    for (low, high), strength in zip(one.shares.bands, _STRENGTHS, strict=False):
        axes.fill_between(one.places, low, high, step="post", color=BLUE, alpha=strength, linewidth=0)
    # From the left edge, where nobody is yet, to the right edge, where all are.
    left, right = axes.get_xlim()
    places = np.concatenate([[left], one.places, [right]])
    values = np.concatenate([[0.0], one.shares.middle, one.shares.middle[-1:]])
    axes.step(places, values, where="post", color=BLUE, zorder=2.6)
    _mark(axes, one)


def _set_ratios(axes: Axes, places: Numbers) -> None:
    """A scale of ratios with ticks at 1, 2, 5, 10 and so on."""
    axes.set_xscale("log")
    low, high = float(places[0]) / 1.15, float(places[-1]) * 1.15
    axes.set_xlim(low, high)
    steps = [m * 10.0**n for n in range(-3, 9) for m in (1, 2, 5)]
    ticks = [tick for tick in steps if low <= tick <= high]
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    axes.set_xticks([], minor=True)


def _mark(axes: Axes, one: Distribution) -> None:
    """Mark the median agency, and of a size from where on the largest tenth begins and what it has."""
    _, middle, high = one.quantiles
    marks = [(middle, f"median {value_words([middle])[0]}", 0.5)]
    if one.is_size and np.isfinite(one.top_tenth[1]):
        marks.append((high, f"largest tenth: {100 * one.top_tenth[1]:.0f} % of {one.shares.unit}", 0.9))
    left, right = (float(axes.transData.transform((end, 0))[0]) for end in axes.get_xlim())
    for value, words, share in marks:
        axes.plot([value, value], [0, share], color=VERMILION, linewidth=1.0, linestyle=(0, (3, 2)), zorder=2.7)
        axes.plot([value], [share], "D", color=VERMILION, markersize=4.5, zorder=2.8)
        at = (float(axes.transData.transform((value, 0))[0]) - left) / (right - left)
        # A rising curve leaves room to the left above it, and to the right below it.
        above = at >= 0.35
        shift = inches(axes, -0.1, 0.03) if above else inches(axes, 0.1, -0.05)
        side, edge = ("right", "bottom") if above else ("left", "top")
        look: dict[str, Any] = {"size": _SIZE, "color": INK, "ha": side, "va": edge, "linespacing": 1.2, "zorder": 5}
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.0}
        axes.text(value, share, words, transform=axes.transData + shift, bbox=box, **look)


def _notes(data: DistributionData) -> list[str]:
    low, middle, high = (f"{each:,.0f}" for each in data.counts)
    if data.replications == 1:
        notes = [f"One run: {middle} agencies that operate"]
    else:
        runs = f"{data.replications:,} runs of {low} to {high} agencies that operate (middle 80 %)"
        notes = [f"Median of {runs}; bands hold the middle 50 % and 80 % of the runs"]
    for each in data.panels:
        name = each.shares.unit
        if each.undefined:
            notes.append(f"Left out: {100 * each.undefined / each.agencies:.1f} % of agencies, {name} is undefined")
        if each.at_zero:
            notes.append(f"{100 * each.at_zero / each.agencies:.1f} % of agencies have no {name}: left of the axis")
    return [*notes, data.lacking]


def _alternative(data: DistributionData) -> str:
    """Median and the middle 80 % of agencies in each property, and what the largest tenth has."""
    found = [f"{data.title}, {data.date}: {data.counts[1]:,.0f} agencies in the median of {data.replications:,} runs."]
    for each in data.panels:
        low, middle, high = value_words(each.quantiles)
        top = f"; the largest tenth has {100 * each.top_tenth[1]:.0f} %" if each.top_tenth else ""
        found.append(f"{each.shares.unit}: median {middle}, eight agencies of ten between {low} and {high}{top}.")
    return " ".join(found)


def _numbers(data: DistributionData) -> dict[str, Sequence[Any]]:
    """A row per property and value."""
    table: dict[str, list[Any]] = {name: [] for name in ("of", "value", "share", "p10", "p90", "runs")}
    for each in data.panels:
        low, high = each.shares.bands[0] if each.shares.bands else (each.shares.middle, each.shares.middle)
        table["of"] += [each.column] * len(each.places)
        parts = (each.places, each.shares.middle, low, high, each.shares.counts)
        for name, column in zip(list(table)[1:], parts, strict=True):
            table[name] += column.tolist()
    return dict(table)
