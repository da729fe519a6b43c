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
import yaml

from sim.experiment.store.atomic_files import make_folder, write_file
from sim.experiment.store.part_reader import QueryError
from sim.scenario.full_values import full_values
from sim.validation.drawn_designs import drawn_design, folder_of, plausible_axes, swept
from sim.validation.needed_tables import arguments_of, columns_read, first_alike, needed_tables
from sim.validation.pattern_file import CheckFile, PatternEntry
from sim.validation.pattern_loading import PatternSet
from sim.validation.point_tables import PointTables, WorldPoints
from sim.validation.replication_estimate import estimate
from sim.validation.statistic_type import Statistic, only_part
from sim.validation.world_loading import World

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
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
    worlds = _worlds_of(asked, found.worlds)
    axes, left_out = drawn_axes([found.worlds[name] for name in worlds])
    designs = random_designs(found, worlds, statistics, out / "random", axes, (sets, replications, seed))
    folders = {name: folder_of(design, out / "random", "world") for name, design in designs.items()}
    named = {path: name for name, path in folders.items()}
    swept_ones = {path: WorldPoints(swept(designs[name], path, executor, reporter)) for path, name in named.items()}
    points = {name: swept_ones[path] for name, path in folders.items()}
    checks, passed = _judged(asked, statistics, points, sets)
    patterns = pd.DataFrame([_pattern_row(each, passed, sets) for each in asked], columns=list(PATTERN_COLUMNS))
    return RandomSets(checks, patterns, sets, replications, seed, tuple(axes), left_out, folders)


def drawn_axes(worlds: Iterable[World]) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """What is drawn: all that has a plausible range and that no world sets, because a draw would undo what it is about.

    Returns
    -------
    dict of str to dict, tuple of str
        Axes, and paths of what is left out.
    """
    values = [world.loaded.values for world in worlds]
    axes = plausible_axes()
    left_out = {name for name, axis in axes.items() if any(_stands(each, axis["path"].split(".")) for each in values)}
    kept = {name: axis for name, axis in axes.items() if name not in left_out}
    return kept, tuple(str(axes[name]["path"]) for name in axes if name in left_out)


def _stands(values: Any, keys: Sequence[str]) -> bool:
    """Whether a path stands in the values of a scenario.

    >>> _stands({"cities": {"Here": {"labour": {"pool": 9}}}}, ["cities", "*", "labour", "pool"])
    True
    """
    if not keys:
        return True
    if not isinstance(values, Mapping):
        return False
    if keys[0] == "*":
        return any(_stands(each, keys[1:]) for each in values.values())
    return keys[0] in values and _stands(values[keys[0]], keys[1:])


def _worlds_of(asked: Iterable[PatternEntry], worlds: Mapping[str, World]) -> list[str]:
    """Names of the worlds that patterns look at."""
    named = {name for pattern in asked for check in pattern.checks for name in (check.world, check.versus) if name}
    return [name for name in worlds if name in named]


def random_designs(
    found: PatternSet,
    names: Iterable[str],
    statistics: Mapping[str, Statistic],
    out: Path,
    axes: Mapping[str, Any],
    numbers: tuple[int, int, int],
) -> dict[str, Design]:
    """The sweep of each world, from a file of its scenario that is written into a folder; worlds run alike share it.

    Parameters
    ----------
    found : PatternSet
        Worlds, and all patterns, which decide what is kept.
    names : iterable of str
        Worlds.
    statistics : mapping of str to Statistic
        By name.
    out : Path
        The folder.
    axes : mapping
        What is drawn.
    numbers : (int, int, int)
        Sets, replications, seed of the draws.
    """
    keeps = needed_tables(found.patterns, found.worlds, statistics)
    sets, replications, seed = numbers
    make_folder(out)
    designs: dict[str, Design] = {}
    shared: dict[str, Design] = {}
    for name in names:
        world, first = found.worlds[name], first_alike(found.worlds, name)
        if first in shared:
            designs[name] = shared[first]
            continue
        number = list(found.worlds).index(first)
        file = out / f"scenario-{number}.yaml"
        text = yaml.safe_dump(full_values(world.loaded.scenario), allow_unicode=True, sort_keys=False)
        write_file(file, text.encode())
        values = {
            "title": f"Random sets: {first}"[:120],
            "scenarios": [str(file.resolve())],
            "quarters": world.quarters,
            "replications": replications,
            "keep": keeps[name].model_dump(),
        }
        designs[name] = shared[first] = drawn_design(values, axes, sets, seed, out)
    return designs


def _judged(
    asked: Iterable[PatternEntry], statistics: Mapping[str, Statistic], points: Mapping[str, WorldPoints], sets: int
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """A row per check, and which sets pass each pattern."""
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
            inside = within(values, check.band)
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
