"""Observed panels: what was observed, as points with their ranges, over the bands of what runs gave.

A point is filled where its range meets the middle 80 % of the runs at its date, and hollow where it does not.  A year
is a bar as long as the year.  The vertical axis is logarithmic where the least observed value would be lost on an axis
from zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullLocator

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_drawing import draw_empty, draw_lines
from sim.plots.calendar_axis import set_calendar
from sim.plots.counted_values import CountedValues, Numbers
from sim.plots.figure_page import axes_size
from sim.plots.mark_labels import SIZE, Box, along, place_words
from sim.plots.panel_declarations import BLUE, VERMILION
from sim.plots.policy_drawing import draw_policies
from sim.plots.policy_marks import PolicyMark

_SMALL = 20
"""How many times higher the highest value may be than the lowest observed one on an axis from zero."""
_POINT = 5.5
_QUARTER = 0.26
"""Years; what is longer is a year."""
_BAR = 0.03
"""Half the width of bars and ranges, in inches, that words keep clear of."""


@dataclass(frozen=True)
class ObservedMark:
    """One observed value, as it is drawn.

    Attributes
    ----------
    first, last : float
        Where its date begins and ends, in years.
    value : float
        In the unit of the panel.
    low, high : float
        Range that the source gives; infinite where a side is open.
    inside : bool
        Whether it meets the runs.
    words : str
        The value as it is written beside it.
    """

    first: float
    last: float
    value: float
    low: float
    high: float
    inside: bool
    words: str

    @property
    def place(self) -> float:
        """The middle of its date, in years."""
        return (self.first + self.last) / 2


@dataclass(frozen=True)
class ObservedPanel:
    """One outcome: runs and what was observed.

    Attributes
    ----------
    title : str
        What the outcome is.
    unit : str
        Its unit; of yearly sums, without "a quarter".
    places : float array, shape (n,)
        Middles of the quarters, or of the years of yearly sums.
    edges : float array, shape (n + 1,)
        Where each begins, and where the last ends.
    values : CountedValues
        Medians and bands of shape (n,).
    marks : tuple of ObservedMark
        What was observed.
    sources : str
        In short form, as they are written below.
    """

    title: str
    unit: str
    places: Numbers
    edges: Numbers
    values: CountedValues
    marks: tuple[ObservedMark, ...]
    sources: str

    @property
    def is_open(self) -> bool:
        """Whether a range that was observed has no end on one side."""
        return any(np.isinf(mark.low) or np.isinf(mark.high) for mark in self.marks)

    @property
    def has_years(self) -> bool:
        """Whether anything was observed over a year."""
        return any(mark.last - mark.first > _QUARTER for mark in self.marks)

    @property
    def inside(self) -> int:
        """Observed values that meet the runs."""
        return sum(mark.inside for mark in self.marks)


def is_logarithmic(panel: ObservedPanel) -> bool:
    """Whether the axis is logarithmic: the least observed value is under a twentieth of what must be shown."""
    least = min((mark.value for mark in panel.marks), default=0.0)
    return least > 0 and _highest(panel) >= _SMALL * least and not panel.values.is_empty


def draw_observed(
    axes: Axes, panel: ObservedPanel, policies: Sequence[PolicyMark], start: Quarter, quarters: int
) -> None:
    """Draw a panel; its title, unit and sources are the caller's business.

    Parameters
    ----------
    axes : Axes
        Where.
    panel : ObservedPanel
        What.
    policies : sequence of PolicyMark
        Policies of the scenario.
    start : Quarter
        First quarter of the run.
    quarters : int
        Its length.
    """
    set_calendar(axes, start, quarters)
    _set_scale(axes, panel)
    draw_policies(axes, policies, start, quarters)
    if panel.values.is_empty and not panel.marks:
        draw_empty(axes, [panel.values])
        return
    draw_lines(axes, panel.places, panel.edges, [(panel.values, BLUE)])
    for mark in panel.marks:
        _draw_mark(axes, mark)
    _write_values(axes, panel)


def tick_words(panel: ObservedPanel) -> list[str]:
    """Labels of the vertical axis, for the room that they need."""
    low, high, ticks = _scale(panel)
    return [_short(tick) for tick in ticks if low <= tick <= high]


def _highest(panel: ObservedPanel) -> float:
    """The highest value that must be seen: of medians, bands and observed ranges."""
    drawn = [panel.values.middle, *(high for _, high in panel.values.bands)]
    ends = [end for mark in panel.marks for end in (mark.value, mark.high) if np.isfinite(end)]
    found = [float(np.nanmax(each)) for each in drawn if np.isfinite(each).any()]
    return max([*found, *ends], default=0.0) or 1.0


def _scale(panel: ObservedPanel) -> tuple[float, float, list[float]]:
    """Ends of the vertical axis and its ticks."""
    high = _highest(panel)
    if is_logarithmic(panel):
        middle = panel.values.middle[panel.values.middle > 0]
        low = min([*(mark.value for mark in panel.marks), *middle.tolist()]) / 1.6
        ticks = LogLocator(base=10, subs=(1.0, 2.0, 5.0)).tick_values(low, 1.6 * high)
        inside = [float(tick) for tick in ticks if low <= tick <= 1.6 * high]
        whole = [tick for tick in inside if np.isclose(np.log10(tick) % 1, (0, 1)).any()]
        return low, 1.6 * high, inside if len(inside) <= 7 else whole
    high *= 1.14
    return 0.0, high, [float(tick) for tick in MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(0, high)]


def _set_scale(axes: Axes, panel: ObservedPanel) -> None:
    if is_logarithmic(panel):
        axes.set_yscale("log", nonpositive="clip")
    low, high, ticks = _scale(panel)
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(FixedLocator([tick for tick in ticks if low <= tick <= high]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: _short(tick)))


def _short(number: float) -> str:
    """A tick in few characters.

    >>> [_short(each) for each in (0, 0.25, 5000, 330e6, 1.5e9)]
    ['0', '0.25', '5,000', '330 m', '1,500 m']
    """
    if number >= 1e6:
        return f"{number / 1e6:,.6g} m"
    return f"{number:,.6g}" if number < 1000 else f"{number:,.0f}"


def _draw_mark(axes: Axes, mark: ObservedMark) -> None:
    """A point with its range, a bar over a year, and its value in words."""
    low, high = axes.get_ylim()
    if mark.low < mark.high:
        ends = max(mark.low, low), min(mark.high, high)
        axes.vlines(mark.place, *ends, color=VERMILION, linewidth=1.4, zorder=3)
        if np.isinf(mark.high) or np.isinf(mark.low):  # open: an arrow where it would go on
            at, sign = (ends[1], "^") if np.isinf(mark.high) else (ends[0], "v")
            axes.plot([mark.place], [at], sign, color=VERMILION, markersize=5, clip_on=False, zorder=3)
    if mark.last - mark.first > _QUARTER:
        axes.hlines(mark.value, mark.first, mark.last, color=VERMILION, linewidth=1.4, zorder=3)
    look: dict[str, Any] = {"markerfacecolor": VERMILION if mark.inside else "white", "markeredgecolor": VERMILION}
    axes.plot([mark.place], [mark.value], "o", markersize=_POINT, markeredgewidth=1.4, zorder=3.2, **look)


def _write_values(axes: Axes, panel: ObservedPanel) -> None:
    """Write the value of every point beside it, on a white ground, where it hides least."""
    wide, tall = axes_size(axes)

    def in_inches(places: Numbers, values: Numbers) -> Numbers:
        at: Numbers = (axes.transScale + axes.transLimits).transform(np.column_stack((places, values)))
        return at * (wide, tall)

    def in_inches_of(value: float, where_open: float) -> float:
        return float(in_inches(panel.places[:1], np.array([value]))[0, 1]) if np.isfinite(value) else where_open

    line = in_inches(panel.places, panel.values.middle)
    points = in_inches(np.array([mark.place for mark in panel.marks]), np.array([mark.value for mark in panel.marks]))
    places = [(x, y) for x, y in points.tolist()]
    year = wide / (axes.get_xlim()[1] - axes.get_xlim()[0])
    bars = [
        Box(x - length, y - _BAR, x + length, y + _BAR)
        for (x, y), length in zip(places, ((mark.last - mark.first) / 2 * year for mark in panel.marks), strict=True)
    ]
    bars += [
        Box(x - _BAR, in_inches_of(mark.low, 0.0), x + _BAR, in_inches_of(mark.high, tall))
        for (x, _), mark in zip(places, panel.marks, strict=True)
        if mark.low < mark.high
    ]
    places = [(x, y) for x, y in points.tolist()]
    words = [mark.words for mark in panel.marks]
    for box, text in zip(place_words(places, words, (wide, tall), [*along(*line.T), *bars]), words, strict=True):
        written = axes.text(
            (box.left + box.right) / 2 / wide,
            (box.bottom + box.top) / 2 / tall,
            text,
            transform=axes.transAxes,
            color=VERMILION,
            size=SIZE,
            weight="bold",
            ha="center",
            va="center",
            zorder=3.4,
            parse_math=False,
        )
        written.set_path_effects([patheffects.withStroke(linewidth=2.2, foreground="white")])
