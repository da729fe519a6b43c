"""Difference figures: mean paired differences from a base over time, with confidence intervals of the mean.

Where the interval leaves out zero a line is thick and its markers are filled; elsewhere it is thin and they are hollow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from sim.declarations.calendar_quarter import Quarter
from sim.plots.band_drawing import draw_bands, joined
from sim.plots.band_figures import short_number
from sim.plots.calendar_axis import quarter_middles
from sim.plots.counted_values import CountedValues
from sim.plots.figure_style import GREY
from sim.plots.house_figure import HouseFigure
from sim.plots.line_looks import draw_markers, marked_places
from sim.plots.overlaid_lines import LinePanel, OverlaidLine, calendar_of, mark_gaps, set_panel, write_names
from sim.plots.panel_grid import GridPanel, panel_grid
from sim.plots.policy_marks import PolicyMark, keyed
from sim.plots.scenario_figures import LineData, grid_of_lines, line_numbers, marked_values
from sim.statistics.run_counts import least_to_most

_THICK, _THIN = 2.8, 1.0
_FEW = 3
"""Lines whose intervals are as dark as those of a line alone."""
_DASHES = (0, (2.2, 1.6))


def is_clear(values: CountedValues) -> npt.NDArray[np.bool_]:
    """Where the interval leaves out zero; nowhere where there is none."""
    if not values.bands:
        return np.zeros(values.middle.shape, np.bool_)
    low, high = values.bands[0]
    return (low > 0) | (high < 0)


def difference_figure(data: LineData) -> HouseFigure:
    """Draw a panel for each outcome; under the house's style."""
    size, names, cut = grid_of_lines(data)
    calendar = calendar_of(data.panels)
    panels = [
        GridPanel(
            one.title,
            f"difference, {one.unit}" if one.unit else "difference",
            partial(_draw, panel=one, calendar=calendar, names=names, policies=data.policies),
        )
        for one in data.panels
    ]
    figure = panel_grid(data.title, _notes(data), panels, size, [*keyed(data.policies), *cut])
    figure.alternative = " ".join(_sentences(data))
    figure.numbers = line_numbers(data, ("difference", "low", "high"))
    return figure


def _draw(
    axes: Axes,
    panel: LinePanel,
    calendar: tuple[Quarter, int],
    names: Sequence[str],
    policies: Sequence[PolicyMark],
) -> None:
    if not set_panel(axes, panel, calendar, policies):
        return
    axes.axhline(0, color=GREY, linewidth=1.0, zorder=1.2)
    strength = min(1.0, _FEW / len(panel.lines))
    for line in reversed(panel.lines):
        places = quarter_middles(line.start, line.quarters)
        draw_bands(axes, places, line.values, line.look.colour, strength)
        _draw_line(axes, line, len(panel.lines))
    mark_gaps(axes, panel)
    write_names(axes, panel, names, sign=True)


def _draw_line(axes: Axes, line: OverlaidLine, lines: int) -> None:
    """Draw one of so many lines: thick where the interval leaves out zero, dashed where pairs are dropped."""
    values, clear = line.values, is_clear(line.values)
    places, there = quarter_middles(line.start, line.quarters), ~values.is_undefined
    for partly in (False, True):
        for part in joined(there, values.is_partial, partly):
            for thick in (False, True):
                for piece in joined(there[part], ~clear[part], not thick):
                    look: dict[str, Any] = {"linewidth": _THICK if thick else _THIN, "color": line.look.colour}
                    where = slice(part.start + piece.start, part.start + piece.stop)
                    axes.plot(
                        places[where],
                        values.middle[where],
                        linestyle=_DASHES if partly else "-",
                        clip_on=False,
                        zorder=2.6,
                        **look,
                    )
    at = marked_places(there, line.number, lines)
    for hollow in (False, True):
        here = at[clear[at] != hollow]
        draw_markers(axes, places[here], values.middle[here], line.look, hollow=hollow)


def _notes(data: LineData) -> list[str]:
    """Over how many pairs the means are, and what thick lines and dashes say."""
    values = data.values
    pairs = least_to_most([each.runs for each in values] or [0])
    alone = all(each.runs <= 1 for each in values)
    interval = "too few for an interval" if alone else "bands are 95 % confidence intervals of the mean in each quarter"
    words = "pair of runs" if pairs == "1" else "pairs of runs"
    return [
        f"Mean difference over {pairs} {words} with common random numbers; {interval}",
        "" if alone else "Thick line, filled markers: the interval leaves out 0; thin line, hollow markers: it holds 0",
        _dropped(values),
        "Hatched: no pair has a value" if any(each.is_undefined.any() for each in marked_values(data)) else "",
        *data.notes,
    ]


def _dropped(values: Sequence[CountedValues]) -> str:
    """How many pairs are left out at most, because an outcome is undefined in one of the runs or in both."""
    partly = [each for each in values if each.is_partial.any()]
    dropped = [(each.runs - int(each.counts[each.is_partial].min()), each.runs) for each in partly]
    if not dropped:
        return ""
    most, runs = max(dropped)
    return f"Dashed: up to {most:,} of {runs:,} pairs are dropped, in which the outcome is undefined in a run"


def _sentences(data: LineData) -> Iterator[str]:
    """What the figure shows: the last difference of every line, with its interval."""
    yield f"{data.title}."
    for panel in data.panels:
        found = []
        for line in panel.lines:
            known = np.flatnonzero(~line.values.is_undefined)
            found.append(f"{line.label} {_with_interval(line.values, int(known[-1])) if len(known) else 'no value'}")
        yield f"{panel.title} ({panel.unit}), difference at the end: {'; '.join(found)}."


def _with_interval(values: CountedValues, at: int) -> str:
    middle = short_number(float(values.middle[at]))
    if not values.bands or np.isnan(values.bands[0][0][at]):
        return middle
    low, high = (short_number(float(end[at])) for end in values.bands[0])
    return f"{middle} (95 % interval {low} to {high})"
