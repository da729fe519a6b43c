"""Ensemble search: which random sets of parameters pass every pattern that serves calibration, or come near.

Sets meet the patterns one after the other, cheapest worlds first, and who fails one is not run for the next (as in
racing, Maron & Moore 1994); the order changes what it costs, not who is kept.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.short_repr import ShortRepr
from sim.experiment.design.point_table import columns as columns_of_design
from sim.experiment.store.atomic_files import fitting, make_folder, write_file
from sim.experiment.store.identity import identity
from sim.validation.drawn_designs import hypercube
from sim.validation.pattern_file import PatternEntry
from sim.validation.pattern_loading import PatternSet
from sim.validation.random_sets import judged_sets
from sim.validation.set_designs import SetDesign, drawn_axes, set_designs, swept_worlds, worlds_of
from sim.validation.statistic_type import Statistic

if TYPE_CHECKING:
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

REPLICATIONS = 4
"""Runs of each set, unless another number is asked for."""
_BATCH = 100
"""Sets that are run together: what is done of a batch is lost by an interruption, and its tables are in memory."""


@dataclass(frozen=True)
class EnsembleSearch(ShortRepr):
    """What came of a search.

    Attributes
    ----------
    axes : mapping of str to dict
        Parameters that were drawn, as axes of an experiment.
    left_out : tuple of str
        Paths of parameters that were not drawn, because a world sets them.
    kept : tuple of int
        Numbers of the sets that passed everything.
    points : tuple of dict
        Values of each of them by axis.
    passed : dict of str to (int, int)
        By pattern in the order in which they were met: sets that met it, and those of them that passed.
    """

    axes: Mapping[str, Mapping[str, Any]]
    left_out: tuple[str, ...]
    kept: tuple[int, ...]
    points: tuple[Mapping[str, Any], ...]
    passed: Mapping[str, tuple[int, int]]


def search_ensemble(
    found: PatternSet,
    statistics: Mapping[str, Statistic],
    out: Path,
    executor: Executor,
    reporter: ProgressReporter,
    *,
    sets: int,
    replications: int = REPLICATIONS,
    tolerance: float = 0.0,
    seed: int = 1,
    say: Callable[[str], None] = lambda _line: None,
) -> EnsembleSearch:
    """Draw sets from the plausible ranges and keep those that pass all patterns that serve calibration.

    Parameters
    ----------
    found : PatternSet
        All patterns and worlds.
    statistics : mapping of str to Statistic
        By name.
    out : Path
        Folder of the validation; what is done of the search is kept in a folder of it and gone on with.
    executor, reporter : Executor, ProgressReporter
        Where it is computed, and who hears of progress.
    sets, replications, seed : int
        Sets of parameters, runs of each, and seed of the draws.
    tolerance : float
        How far outside a band a number may lie, as a part of the band's width, or of its limit where it has one only.
    say : callable
        Takes a line after each batch of sets.

    Raises
    ------
    ScenarioError
        If a set cannot be run in a world.
    StoreError
        If a folder cannot be written.
    KeyboardInterrupt
        As it comes; batches that are done stay.
    """
    calibrating = sorted((each for each in found.patterns if each.calibration), key=lambda each: _cost(each, found))
    axes, left_out = drawn_axes([found.worlds[name] for name in worlds_of(found.patterns, found.worlds)])
    narrow = replace(found, patterns=tuple(calibrating))
    whole = SetDesign(axes, hypercube(sets, seed), sets, replications)
    folder = _folder(narrow, statistics, out, whole, tolerance)
    drawn = _drawn(narrow, statistics, folder, whole)
    survivors: list[int] = []
    passed: dict[str, tuple[int, int]] = {each.id: (0, 0) for each in calibrating}
    for first in range(0, sets, _BATCH):
        batch = np.arange(first, min(first + _BATCH, sets))
        counts, alive = _batch(
            narrow, calibrating, statistics, folder, executor, reporter, whole, drawn, batch, tolerance
        )
        for name, (met, through) in counts.items():
            passed[name] = (passed[name][0] + met, passed[name][1] + through)
        survivors += alive
        say(f"{batch[-1] + 1:,} of {sets:,} sets: {len(survivors):,} kept")
    points = tuple(drawn[number] for number in survivors)
    return EnsembleSearch(axes, left_out, tuple(survivors), points, passed)


def _cost(pattern: PatternEntry, found: PatternSet) -> tuple[int, int]:
    """Order of patterns: by how many worlds they need, then as the file has them."""
    names = worlds_of([pattern], found.worlds)
    return sum(list(found.worlds).index(name) for name in names), len(names)


def _folder(
    found: PatternSet, statistics: Mapping[str, Statistic], out: Path, whole: SetDesign, tolerance: float
) -> Path:
    """Folder of a search; its name ends in a digest of all that decides who is kept."""
    names = worlds_of(found.patterns, found.worlds)
    designs = set_designs(found, names, statistics, out / "ensemble", whole)
    decisive = [identity(designs[name]) for name in names]
    text = json.dumps(
        [decisive, [each.model_dump(mode="json") for each in found.patterns], whole.replications, tolerance]
    )
    return out / "ensemble" / fitting("search", f"-{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}")


def _drawn(
    found: PatternSet, statistics: Mapping[str, Statistic], folder: Path, whole: SetDesign
) -> list[dict[str, Any]]:
    """Values of every set by axis, as the hypercube has them."""
    first = worlds_of(found.patterns, found.worlds)[:1]
    design = set_designs(found, first, statistics, folder, whole)[first[0]]
    values = columns_of_design(design.file.design, design.axes)
    return [
        {axis.name: _plain(column[n]) for axis, column in zip(design.axes, values, strict=True)}
        for n in range(whole.sets)
    ]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _batch(
    found: PatternSet,
    calibrating: Sequence[PatternEntry],
    statistics: Mapping[str, Statistic],
    folder: Path,
    executor: Executor,
    reporter: ProgressReporter,
    whole: SetDesign,
    drawn: Sequence[Mapping[str, Any]],
    batch: np.ndarray,
    tolerance: float,
) -> tuple[dict[str, tuple[int, int]], list[int]]:
    """Hold some sets against the patterns, one pattern after the other; what was done before is read.

    Returns
    -------
    dict of str to (int, int), list of int
        Sets that met and that passed each pattern, and numbers of those that passed all.
    """
    record = folder / f"sets-{batch[0]}-{batch[-1]}.json"
    if record.exists():
        kept = json.loads(record.read_text("utf-8"))
        return {name: (met, through) for name, (met, through) in kept["passed"].items()}, kept["kept"]
    beside = folder / record.stem
    alive = batch
    counts: dict[str, tuple[int, int]] = {}
    for pattern in calibrating:
        through = np.empty(0, np.bool_)
        if len(alive):
            points = {"kind": "list", "points": [drawn[number] for number in alive]}
            some = SetDesign(whole.axes, points, len(alive), whole.replications)
            names = worlds_of([pattern], found.worlds)
            _, tables = swept_worlds(found, names, statistics, beside, executor, reporter, some)
            through = judged_sets([pattern], statistics, tables, len(alive), tolerance)[1][pattern.id]
        counts[pattern.id] = (len(alive), int(through.sum()))
        alive = alive[through]
    kept = [int(number) for number in alive]
    make_folder(folder)
    write_file(record, json.dumps({"passed": counts, "kept": kept}).encode())
    # Runs of a batch are a gigabyte; what is asked of them is in the record.
    shutil.rmtree(beside, ignore_errors=True)
    return counts, kept
