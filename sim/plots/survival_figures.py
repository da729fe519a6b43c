"""Survival figures: shares of agencies that stay at work, by age and group, with intervals and the number at risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from sim.plots.counted_values import Flags, Numbers
from sim.plots.direct_labels import Label, draw_labels
from sim.plots.figure_page import axes_size, inches, tick_room
from sim.plots.figure_style import GREY, INK
from sim.plots.house_figure import HouseFigure
from sim.plots.line_looks import LINE_LOOKS
from sim.plots.panel_grid import GridPanel, GridSize, panel_grid
from sim.plots.text_wrapping import line_height, shorten_text
from sim.statistics.survival_curves import SurvivalCurve

_RISK_SIZE = 8.0
_LONGEST = 1.5
_LABELS = 2.1
"""Inches for names to the right of the curves."""
_ABOVE_RISK = 0.62
"""Inches from the axes to the table of numbers at risk."""
_DASHES = (0, (2.2, 1.6))


@dataclass(frozen=True)
class SurvivalLine:
    """One group.

    Attributes
    ----------
    label : str
        What it is.
    begin : int
        Age in quarters from which the curve is: a share of those who reach it.
    curve : SurvivalCurve
        From that age on.
    agencies, stopped : int
        Agencies that were ever at risk, and those of them that stopped work, over all runs.
    """

    label: str
    begin: int
    curve: SurvivalCurve
    agencies: int
    stopped: int

    @property
    def ages(self) -> Numbers:
        """Ages of the curve, in years."""
        years: Numbers = (self.begin + np.arange(len(self.curve.survival))) / 4
        return years

    def thin(self, fewest: int) -> Flags:
        """Steps from one age to the next over which fewer than so many are at risk."""
        flags: Flags = self.curve.at_risk[:-1] < fewest
        return flags


@dataclass(frozen=True)
class SurvivalData:
    """Survival of agencies by group.

    Attributes
    ----------
    title : str
        The scenario's.
    by : str
        What groups are.
    lines : sequence of SurvivalLine
        One a group.
    replications : int
        Runs.
    after : int
        Quarters at work after which the group is known, and from which an agency counts; 0 from entry on.
    span : str
        First and last quarter.
    fewest : int
        Agencies at risk below which a curve is dashed.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    by: str
    lines: Sequence[SurvivalLine]
    replications: int
    after: int
    span: str
    fewest: int
    lacking: str = ""


def texts(data: SurvivalData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, *(line.label for line in data.lines)]


def survival_figure(data: SurvivalData) -> HouseFigure:
    """Draw all curves in one panel with the numbers at risk below; under the house's style."""
    names = [shorten_text(line.label, _LONGEST, _RISK_SIZE) for line in data.lines]
    before = max(0.55, tick_room(names) + 0.38)
    below = _ABOVE_RISK + (len(data.lines) + 1) * line_height(_RISK_SIZE) + 0.1
    size = GridSize(columns=1, width=5.2, height=3.3, before=before, after=_LABELS, below=below)
    panel = GridPanel(f"By {data.by}", "share still at work", partial(_draw, data=data, names=names))
    figure = panel_grid(data.title, _notes(data), [panel], size)
    figure.alternative = _alternative(data)
    figure.numbers = _numbers(data)
    return figure


def _draw(axes: Axes, data: SurvivalData, names: Sequence[str]) -> None:
    oldest = max(float(line.ages[-1]) for line in data.lines)
    axes.set_xlim(0, oldest)
    axes.set_ylim(0, 1)
    axes.set_yticks([n / 5 for n in range(6)], [f"{n / 5:.1f}" for n in range(6)])
    step = next(step for step in (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100) if oldest / step <= 8)
    ticks = [float(n * step) for n in range(int(oldest / step) + 1)]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    place = {"transform": axes.transAxes + inches(axes, 0, -0.28), "ha": "center", "va": "top"}
    axes.text(0.5, 0, "years since founding", size=9, color=GREY, **place)  # type: ignore[arg-type]
    labels = []
    for line, look in zip(data.lines, LINE_LOOKS, strict=False):
        _draw_line(axes, line, look.colour, look.marker, data.fewest)
        at = float(line.curve.survival[-1]) * axes_size(axes)[1]
        labels.append(Label(at, line.label, f"{line.agencies:,} agencies, {line.stopped:,} stopped", look.colour))
    draw_labels(axes, labels, _LABELS)
    _write_risk(axes, data, names, ticks)


