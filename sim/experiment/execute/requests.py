"""Requests: begin or continue a run or a sweep, extend it, try again what failed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.engine.replaced_rules import refuse_replaced_rules
from sim.experiment.design.point_table import joined as further_points
from sim.experiment.execute.coordinator import Context, Coordinator, Report
from sim.experiment.execute.executor_protocol import Executor, SerialExecutor, workers_of
from sim.experiment.execute.pilot_estimate import pilot_estimate
from sim.experiment.execute.process_executor import ProcessExecutor
from sim.experiment.execute.read_only_results import report_of_finished
from sim.experiment.store.atomic_files import OutputExistsError, WrongInputError
from sim.experiment.store.batches import Batch, chunk_size
from sim.experiment.store.folder_claim import claimed
from sim.experiment.store.folder_lock import ReadOnlyError, Shard, briefly_locked, locked
from sim.experiment.store.identity import identity, made_with_other, other_experiment
from sim.experiment.store.manifest import RUN, SWEEP, Manifest
from sim.experiment.store.receipts import waiting_retries
from sim.experiment.store.results_folder import MANIFEST, ResultsFolder

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter

_WORTH_A_POOL = 400_000
"""Agencies times quarters (a second or two of work) from which starting workers pays for a run."""
WORTH_WARMING_UP = 24
"""Replications of a run from which it can; below, workers are not even made ready."""


class ChangedError(OutputExistsError):
    """What is in the folder was begun with something else; the message names what."""


class _RunContext(Context):
    """Where one scenario is run: in worker processes only if there is enough to do."""

    def executor_for(self, work: int) -> Executor:
        """The pool, or this process."""
        return self.executor if workers_of(self.executor) > 1 and work > _WORTH_A_POOL else SerialExecutor()


def run(design: Design, path: Path, workers: int, reporter: ProgressReporter) -> Report:
    """Run one scenario, keeping all tables: in an empty folder, or continuing the run that is there.

    Parameters
    ----------
    design : Design
        One point, with every table kept (`sim.experiment.design.run_design`).
    path : Path
        The folder.
    workers : int
        Processes; they start where there is enough to do.

    Raises
    ------
    ChangedError, OutputExistsError, StoreError
        As `sweep`.
    """
    try:
        return _run(design, ResultsFolder(path), workers, reporter)
    except ReadOnlyError as error:
        return _as_it_is(ResultsFolder(path), design, RUN, None, error)


def _run(design: Design, folder: ResultsFolder, workers: int, reporter: ProgressReporter) -> Report:
    path, pool, asked = folder.path, ProcessExecutor(workers), design.file.replications or 1
    context = _RunContext(pool, reporter)
    if workers > 1 and asked >= WORTH_WARMING_UP:
        context.warm_up()
    with contextlib.ExitStack() as held:
        held.callback(pool.shutdown)
        if held.enter_context(claimed(folder)):
            manifest = _continued(folder, design, RUN)
            if asked < manifest.replications:
                there = f"{path} has {manifest.replications:,} replications"
                raise ChangedError(f"{there}, and only {asked:,} are asked for; choose another folder")
            return _reopened(manifest, design, context).conduct()
        # The first replication is a chunk of its own: its work says how to cut the others.
        manifest = Manifest.begin(folder, RUN, design, Batch.product([(0, 0)], 0, 0, 0, 1), 0, None)
        return Coordinator(design, manifest, context).conduct()


def sweep(design: Design, path: Path, context: Context, shard: Shard | None = None) -> Report:
    """Begin a sweep in an empty folder, or continue the one that is there.

    Parameters
    ----------
    design : Design
        What is to be run.
    path : Path
        The folder.
    context : Context
        Where it is computed.
    shard : (int, int), optional
        Do only every n-th chunk, beginning with the i-th: (i, n), 1 <= i <= n.  Shards write into one folder.

    Raises
    ------
    ChangedError
        If the folder holds something that was begun with something else.
    OutputExistsError
        If the folder holds something else, or another program is at work in it.
    StoreError
        If the folder cannot be written.
    ReplacedRuleError
        If a rule was replaced from Python.
    """
    refuse_replaced_rules(kept=True)
    try:
        return _sweep(design, ResultsFolder(path), context, shard)
    except ReadOnlyError as error:
        return _as_it_is(ResultsFolder(path), design, SWEEP, shard, error)


def _as_it_is(folder: ResultsFolder, design: Design, kind: str, shard: Shard | None, error: ReadOnlyError) -> Report:
    """What is in a folder that cannot be written, if that is all that is asked for."""
    if MANIFEST not in folder.holds():
        raise error
    return report_of_finished(_continued(folder, design, kind), design, shard, error)


def _sweep(design: Design, folder: ResultsFolder, context: Context, shard: Shard | None) -> Report:
    path = folder.path
    with claimed(folder, shard) as there:
        context.warm_up()
        begun = None if there else _begun(folder, design, context, shard)
        if begun is not None:
            return Coordinator(design, begun, context, shard).conduct()
        manifest = _continued(folder, design, SWEEP)
        _refuse_more_replications(manifest, design)
        if manifest.values["shards"] != (None if shard is None else shard[1]):
            before = manifest.values["shards"]
            how = f"in {before} shards" if before else "as a whole sweep"
            raise ChangedError(f"{path} was begun {how}; continue it so, or choose another folder")
        return _reopened(manifest, design, context, shard).conduct()


def _begun(folder: ResultsFolder, design: Design, context: Context, shard: Shard | None) -> Manifest | None:
    """Try one run, cut the rest by its size, and write everything down, unless another shard has done so."""
    points = design.table()
    work = pilot_estimate(design, points, context.executor, context.reporter)
    asked = design.file.precision
    each = asked.first if asked is not None else design.file.replications or 1
    size = chunk_size(points.num_rows * each, work)
    batch = Batch.product([(0, points.num_rows - 1)], 0, each - 1, 0, size)
    with briefly_locked(folder.path) if shard else contextlib.nullcontext():
        there = (folder.path / MANIFEST).exists()
        return None if there else Manifest.begin(folder, SWEEP, design, batch, work, shard)


def _continued(folder: ResultsFolder, design: Design, kind: str | None = None, growing: bool = False) -> Manifest:
    """The manifest that is there, if it may be continued with what we are now; nothing is written yet."""
    manifest, path = Manifest.read(folder, complete=True), folder.path
    if kind is not None and manifest.kind != kind:
        raise ChangedError(f"{path} holds a {manifest.kind}, not a {kind}; choose another folder")
    before, here = manifest.values["identity"], identity(design)
    other = other_experiment(before, here, growing=growing)
    if other:
        more = "" if kind == RUN else "; further points are added with 'sim extend'"
        raise ChangedError(f"{path} holds another {manifest.kind}: {'; '.join(other)}. Choose another folder{more}")
    different = made_with_other(before, here)
    if different:
        raise ChangedError(
            f"{path} was begun with something else: {'; '.join(different)}. Start anew in another folder, or "
            f"go on with what it was begun with: {_made_with(manifest)}"
        )
    return manifest


def _made_with(manifest: Manifest) -> str:
    found = manifest.values["versions"]
    commit = (manifest.values["git"] or {}).get("commit")
    version = f"social-work-sim {found['social-work-sim']}" + (f" at commit {commit}" if commit else "")
    return f"{version}, Python {found['python']}, numba {found['numba']}, numpy {found['numpy']}"


def _reopened(manifest: Manifest, design: Design, context: Context, shard: Shard | None = None) -> Coordinator:
    """Let chunks be done again whose files are missing or damaged, and note that a program is at work."""
    repaired = manifest.folder.forget_spoiled(manifest.ours(shard) & manifest.folder.done())
    repaired += manifest.repair_files(design)
    # What is printed, how exact it shall be: parts of the file that may change.
    manifest.open(design=design.dump())
    return Coordinator(design, manifest, context, shard, Report(repaired=repaired))


def _refuse_more_replications(manifest: Manifest, design: Design) -> None:
    """Refuse to go on as if all was well where the experiment asks for more replications than were ordered."""
    asked, there = design.file.replications, manifest.replications
    if asked is not None and asked > there:
        path = manifest.folder.path
        raise ChangedError(
            f"the sweep in {path} has {there:,} replications of each point, and the experiment asks for {asked:,}; "
            f"add them with: sim extend {path} --replications {asked}"
        )


@contextlib.contextmanager
def _locked_manifest(path: Path, design: Design, growing: bool = False) -> Iterator[Manifest]:
    """The manifest of a folder that is locked and may be given more to do; nothing is written yet."""
    folder = ResultsFolder(path)
    # Whose folder it is, before a lock is left in it.
    folder.read_manifest(complete=True)
    with locked(path):
        yield _continued(folder, design, growing=growing)


def retry(path: Path, design: Design, context: Context) -> Report:
    """Run again what failed, and nothing else; what succeeds joins the results.

    Raises
    ------
    WrongInputError
        If the folder holds no results.
    ChangedError, OutputExistsError
        As for `sweep`.
    """
    with _locked_manifest(path, design) as manifest:
        coordinator = _reopened(manifest, design, context)
        # A try that was interrupted is continued: a run that is ordered twice would count twice.
        waiting = waiting_retries(manifest.batches, manifest.folder.done())
        failures = ((failure.point, failure.replication) for failure in manifest.open_failures(manifest.receipts()))
        failed = [run for run in failures if run not in waiting]
        context.warm_up()
        if failed:
            manifest.add(manifest.behind(Batch.of_runs(failed)))
        return coordinator.conduct(again=True)


def extend(path: Path, design: Design, context: Context, replications: int | None = None) -> Report:
    """Add points or replications to a sweep; what is there stays as it is.

    Parameters
    ----------
    path : Path
        Its folder.
    design : Design
        The design as it shall be: its table may hold more points than the folder's.
    context : Context
        Where it is computed.
    replications : int, optional
        Replications that every point shall have.

    Raises
    ------
    WrongInputError
        If there is nothing to add, or the new table of points does not hold the old one.
    ChangedError, OutputExistsError
        As for `sweep`.
    """
    with _locked_manifest(path, design, growing=True) as manifest:
        if design.file.precision is not None:
            raise WrongInputError("a sweep to a precision grows by itself; ask for a narrower width and sweep again")
        if manifest.kind == RUN:
            raise WrongInputError(f"{path} holds a run; 'sim run' with more replications extends it")
        # Behind what is ordered there may be points of an extension that was killed before its order; they go.
        points = further_points(manifest.read_points().slice(0, manifest.points), design.table())
        batches = _further(manifest, points.num_rows, replications)
        if not batches and not manifest.progress(manifest.receipts()).open:
            raise WrongInputError(
                f"this adds nothing: the sweep in {path} has these {points.num_rows:,} points and "
                f"{manifest.replications:,} replications of each"
            )
        repaired = manifest.folder.forget_spoiled(manifest.folder.done())
        context.warm_up()
        if batches:
            manifest.describe(design, points)
        manifest.open()
        manifest.add(*batches)
        return Coordinator(design, manifest, context, report=Report(repaired=repaired)).conduct()


def _further(manifest: Manifest, points: int, replications: int | None) -> list[Batch]:
    """Batches that bring a sweep to so many points and replications; none where it has them."""
    known, now = manifest.points, manifest.replications
    wanted = max(replications or now, now)
    before = [stretch for batch in manifest.batches if batch.first == 0 for stretch in batch.points]
    batches: list[Batch] = []
    if points > known:
        batches.append(manifest.behind(Batch.product([(known, points - 1)], 0, wanted - 1)))
    if wanted > now:
        batches.append(manifest.behind(Batch.product(before, now, wanted - 1), *batches))
    return batches
