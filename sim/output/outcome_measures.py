"""Outcome measures: which numbers stand for a trajectory, and the columns `OUTCOME_MEASURE` that hold them.

>>> [each.name for each in MEASURES], measure_column("closures", "mean")
(['year', 'mean', 'min', 'max'], 'closures_mean')
"""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    """A number that stands for a trajectory."""

    name: str
    meaning: str


MEASURES = (
    Measure("year", "mean of the last four quarters"),
    Measure("mean", "mean of all quarters"),
    Measure("min", "lowest quarter"),
    Measure("max", "highest quarter"),
)
"""Quarters in which an outcome is undefined are left out."""
MEASURE_NAMES = tuple(each.name for each in MEASURES)


def measure_column(outcome: str, measure: str) -> str:
    """Name of the column that holds a measure of an outcome."""
    return f"{outcome}_{measure}"
