"""World runs: the sweep of each world in a folder of its own, made once, kept, and gone on with.

The name of a folder ends in a digest of all that decides its numbers: rules, scenario, length and kept columns.  So
runs of other rules or of another scenario are never mixed; they stay where they are, in another folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.experiment.design.experiment_file import Keep
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context, Report
from sim.experiment.store.atomic_files import StoreError, WrongInputError, fitting
from sim.experiment.store.identity import identity
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.receipts import Failure
from sim.experiment.store.results_folder import MANIFEST, ResultsFolder
from sim.validation.worlds_progress import WorldsProgress

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter
    from sim.validation.world_loading import World

_DIGEST_BYTES = 6
_FOREIGN = re.compile(r"[^A-Za-z0-9]+")


class WorldsInterruptedError(KeyboardInterrupt):
    """The runs were interrupted; says how many are kept."""

    def __init__(self, done: int, runs: int) -> None:
        super().__init__(f"{done:,} of {runs:,} runs are kept")


@dataclass(frozen=True)
class WorldRuns:
    """Runs of a world.

    Attributes
    ----------
    world : World
        What was run.
    design : Design
        As a sweep of one point.
    folder : ResultsFolder
        Where the runs are.
    """

    world: World
    design: Design
    folder: ResultsFolder

    @property
    def asked(self) -> int:
        """Replications that are asked for."""
        return self.design.file.replications or 1

    def manifest(self) -> Manifest | None:
        """What is in the folder; None where nothing was begun."""
        if not (self.folder.path / MANIFEST).exists():
            return None
        return Manifest.read(self.folder, complete=True)

    def done(self) -> npt.NDArray[np.int64]:
        """Replications that ended, of those asked for, in ascending order; shape (runs,)."""
        manifest = self.manifest()
        receipts = {} if manifest is None else manifest.receipts()
        found: set[int] = set()
        for batch in () if manifest is None else manifest.batches:
            for number in receipts.keys() & set(batch.numbers):
                failed = {failure.replication for failure in receipts[number].failures}
                found |= {replication for _, replication in batch.chunk_at(number).runs} - failed
        return np.array(sorted(each for each in found if each < self.asked), np.int64)

    def damaged(self) -> bool:
        """Whether files of its runs are missing or damaged; making the runs makes them again."""
        manifest = self.manifest()
        try:
            chunks = [] if manifest is None else list(manifest.receipts())
        except StoreError:
            return True
        return any(lines for _, _, lines in self.folder.inspected(chunks, footers_suffice=True))

    def failures(self) -> list[Failure]:
        """Replications that failed and have not succeeded since, of those asked for."""
        manifest = self.manifest()
        failed = [] if manifest is None else manifest.open_failures(manifest.receipts())
        return [each for each in failed if each.replication < self.asked]

    def settled(self) -> int:
        """How many of the replications asked for have ended or failed."""
        return len(self.done()) + len(self.failures())


def plan_world(world: World, keep: Keep, out: Path, called: str, replications: int | None = None) -> WorldRuns:
    """Say where the runs of a world are, or will be.

    Parameters
    ----------
    world : World
        What is run.
    keep : Keep
        What is kept of a run.
    out : Path
        Folder of the validation.
    called : str
        Begins the name of the folder: the first world that is run as this one.
    replications : int, optional
        Instead of the world's own number.
    """
    design = world.design(keep, replications or world.replications)
    text = json.dumps(identity(design), sort_keys=True).encode()
    ending = f"-{hashlib.blake2b(text, digest_size=_DIGEST_BYTES).hexdigest()}"
    there = sorted(out.glob(f"*{ending}"))
    slug = _FOREIGN.sub("-", called).strip("-").lower() or "world"
    return WorldRuns(world, design, ResultsFolder(there[0] if there else out / fitting(slug, ending)))


def other_runs(runs: WorldRuns, out: Path) -> list[Path]:
    """Folders with runs of a world of this name that were made with other rules, scenario or tables."""
    stem, _, _ = runs.folder.path.name.rpartition("-")
    pattern = f"{stem}-{'[0-9a-f]' * 2 * _DIGEST_BYTES}"
    return [path for path in sorted(out.glob(pattern)) if path != runs.folder.path]


def make_runs(
    all_runs: Sequence[WorldRuns],
    executor: Executor,
    reporter: ProgressReporter,
    say: Callable[[str], None],
    reused: Callable[[str], None] | None = None,
) -> dict[str, Report]:
    """Do what is left of the runs of all worlds.

    Parameters
    ----------
    all_runs : sequence of WorldRuns
        The worlds; those that share a folder are run once, as often as the one that asks for most.
    executor : Executor
        Computes.
    reporter : ProgressReporter
        Is called as runs get on, over all worlds together.
    say : callable
        Takes a line on what is reused, done again or stopped.
    reused : callable, optional
        Takes the lines on what is reused instead.

    Returns
    -------
    dict of str to Report
        How each sweep ended, by folder, of those that had something to do.

    Raises
    ------
    WorldsInterruptedError
        If the runs were interrupted; what is done stays.
    StoreError
        If a folder cannot be written; what is done stays.
    """
    every = _by_folder(all_runs)
    settled = {path: 0 if runs.damaged() else runs.settled() for path, runs in every.items()}
    total = sum(runs.asked for runs in every.values())
    for path, runs in every.items():
        if settled[path]:
            (reused or say)(f"{runs.world.name}: {settled[path]:,} of {runs.asked:,} runs are there already, in {path}")
    left = [runs for path, runs in every.items() if settled[path] < runs.asked]
    progress = WorldsProgress(reporter, total, sum(settled.values()))
    reports = {}
    for runs in left:
        reports[str(runs.folder.path)] = report = _make(runs, Context(executor, progress))
        for line in report.repaired:
            say(f"{runs.world.name}: done again: {line.partition(';')[0]}")
        if report.status == "stopped":
            say(f"{runs.world.name}: stopped after {report.failed:,} failures; {report.done:,} runs are there")
        if report.status == "interrupted":
            raise WorldsInterruptedError(sum(each.settled() for each in every.values()), total)
    return reports


def _by_folder(all_runs: Iterable[WorldRuns]) -> Mapping[Path, WorldRuns]:
    """Of worlds that share a folder the one that asks for most runs."""
    every: dict[Path, WorldRuns] = {}
    for runs in all_runs:
        before = every.get(runs.folder.path)
        if before is None or before.asked < runs.asked:
            every[runs.folder.path] = runs
    return every


def _make(runs: WorldRuns, context: Context) -> Report:
    """Begin the sweep of a world, go on with it, or add replications to it."""
    manifest = runs.manifest()
    path = runs.folder.path
    if manifest is not None and manifest.replications < runs.asked:
        return requests.extend(path, runs.design, context, runs.asked)
    return requests.sweep(runs.design, path, context)


def check_out(out: Path) -> None:
    """See that the folder of the validation is one, or can be made.

    Raises
    ------
    WrongInputError
        If a file stands there.
    """
    if out.exists() and not out.is_dir():
        raise WrongInputError(f"{out} is no folder; choose another one with --out")
