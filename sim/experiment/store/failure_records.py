"""Failure records: runs that failed, with all that is needed to see why; each chunk's receipt lists its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Failure:
    """A run that raised an error, killed its worker, or took too long.

    Attributes
    ----------
    point, replication, seed : int
        Which run.
    scenario, variant : str
        What was run at that point.
    values : dict
        Axis -> value at that point.
    quarter : int or None
        Quarters that were done, counted from the start; None where it never began.  Exact for an error; for
        a worker's death what was seen a quarter of a second before.
    error : str
        What happened, in one line.
    traceback : str
        Where, in the program; empty when the worker was killed from outside.
    """

    point: int
    replication: int
    seed: int
    scenario: str
    variant: str
    values: dict[str, Any]
    quarter: int | None
    error: str
    traceback: str = ""

    def words(self) -> str:
        """One line: which run, and what happened.

        >>> Failure(3, 0, 77, "town", "", {"drive": 0.5}, 8, "ValueError: no").words()
        'point 3 (drive 0.5), replication 0, in its quarter 9: ValueError: no'
        """
        levels = ", ".join(f"{name} {value}" for name, value in self.values.items())
        where = f"point {self.point}{f' ({levels})' if levels else ''}, replication {self.replication}"
        when = "" if self.quarter is None else f", in its quarter {self.quarter + 1}"
        return f"{where}{when}: {self.error}"
