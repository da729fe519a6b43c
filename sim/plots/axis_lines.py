"""Axis lines: plain data of outcomes against one axis of a sweep, for `sim.plots.axis_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.plots.counted_values import Numbers

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class AxisLine:
    """One line: means at the levels of the axis, each array of shape (levels,).

    Attributes
    ----------
    label : str
        Its name; empty where it is the only one.
    mean, low, high : float array
        Means over runs and ends of their 95 % intervals; not a number where there are none.
    defined, runs : int array
        Runs in which the outcome is defined, and runs that are done.
    """

    label: str
    mean: Numbers
    low: Numbers
    high: Numbers
    defined: Counts
    runs: Counts

    @property
    def is_partial(self) -> npt.NDArray[np.bool_]:
        """Where the outcome is undefined in some of the runs."""
        return (self.defined > 0) & (self.defined < self.runs)


@dataclass(frozen=True)
class AxisPanel:
    """An outcome.

    Attributes
    ----------
    outcome, title, unit : str
        Its name, and what is written above the panel.
    lines : sequence of AxisLine
        A line for each level of the other factor.
    """

    outcome: str
    title: str
    unit: str
    lines: Sequence[AxisLine]


@dataclass(frozen=True)
class AxisData:
    """Outcomes against an axis.

    Attributes
    ----------
    title : str
        Heading.
    axis : str
        What stands below the panels: name of the axis and its unit.
    places : float array, shape (levels,)
        Where levels stand.
    levels : sequence of str
        Their words.
    named : bool
        Whether they are names and no numbers.
    dots : bool
        Whether there are so many levels that each is a dot alone, as in a sample of points.
    panels : sequence of AxisPanel
        What is shown.
    notes : sequence of str
        What must be known of all numbers.
    threshold : float, optional
        A value that is marked.
    """

    title: str
    axis: str
    places: Numbers
    levels: Sequence[str]
    named: bool
    dots: bool
    panels: Sequence[AxisPanel]
    notes: Sequence[str]
    threshold: float | None = None

    @property
    def texts(self) -> list[str]:
        """Everything in the figure that a user wrote, for the choice of fonts."""
        labels = [line.label for panel in self.panels[:1] for line in panel.lines]
        return [self.title, self.axis, *self.levels, *labels, *self.notes]
