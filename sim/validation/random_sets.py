"""Random sets: how often parameters that are drawn from their plausible ranges pass each observed pattern.

A pattern that nearly every set passes would hold whatever the values, and is no evidence for them.  The same sets are
run in every world.  A set passes a check if the number from its few runs lies within the band, a pattern if it passes
all checks that are judged; runs are too few for intervals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.experiment.store.part_reader import QueryError
from sim.validation.drawn_designs import hypercube
from sim.validation.needed_tables import arguments_of, columns_read
from sim.validation.pattern_file import CheckFile, PatternEntry
from sim.validation.pattern_loading import PatternSet
from sim.validation.point_tables import PointTables, WorldPoints
from sim.validation.replication_estimate import estimate
from sim.validation.set_designs import SetDesign, drawn_axes, swept_worlds, worlds_of
from sim.validation.statistic_type import Statistic, only_part

if TYPE_CHECKING:
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

NO_EVIDENCE = 0.95
"""Share of sets from which a pattern that they pass is no evidence."""
CHECK_COLUMNS = {
    "pattern": "Id of the pattern",
    "check": "Number of the check within the pattern, from 1",
    "says": "What is measured",
    "sets": "Sets of parameters that were run",
    "defined": "Sets in which the statistic has a value",
    "passed": "Sets in which it lies within the band",
    "share": "Passed over sets",
    "p10": "10th percentile of the number over sets",
    "median": "Its median",
    "p90": "90th percentile",
    "band_low": "Lower limit; empty for none",
    "band_high": "Upper limit; empty for none",
}
"""Columns of the table of checks."""
PATTERN_COLUMNS = {
    "pattern": "Id of the pattern",
    "statement": "The pattern in one sentence",
    "sets": "Sets of parameters that were run",
    "passed": "Sets that pass all its checks",
    "share": "Passed over sets",
    "evidence": "Whether fewer than 95 % of sets pass it",
}
"""Columns of the table of patterns."""


@dataclass(frozen=True)
class RandomSets:
    """Patterns held against random sets of parameters.

    Attributes
    ----------
    checks : DataFrame
        A row per check that is judged; `CHECK_COLUMNS` says what the columns are.
    patterns : DataFrame
        A row per pattern; `PATTERN_COLUMNS`.
    sets, replications, seed : int
        Sets, runs of each, and the seed of the draws.
    parameters : tuple of str
        What was drawn.
    left_out : tuple of str
        Paths of parameters that have a plausible range and were not drawn, because a world sets them.
    folders : dict of str to Path
        Results of each world.
    """

    checks: pd.DataFrame
    patterns: pd.DataFrame
    sets: int
    replications: int
    seed: int
    parameters: tuple[str, ...]
    left_out: tuple[str, ...]
    folders: Mapping[str, Path]


def random_sets(
    found: PatternSet,
    asked: Sequence[PatternEntry],
    statistics: Mapping[str, Statistic],
    out: Path,
    executor: Executor,
    reporter: ProgressReporter,
    *,
    sets: int,
    replications: int = 2,
    seed: int = 1,
) -> RandomSets:
    """Run random sets in every world that patterns look at, and count which they pass.

    Parameters
    ----------
    found : PatternSet
        All patterns and worlds.
    asked : sequence of PatternEntry
        Those that are looked at.
    statistics : mapping of str to Statistic
        By name.
    out : Path
        Folder of the validation; sweeps are kept in its folder ``random`` and gone on with.
    executor, reporter : Executor, ProgressReporter
        Where it is computed, and who hears of progress.
    sets, replications, seed : int
        Sets of parameters, runs of each, and seed of the draws.

    Raises
    ------
    QueryError
        If a number is below 1.
    ScenarioError
        If a set cannot be run in a world.
    StoreError
        If a folder cannot be written.
    KeyboardInterrupt
        As it comes; what is done stays.
    """
    for name, number in (("sets", sets), ("replications", replications)):
        if number < 1:
            raise QueryError(f"expected a number of {name}, a whole number from 1; found {number}")
    axes, left_out = drawn_axes([found.worlds[name] for name in worlds_of(asked, found.worlds)])
    drawn = SetDesign(axes, hypercube(sets, seed), sets, replications)
    return held_against(found, asked, statistics, out / "random", executor, reporter, drawn, seed, left_out)


def held_against(
    found: PatternSet,
    asked: Sequence[PatternEntry],
    statistics: Mapping[str, Statistic],
    out: Path,
    executor: Executor,
    reporter: ProgressReporter,
    drawn: SetDesign,
    seed: int,
    left_out: tuple[str, ...] = (),
) -> RandomSets:
    """Run sets in every world that patterns look at, and count which they pass.

    Parameters
    ----------
    found, asked, statistics, out, executor, reporter
        As for `random_sets`; sweeps are kept in the folder itself.
    drawn : SetDesign
        The sets.
    seed : int
        Of their draws.
    left_out : tuple of str
        Paths that were not drawn.
    """
    folders, points = swept_worlds(found, worlds_of(asked, found.worlds), statistics, out, executor, reporter, drawn)
    checks, passed = judged_sets(asked, statistics, points, drawn.sets)
    patterns = pd.DataFrame([_pattern_row(each, passed, drawn.sets) for each in asked], columns=list(PATTERN_COLUMNS))
    return RandomSets(checks, patterns, drawn.sets, drawn.replications, seed, tuple(drawn.axes), left_out, folders)


def judged_sets(
    asked: Iterable[PatternEntry],
    statistics: Mapping[str, Statistic],
    points: Mapping[str, WorldPoints],
    sets: int,
    tolerance: float = 0.0,
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """A row per check, and which sets pass each pattern; `tolerance` as for `widened`."""
    rows = []
    passed: dict[str, np.ndarray] = {}
    for pattern in asked:
        passed[pattern.id] = np.ones(sets, np.bool_)
        for number, check in enumerate(pattern.checks, start=1):
            if not check.judged:
                continue
            worlds = [points[name] for name in (check.world, check.versus) if name is not None]
            for other in points.values():
                if all(other is not world for world in worlds):
                    other.forget()
            values = np.array([value_in_set(check, statistics[check.statistic], worlds, n) for n in range(sets)])
            inside = within(values, widened(check.band, tolerance))
            passed[pattern.id] &= inside
            rows.append(_check_row(pattern.id, number, check, values, inside))
    return pd.DataFrame(rows, columns=list(CHECK_COLUMNS)), passed


def value_in_set(check: CheckFile, statistic: Statistic, worlds: Sequence[WorldPoints], point: int) -> float:
    """The number of a check from the runs of one set; not a number where there is none."""
    columns = columns_read(check, statistic)
    numbers = worlds[0].replications(point)
    for other in worlds[1:]:
        numbers = np.intersect1d(numbers, other.replications(point))
    if not len(numbers):
        return math.nan
    tables = [PointTables(each, point, numbers, columns) for each in worlds]
    rows = np.asarray(statistic.measure(*tables, **arguments_of(check, statistic)), np.float64)
    return estimate(rows, None if statistic.combine is only_part else statistic.combine).mean


def within(values: np.ndarray, band: tuple[float | None, float | None]) -> np.ndarray:
    """Whether values lie within a band; what is undefined does not.

    >>> within(np.array([0.1, 0.2, np.nan]), (0.15, None)).tolist()
    [False, True, False]
    """
    low, high = (-math.inf if band[0] is None else band[0]), (math.inf if band[1] is None else band[1])
    return np.asarray((values >= low) & (values <= high))


def widened(band: tuple[float | None, float | None], tolerance: float) -> tuple[float | None, float | None]:
    """A band, wider on each side by a part of its width, or of its limit where it has one only.

    A limit of 0 says which way something goes, and stays.

    >>> widened((2.0, 4.0), 0.25), widened((None, -0.5), 0.5), widened((0.0, None), 0.25)
    ((1.5, 4.5), (None, -0.25), (0.0, None))
    """
    low, high = band
    scale = high - low if low is not None and high is not None else abs(high or low or 0.0)
    room = tolerance * scale
    return (None if low is None else low - room), (None if high is None else high + room)


def _check_row(pattern: str, number: int, check: CheckFile, values: np.ndarray, inside: np.ndarray) -> dict[str, Any]:
    known = values[np.isfinite(values)]
    spread = np.quantile(known, (0.1, 0.5, 0.9)) if len(known) else np.full(3, np.nan)
    limits = [math.nan if limit is None else limit for limit in check.band]
    counts = (len(values), len(known), int(inside.sum()), float(inside.mean()))
    return dict(zip(CHECK_COLUMNS, (pattern, number, check.says, *counts, *spread.tolist(), *limits), strict=True))


def _pattern_row(pattern: PatternEntry, passed: Mapping[str, np.ndarray], sets: int) -> dict[str, Any]:
    count = int(passed[pattern.id].sum())
    share = count / sets
    values = (pattern.id, pattern.statement, sets, count, share, share < NO_EVIDENCE)
    return dict(zip(PATTERN_COLUMNS, values, strict=True))
