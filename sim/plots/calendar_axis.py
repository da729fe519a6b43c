"""Calendar axis: quarters as dates in years, and which of them are written below an axis.

A value is drawn in the middle of its quarter, what begins with a quarter at its start.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.declarations.calendar_quarter import Quarter
from sim.plots.counted_values import Numbers
from sim.plots.figure_page import axes_size
from sim.plots.house_figure import HouseFigure

_DATE_WIDTH = 0.5
"""Inches that a year needs."""
_QUARTER_WIDTH = 0.58
"""Inches that a quarter needs."""


def begin(quarter: Quarter) -> float:
    """Start of a quarter, in years.

    >>> begin(Quarter(2009, 3))
    2009.5
    """
    return quarter.year + (quarter.number - 1) / 4


def quarter_edges(start: Quarter, quarters: int) -> Numbers:
    """Start of every quarter and end of the last, in years, of shape (quarters + 1,)."""
    edges: Numbers = begin(start) + 0.25 * np.arange(quarters + 1, dtype=np.float64)
    return edges


def quarter_middles(start: Quarter, quarters: int) -> Numbers:
    """Middle of every quarter, in years, of shape (quarters,)."""
    middles: Numbers = quarter_edges(start, quarters)[:-1] + 0.125
    return middles


def set_calendar(axes: Axes, start: Quarter, quarters: int) -> None:
    """Set limits, ticks and dates of a horizontal axis."""
    if isinstance(axes.figure, HouseFigure):
        axes.figure.calendars.append(axes)
    axes.set_xlim(begin(start), begin(start) + quarters / 4)
    axes.set_xticks(*calendar_ticks(start, quarters, most=axes_size(axes)[0] / _DATE_WIDTH))


def calendar_ticks(start: Quarter, quarters: int, most: float) -> tuple[list[float], list[str]]:
    """Where to write dates: at the start of years; in a short run, in the middle of quarters.

    >>> calendar_ticks(Quarter(2009, 3), 60, most=10)
    ([2010.0, 2012.0, 2014.0, 2016.0, 2018.0, 2020.0, 2022.0, 2024.0], \
['2010', '2012', '2014', '2016', '2018', '2020', '2022', '2024'])
    """
    if quarters < 8:
        every = int(np.ceil(_QUARTER_WIDTH / _DATE_WIDTH * quarters / most))
        shown = [start + i for i in range(0, quarters, every)]
        return [begin(quarter) + 0.125 for quarter in shown], [str(quarter) for quarter in shown]
    first, last = begin(start), begin(start) + quarters / 4
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (last - first) / step <= most)
    years = [year for year in range(int(np.ceil(first)), int(last) + 1) if year % step == 0]
    return [float(year) for year in years], [str(year) for year in years]