def _draw_line(axes: Axes, line: SurvivalLine, colour: str, marker: str, fewest: int) -> None:
    """A curve in steps with its interval, dashed where few are at risk, a marker each four years and at its end."""
    ages, values = line.ages, line.curve.survival
    axes.fill_between(ages, line.curve.low, line.curve.high, step="post", color=colour, alpha=0.16, linewidth=0)
    thin = line.thin(fewest)
    for n in range(len(thin)):
        # Steps are drawn stretch by stretch, so that a curve can change from a whole line to a dashed one.
        if n and thin[n] == thin[n - 1]:
            continue
        end = n + int(np.argmax(thin[n:] != thin[n])) if (thin[n:] != thin[n]).any() else len(thin)
        look: dict[str, Any] = {"linestyle": _DASHES if thin[n] else "-", "linewidth": 1.8, "clip_on": False}
        axes.step(ages[n : end + 1], values[n : end + 1], where="post", color=colour, zorder=2.6, **look)
    marked = [*range(0, len(ages), 16), len(ages) - 1]
    axes.plot(ages[marked], values[marked], marker, color=colour, markersize=4.5, clip_on=False, zorder=2.7)


def _write_risk(axes: Axes, data: SurvivalData, names: Sequence[str], ticks: Sequence[float]) -> None:
    """Numbers at risk below the ticks."""
    left, right = axes.get_xlim()
    wide = axes_size(axes)[0]
    groups = list(zip(names, LINE_LOOKS, data.lines, strict=False))
    words: dict[str, Any] = {"size": _RISK_SIZE, "va": "center", "parse_math": False}

    def place(row: int, across: float) -> Transform:
        return axes.transAxes + inches(axes, across, -_ABOVE_RISK - row * line_height(_RISK_SIZE))

    axes.text(0, 0, "at risk", transform=place(0, -0.3), ha="right", color=INK, **words)
    for row, (name, look, line) in enumerate(groups, 1):
        axes.text(0, 0, name, transform=place(row, -0.3), ha="right", color=look.colour, **words)
        marker: dict[str, Any] = {"color": look.colour, "markersize": 4.0, "clip_on": False}
        axes.plot([0], [0], look.marker, transform=place(row, -0.23), **marker)
        for tick in ticks:
            n = round(4 * tick) - line.begin
            known = f"{line.curve.at_risk[n]:,}" if 0 <= n < len(line.curve.at_risk) else "\u2013"
            at = place(row, (tick - left) / (right - left) * wide)
            axes.text(0, 0, known, transform=at, ha="center", color=look.colour, **words)


def _notes(data: SurvivalData) -> list[str]:
    runs = f"{data.replications:,} runs" if data.replications != 1 else "one run"
    how = "runs as clusters" if data.replications > 1 else "agencies of the one run, as if independent (Greenwood)"
    notes = [
        f"Kaplan-Meier over the agencies of {runs}, {data.span}; stopped: closed or dormant",
        f"Shading: 95 % interval, {how}" if any(line.stopped for line in data.lines) else "No agency stopped",
        "Agencies older than the run count from their age at its start; those at work at its end are censored",
    ]
    if data.after:
        notes.append(f"An agency counts from its {data.after}th quarter at work on, when its income of a year is known")
    later = [line for line in data.lines if line.begin > data.after]
    if later:
        said = ", ".join(f"{line.label} from {_years(line.begin / 4)}" for line in later)
        notes.append(f"Of those who reach an age at which enough are at risk: {said}")
    if any(line.thin(data.fewest).any() for line in data.lines):
        notes.append(f"Dashed: fewer than {data.fewest} agencies at risk, over all runs")
    return [*notes, data.lacking]


def _years(years: float) -> str:
    """A stretch of time in words.

    >>> _years(1.0), _years(0.25)
    ('1 year', '0.25 years')
    """
    return f"{years:g} year" if years == 1 else f"{years:g} years"


def _alternative(data: SurvivalData) -> str:
    """Share of every group that is at work after five years, and at the end of its curve."""
    found = [f"{data.title}: survival of agencies by {data.by}, {data.replications:,} runs."]
    for line in data.lines:
        years, values = line.ages, line.curve.survival
        said = [f"{100 * values[-1]:.0f} % still at work after {_years(years[-1])}"]
        if years[0] <= 5 < years[-1]:
            said.insert(0, f"{100 * values[int(np.searchsorted(years, 5))]:.0f} % after 5 years")
        begin = f" of those who reach {_years(years[0])}" if years[0] else ""
        found.append(f"{line.label} ({line.agencies:,} agencies, {line.stopped:,} stopped): {', '.join(said)}{begin}.")
    return " ".join(found)


def _numbers(data: SurvivalData) -> dict[str, Sequence[Any]]:
    """A row per group and age."""
    table: dict[str, list[Any]] = {name: [] for name in ("group", "age", "survival", "ci_low", "ci_high", "at_risk")}
    for line in data.lines:
        table["group"] += [line.label] * len(line.ages)
        parts = (line.ages, line.curve.survival, line.curve.low, line.curve.high, line.curve.at_risk)
        for name, each in zip(list(table)[1:], parts, strict=True):
            table[name] += each.tolist()
    return dict(table)
