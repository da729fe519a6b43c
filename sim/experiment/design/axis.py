"""Axis: what varies in an experiment, between which values, and where that stands in each scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import KeyPath
from sim.engine.column_names import column_name
from sim.experiment.design.declared_parameters import Declared, Kind
from sim.experiment.design.experiment_file import Value

Numbers = npt.NDArray[np.float64]
Column = npt.NDArray[Any]
"""Values of an axis for many points: float64, int64, or objects that are text."""

ROUNDING = 1e-9
"""Shares such as 2/3 of three levels must not fall below a whole number by the last bit."""


@dataclass(frozen=True)
class Axis:
    """One thing that varies.

    Attributes
    ----------
    name, title : str
        Its key in the file; title for readers.
    declared : Declared
        What may stand there: kind, bounds, unit, meaning.
    targets : mapping of str to tuple of KeyPath
        Where the value stands, by the label of the base (scenario and variant).
    defaults : mapping of str to value
        What stands there without the experiment; None where the places differ, or where nothing does.
    levels : tuple
        Values to choose from; empty for a range, and where points are listed.
    span : tuple of float, optional
        Least and greatest value of a range; quarters as their ordinals.
    log : bool
        Whether ratios count instead of differences.
    """

    name: str
    title: str
    declared: Declared
    targets: Mapping[str, tuple[KeyPath, ...]]
    defaults: Mapping[str, Value | None]
    levels: tuple[Value, ...] = ()
    span: tuple[float, float] | None = None
    log: bool = False

    @property
    def column_name(self) -> str:
        """Name of its column in the table of points."""
        return column_name(self.name)

    @property
    def kind(self) -> Kind:
        """Kind of its values."""
        return self.declared.kind

    @property
    def unit(self) -> str:
        """Unit of its values."""
        return self.declared.unit

    def grid_levels(self) -> tuple[Value, ...]:
        """Values for a grid: its levels, or every whole number or quarter of its range."""
        if self.levels or self.span is None:
            return self.levels
        return tuple(cells(np.arange(self.span[0], self.span[1] + 1), self.kind).tolist())

    def value_at(self, shares: Numbers) -> Column:
        """Values for points between 0 and 1, in which every level, whole number or quarter has an equal share.

        Parameters
        ----------
        shares : float array, shape (points,)
            From 0 to 1.

        Returns
        -------
        array, shape (points,)
            Within the range, both ends included.
        """
        if self.levels or self.span is None:
            count = len(self.levels)
            index = np.minimum((shares * count + ROUNDING).astype(np.intp), count - 1)
            return self.array(self.levels)[index]
        low, high = self.span
        if self.kind is not Kind.NUMBER:
            numbers = np.floor(between(shares, low, high + 1, self.log) + ROUNDING)
            return cells(np.clip(numbers, low, high), self.kind)
        return np.clip(between(shares, low, high, self.log), low, high)

    def array(self, values: Sequence[Value]) -> Column:
        """Values as they stand in a column."""
        types = {Kind.NUMBER: np.float64, Kind.WHOLE: np.int64}
        return np.array(values, dtype=types.get(self.kind, object))

    def setting(self, cell: object) -> object:
        """What a cell of the table, or a value from Python, puts into a scenario."""
        if self.kind is Kind.YES_NO:
            return cell in (True, "true")
        convert: Any = {Kind.NUMBER: float, Kind.WHOLE: int}.get(self.kind, str)
        return convert(cell)

    def changes(self, label: str, cell: object) -> list[tuple[KeyPath, object]]:
        """What a cell changes in the plain values of a base."""
        return [(path, self.setting(cell)) for path in self.targets[label]]


def cells(numbers: Numbers, kind: Kind) -> Column:
    """Whole numbers as they stand in a column: as they are, or as the quarters of which they are the ordinals."""
    whole = numbers.astype(np.int64)
    if kind is not Kind.QUARTER:
        return whole
    different, index = np.unique(whole, return_inverse=True)
    return np.array([str(Quarter.from_ordinal(int(n))) for n in different], dtype=object)[index]


def between(shares: Numbers, low: float, high: float, log: bool) -> Numbers:
    """Numbers at shares of the way from low to high.

    >>> between(np.array([0.0, 0.5]), 1.0, 100.0, log=True).round(6).tolist()
    [1.0, 10.0]
    """
    if log:
        return np.exp(np.log(low) + shares * (np.log(high) - np.log(low)))
    return low + shares * (high - low)
