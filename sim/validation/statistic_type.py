"""Statistic type: what a pattern may ask of the runs of a world, declared once with its tables and arguments.

A statistic is a function of the tables of all replications of a world (and of a second one, run with the same random
numbers, where it compares).  It gives a row per replication; what the pattern is judged by is made from the mean of
those rows, so that a ratio of rare events is a ratio of sums and not a mean of ratios that are often undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows = npt.NDArray[np.float64]
"""A row per replication (a number, or several): shape (replications,) or (replications, parts)."""


class WorldTables(Protocol):
    """Tables of all replications of one world."""

    @property
    def replications(self) -> int:
        """How many replications there are; the column `replication` counts them from 0."""

    def table(self, name: str) -> pd.DataFrame:
        """A table with the columns that the statistic declares, and `replication`; ordered as the runs wrote it."""


class Argument(Enum):
    """What an argument of a statistic may be; checked before anything runs."""

    OUTCOME = "an outcome of the table sector"
    QUARTER = "a quarter, such as 2012-Q1"
    COLUMN = "a column of numbers of the statistic's first table"
    WORD_COLUMN = "a column of words of the statistic's first table"
    NUMBER = "a number"
    POSITIVE = "a number above 0"
    WHOLE = "a whole number above 0"
    WORDS = "a list of words"


_WINDOW = ("since", "until")
Measure = Callable[..., Rows]
Combine = Callable[[npt.NDArray[np.float64]], float]


def only_part(parts: npt.NDArray[np.float64]) -> float:
    """The mean itself, for a statistic of one part."""
    return float(parts[0])


@dataclass(frozen=True)
class Statistic:
    """A declared statistic.

    Attributes
    ----------
    name : str
        What pattern files call it.
    meaning : str
        One sentence, with the unit.
    measure : callable
        Called with a `WorldTables` (two where it compares) and its arguments; returns `Rows`.
    tables : mapping
        Columns that it reads of each table; the columns that arguments name are added.
    arguments : mapping
        Type of each argument; those in `defaults` may be left out.
    compares : bool
        Whether it takes a second world, given as ``versus``.
    choices : mapping
        Words that a list of words may hold, by argument; any where it is not named.
    orders : sequence of pairs of str
        Arguments of which the first must not be above the second.
    spans : sequence of str
        Arguments from which on the argument ``quarters`` counts; the run must reach so far.
    combine : callable
        Makes the number from the means of the parts over replications (NaN left out part by part).
    """

    name: str
    meaning: str
    measure: Measure
    tables: Mapping[str, tuple[str, ...]]
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    compares: bool = False
    combine: Combine = only_part
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orders: Sequence[tuple[str, str]] = ()
    spans: Sequence[str] = ()


STATISTICS: dict[str, Statistic] = {}
"""Every statistic by its name; `sim.validation.statistics` fills it."""


def statistic(
    meaning: str,
    tables: Mapping[str, tuple[str, ...]],
    arguments: Mapping[str, Argument] | None = None,
    defaults: Mapping[str, Any] | None = None,
    compares: bool = False,
    combine: Combine = only_part,
    choices: Mapping[str, tuple[str, ...]] | None = None,
    orders: Sequence[tuple[str, str]] = (),
    spans: Sequence[str] = (),
) -> Callable[[Measure], Measure]:
    """Declare the function below as a statistic; its name, with hyphens, is what pattern files call it.

    A window from `since` to `until` has its order without saying so.
    """

    def declare(measure: Measure) -> Measure:
        name = measure.__name__.replace("_", "-")
        if name in STATISTICS:
            raise ValueError(f"there are two statistics {name}")
        STATISTICS[name] = Statistic(
            name,
            meaning,
            measure,
            dict(tables),
            dict(arguments or {}),
            dict(defaults or {}),
            compares,
            combine,
            dict(choices or {}),
            (*([_WINDOW] if {*_WINDOW} <= {*(arguments or {})} else []), *orders),
            tuple(spans),
        )
        return measure

    return declare
