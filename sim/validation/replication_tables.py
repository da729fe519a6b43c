"""Replication tables: the tables of a world's runs as statistics see them, replications counted from 0 without gaps."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.results.results import Results
from sim.validation.given_columns import REPLICATION, given_rows

_MOST_HELD = 6
"""Tables that are held at a time; those of a large city take a hundred megabytes."""


@dataclass
class TableCache:
    """Tables of worlds, as they are kept; the last few that were asked for."""

    _tables: OrderedDict[tuple[Path, str], pd.DataFrame] = field(default_factory=OrderedDict)

    def table(self, path: Path, name: str) -> pd.DataFrame:
        """A table of a results folder, ordered by replication and else as the runs wrote it.

        Raises
        ------
        StoreError
            If it is missing or damaged.
        """
        key = (path, name)
        if key not in self._tables:
            frame = Results.open(path).table(name)
            if not frame[REPLICATION].is_monotonic_increasing:
                frame = frame.sort_values(REPLICATION, kind="stable", ignore_index=True)
            self._tables[key] = frame
        self._tables.move_to_end(key)
        while len(self._tables) > _MOST_HELD:
            self._tables.popitem(last=False)
        return self._tables[key]


@dataclass(frozen=True)
class ReplicationTables:
    """Tables of some replications of a world (a `WorldTables`).

    Attributes
    ----------
    cache : TableCache
        Reads them.
    path : Path
        Folder of the runs.
    numbers : int array, shape (replications,)
        Replications that are looked at, in ascending order.
    columns : mapping of str to sequence of str
        Columns that are given of each table, beside replication, quarter and date.
    """

    cache: TableCache
    path: Path
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
        StoreError
            If it is missing or damaged.
        """
        return given_rows(self.cache.table(self.path, name), self.columns[name], self.numbers)
