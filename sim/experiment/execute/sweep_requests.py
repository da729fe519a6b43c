"""What can be asked of a sweep: begin it or take it up again, extend it, try again what failed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.design.point_table import joined as further_points
from sim.experiment.execute.batches import Batch, chunk_size
from sim.experiment.execute.executor_protocol import Engine
from sim.experiment.execute.pilot_estimate import fly
from sim.experiment.execute.sweep_coordinator import Report, SweepCoordinator
from sim.experiment.store.atomic_files import TEMPORARY, WrongInputError
from sim.experiment.store.identity_changes import changes, identity, other_runs
from sim.experiment.store.run_folder import COLUMNS, MANIFEST, OutputExistsError, chosen_folder
from sim.experiment.store.sweep_columns import column_notes
from sim.experiment.store.sweep_folder import DESIGN, LOCK, Archive
from sim.experiment.store.sweep_manifest import SweepManifest

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter


class ChangedError(OutputExistsError):
    """The sweep in the folder was begun with something else; the message names what."""


@dataclass(frozen=True)
class Crew:
    """Who works at a sweep, and who is told.

    Attributes
    ----------
    engine : Engine
        Does the work.
    watcher : ProgressReporter
        Is told.
    allow_changed : bool
        Whether to go on although sources, packages or scenarios have changed since the sweep began.
    """

    engine: Engine
    watcher: ProgressReporter
    allow_changed: bool = False


def sweep(design: Design, path: Path, crew: Crew, shard: tuple[int, int] | None = None) -> Report:
    """Begin a sweep in an empty folder, or go on with the one that is there.

    Parameters
    ----------
    design : Design
        What is to be run.
    path : Path
        The folder.
    crew : Crew
        Who does it.
    shard : (int, int), optional
        Do only every n-th chunk, beginning with the i-th: (i, n), 1 <= i <= n.

    Raises
    ------
    ChangedError
        If the folder holds a sweep that was begun with something else.
    OutputExistsError
        If the folder holds something else, or another sweep is at work in it.
    StoreError
        If the folder cannot be written.
    """
    archive = Archive(path)
    if (path / MANIFEST).exists():
        # Whose folder it is, before a lock is left in it.
        archive.manifest()
    elif not _never_begun(path):
        chosen_folder(path)
    with archive.locked():
        if (path / MANIFEST).exists():
            manifest = _read(archive, design, crew)
            _ask_for_extension(manifest, design)
            if (manifest.values["shard"] or None) != (None if shard is None else list(shard)):
                raise ChangedError(f"{path} was begun as {_shard_words(manifest)}; choose another folder")
            # What is printed, how exact it shall be: parts of the file that may change.
            manifest.describe(design)
            manifest.open()
            crew.engine.warm_up()
        else:
            manifest = _begun(archive, design, crew, shard)
        return SweepCoordinator(design, archive, manifest, crew.engine, crew.watcher).conduct()


def _never_begun(path: Path) -> bool:
    """Whether a sweep ended in the folder before its first entry, so that nothing is lost there."""
    try:
        names = {name for name in os.listdir(path) if not name.startswith(TEMPORARY)}
    except OSError:
        return False
    return LOCK in names and names <= {LOCK, DESIGN, COLUMNS}


def _begun(archive: Archive, design: Design, crew: Crew, shard: tuple[int, int] | None) -> SweepManifest:
    """Try one run, cut the rest by its size, and write everything down."""
    crew.engine.warm_up()
    points = design.table()
    pilot = fly(design, points, crew.engine, crew.watcher)
    asked = design.file.precision
    each = asked.first if asked is not None else design.file.replications or 1
    runs = points.num_rows * each
    batch = Batch.product([(0, points.num_rows - 1)], 0, each - 1, 0, chunk_size(runs, pilot.work))
    archive.write_design(points)
    archive.write_json(COLUMNS, column_notes(design))
    return SweepManifest.begin(archive, design, batch, pilot.work, shard)


def _read(archive: Archive, design: Design, crew: Crew, growing: bool = False) -> SweepManifest:
    """The logbook of the sweep that is there, if it may go on with what we are now; nothing is written yet."""
    manifest = SweepManifest.read(archive)
    before, here = manifest.values["identity"], identity(design)
    other = other_runs(before, here, growing=growing)
    if other:
        raise ChangedError(
            f"the sweep in {archive.path} is of another experiment: {'; '.join(other)}. "
            "Choose another folder; further points are added with 'sim extend'"
        )
    different = changes(before, here, growing=growing)
    if different and not crew.allow_changed:
        raise ChangedError(
            f"the sweep in {archive.path} was begun with something else: {'; '.join(different)}. "
            "Choose another folder, or go on with --allow-changed, which is written down in its manifest"
        )
    if different:
        manifest.note_changes(different, design)
    return manifest


def _ask_for_extension(manifest: SweepManifest, design: Design) -> None:
    """Refuse to go on as if all was well where the experiment asks for more replications than were ordered."""
    there = _replications(manifest)
    asked = design.file.replications
    if asked is not None and asked > there:
        path = manifest.archive.path
        raise ChangedError(
            f"the sweep in {path} has {there:,} replications of each point, and the experiment asks for {asked:,}; "
            f"add them with: sim extend {path} --replications {asked}"
        )


def _shard_words(manifest: SweepManifest) -> str:
    shard = manifest.values["shard"]
    return "a whole sweep" if shard is None else f"shard {shard[0]}/{shard[1]}"


@contextlib.contextmanager
def reopened(path: Path, design: Design, crew: Crew, growing: bool = False) -> Iterator[SweepCoordinator]:
    """The sweep of a folder, locked and ready to be given more to do; nothing is written yet.

    Raises
    ------
    WrongInputError
        If the folder holds no sweep.
    ChangedError, OutputExistsError
        As for `sweep`.
    """
    archive = Archive(path)
    archive.manifest()
    with archive.locked():
        manifest = _read(archive, design, crew, growing)
        yield SweepCoordinator(design, archive, manifest, crew.engine, crew.watcher)


def retry(path: Path, design: Design, crew: Crew) -> Report:
    """Run again what failed, and nothing else; what succeeds joins the results."""
    with reopened(path, design, crew) as conductor:
        manifest = conductor.manifest
        # A try that was interrupted is gone on with: a run that is ordered twice would count twice.
        waiting = manifest.waiting()
        failures = ((failure.point, failure.replication) for failure in manifest.open_failures())
        failed = [run for run in failures if run not in waiting]
        crew.engine.warm_up()
        manifest.open()
        if failed:
            manifest.add(Batch.of_runs(failed, manifest.next_chunk, manifest.size_for(len(failed))))
        return conductor.conduct(again=True)


def extend(path: Path, design: Design, crew: Crew, replications: int | None = None) -> Report:
    """Add points or replications to a sweep; what is there stays as it is.

    Parameters
    ----------
    path : Path
        Its folder.
    design : Design
        The design as it shall be: its table may hold more points than the folder's.
    crew : Crew
        Who does it.
    replications : int, optional
        How many each point shall have; as many as now by default.

    Raises
    ------
    WrongInputError
        If the sweep cannot be extended, or this would add nothing and nothing is left to do.
    """
    with reopened(path, design, crew, growing=True) as conductor:
        manifest, archive = conductor.manifest, conductor.archive
        if manifest.values["shard"] is not None:
            raise WrongInputError("a shard cannot be extended; merge the shards first")
        if design.file.precision is not None:
            raise WrongInputError("a sweep to a precision grows by itself; ask for a narrower width and sweep again")
        # Behind what is ordered there may be points of an extension that was killed before its order; they go.
        points = further_points(archive.design().slice(0, _known(manifest)), design.table())
        batches = _further(manifest, points.num_rows, replications)
        standing = manifest.standing()
        if not batches and standing.done + standing.failed == standing.runs:
            there = _replications(manifest)
            raise WrongInputError(
                f"this adds nothing: the sweep in {path} has these {points.num_rows:,} points and {there:,} "
                "replications of each"
            )
        crew.engine.warm_up()
        if batches:
            archive.write_design(points)
            manifest.describe(design)
        manifest.open()
        manifest.add(*batches)
        return conductor.conduct()


def _further(manifest: SweepManifest, points: int, replications: int | None) -> list[Batch]:
    """Batches that bring a sweep to so many points and replications; none where it has them."""
    known = _known(manifest)
    now = _replications(manifest)
    wanted = max(replications or now, now)
    before = [stretch for batch in manifest.batches if batch.first == 0 for stretch in batch.points]
    batches = []
    chunk = manifest.next_chunk
    if points > known:
        size = manifest.size_for((points - known) * wanted)
        batches.append(Batch.product([(known, points - 1)], 0, wanted - 1, chunk, size))
        chunk = batches[0].next_chunk
    if wanted > now:
        size = manifest.size_for(sum(last - first + 1 for first, last in before) * (wanted - now))
        batches.append(Batch.product(before, now, wanted - 1, chunk, size))
    return batches


def _known(manifest: SweepManifest) -> int:
    """Points that are ordered."""
    return 1 + max(last for batch in manifest.batches for _, last in batch.points)


def _replications(manifest: SweepManifest) -> int:
    """Replications that every point has."""
    return 1 + max(batch.last for batch in manifest.batches)
