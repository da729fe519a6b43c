"""Counted values: the plain data that every kind of figure draws, numbers with the runs behind each of them.

Lines over quarters have shape (quarters,), estimates of a forest plot (rows,), the cells of a heat map (rows, columns).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.statistics.replication_bands import Band
from sim.statistics.run_counts import FEWEST_IN_BAND, Counts

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CountedValues:
    """Numbers, their bands or intervals, and how many runs are behind each.

    Attributes
    ----------
    label : str
        What the numbers are, as it is written beside them.
    unit : str
        Their unit, as it is written at an axis.
    middle : float array, any shape
        Medians, means or single values; not a number exactly where no run has one.
    counts : int array, same shape
        Runs that have a value.
    runs : int
        Runs that were looked at.
    bands : tuple of (float array, float array), each of the same shape
        Lower and upper ends, the widest band first; none where there is nothing to be uncertain of.
    undefined_when : str
        When a run has no value, in words that follow "undefined where"; empty where that is not known.

    Raises
    ------
    ValueError
        If shapes differ, a count is no number of the runs, or counts and values contradict each other.
    """

    label: str
    unit: str
    middle: Numbers
    counts: Counts
    runs: int
    bands: tuple[tuple[Numbers, Numbers], ...] = ()
    undefined_when: str = ""

    def __post_init__(self) -> None:
        shapes = {np.shape(each) for each in (self.middle, self.counts, *(end for ends in self.bands for end in ends))}
        if len(shapes) > 1:
            raise ValueError(f"{self.label}: values, counts and bands have different shapes: {sorted(shapes)}")
        if ((self.counts < 0) | (self.counts > self.runs)).any():
            raise ValueError(f"{self.label}: counts must be between 0 and the {self.runs:,} runs")
        if (np.isnan(self.middle) != (self.counts == 0)).any():
            raise ValueError(f"{self.label}: there must be a value exactly where a run has one")

    @classmethod
    def from_band(cls, label: str, unit: str, band: Band, runs: int, undefined_when: str = "") -> CountedValues:
        """Medians over runs, with bands of the middle 80 % and 50 %; a single run has none.

        Parameters
        ----------
        label, unit, undefined_when : str
            As in the class.
        band : Band
            Quantiles by quarter.
        runs : int
            Runs that they are taken over.
        """
        ends = ((band.p10, band.p90), (band.p25, band.p75)) if runs > 1 else ()
        return cls(label, unit, band.median, band.n, runs, ends, undefined_when)

    @property
    def is_undefined(self) -> Flags:
        """Where no run has a value."""
        return self.counts == 0

    @property
    def is_partial(self) -> Flags:
        """Where some runs have a value and others have none."""
        return (self.counts > 0) & (self.counts < self.runs)

    @property
    def is_thin(self) -> Flags:
        """Where a band is over so few runs that it says little."""
        if not self.bands:
            return np.zeros(self.middle.shape, np.bool_)
        return (self.counts > 1) & (self.counts < FEWEST_IN_BAND)

    @property
    def is_empty(self) -> bool:
        """Whether no run has any value."""
        return bool((self.counts == 0).all())
