"""Point tables: tables of the runs of one point of a sweep, as statistics see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.results.results import Results
from sim.validation.given_columns import POINT, REPLICATION, given_rows


@dataclass
class WorldPoints:
    """A sweep of one world: its tables, ordered by point as they are first asked for.

    Attributes
    ----------
    results : Results
        The sweep.
    """

    results: Results
    _ordered: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def _done(self) -> Mapping[int, npt.NDArray[np.int64]]:
        index = pd.DataFrame(self.results.index)
        return {int(str(point)): np.unique(rows[REPLICATION]) for point, rows in index.groupby(POINT)}

    def replications(self, point: int) -> npt.NDArray[np.int64]:
        """Replications of a point that ended, in ascending order."""
        return self._done.get(point, np.empty(0, np.int64))

    def table(self, point: int, name: str) -> pd.DataFrame:
        """A table of a point, ordered by replication and else as the runs wrote it.

        Raises
        ------
        QueryError
            If the table was not kept.
        """
        if name not in self._ordered:
            whole = self.results.table(name)
            self._ordered[name] = whole.sort_values([POINT, REPLICATION], kind="stable", ignore_index=True)
        ordered = self._ordered[name]
        first, end = np.searchsorted(ordered[POINT].to_numpy(), (point, point + 1))
        return ordered.iloc[first:end]

    def forget(self) -> None:
        """Free the tables; those of a large city take gigabytes."""
        self._ordered.clear()


@dataclass(frozen=True)
class PointTables:
    """Tables of some replications of one point (a `WorldTables`).

    Attributes
    ----------
    points : WorldPoints
        The sweep.
    point : int
        Which point.
    numbers : int array, shape (replications,)
        Replications that are looked at, in ascending order.
    columns : mapping of str to sequence of str
        Columns that are given of each table, beside replication, quarter and date.
    """

    points: WorldPoints
    point: int
    numbers: npt.NDArray[np.int64]
    columns: Mapping[str, Sequence[str]]

    @property
    def replications(self) -> int:
        """How many replications there are; the column `replication` counts them from 0."""
        return len(self.numbers)

    def table(self, name: str) -> pd.DataFrame:
        """A table with the columns that the statistic declares, and `replication`, `quarter` and `date`.

        Raises
        ------
        KeyError
            If the statistic does not declare the table, or the table lacks a column.
        """
        return given_rows(self.points.table(self.point, name), self.columns[name], self.numbers)
