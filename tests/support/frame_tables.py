"""Frame tables: tables of a world from hand-made frames, for tests of statistics of validation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation import statistics as _all_of_them  # noqa: F401  (declares the statistics)
from sim.validation.statistic_type import STATISTICS

DECLARED = dict(STATISTICS)
"""The statistics that the package declares, also where a test puts others in their place."""


@dataclass
class FrameTables:
    """A world of hand-made tables; `sim.validation.statistic_type.WorldTables`."""

    replications: int
    frames: dict[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """A table with replication 0 where none is given, and quarters as categories."""
        frame = self.frames[name].copy()
        if "replication" not in frame:
            frame["replication"] = 0
        if "quarter" in frame:
            frame["quarter"] = frame["quarter"].astype("category")
        return frame


def world(replications: int = 1, **frames: pd.DataFrame | dict[str, Any]) -> FrameTables:
    """A world from tables given as frames or mappings of columns."""
    return FrameTables(replications, {name: pd.DataFrame(given) for name, given in frames.items()})


def quarters(first: str, number: int) -> list[str]:
    """So many calendar quarters in a row."""
    return [str(Quarter.parse(first) + step) for step in range(number)]


def value_of(name: str, *worlds: FrameTables, **given: Any) -> float:
    """What a pattern would be judged by: the statistic's number from the means of its parts over replications."""
    declared = DECLARED[name]
    rows = declared.measure(*worlds, **given)
    parts = rows.reshape(len(rows), -1)
    defined = pd.DataFrame(parts).mean().to_numpy()
    return declared.combine(defined)
