"""Read-only results: a run or sweep that is complete is reported as it is where its folder cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.execute import precision_check
from sim.experiment.execute.coordinator import Report
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.folder_lock import ReadOnlyError, Shard
from sim.experiment.store.manifest import RUN, Manifest
from sim.experiment.store.results_folder import COLUMNS, DESIGN

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design


def report_of_finished(manifest: Manifest, design: Design, shard: Shard | None, error: ReadOnlyError) -> Report:
    """How far a folder is that cannot be written, if nothing is left to do in it; its files are checked.

    Raises
    ------
    ReadOnlyError
        If anything is left to do.
    StoreError
        If a file is missing or damaged.
    """
    progress = manifest.progress(manifest.receipts(), shard)
    wanted = design.file.replications or 1
    if progress.open or wanted > manifest.replications:
        raise error
    wide = 0
    if manifest.kind != RUN and design.file.precision is not None:
        found = precision_check.next_round(design, manifest)
        if found.batch is not None:
            raise error
        wide = found.wide
    for name in (DESIGN, COLUMNS):
        manifest.check_file(name)
    for _, _, lines in manifest.folder.inspected(manifest.ours(shard), footers_suffice=True):
        for line in lines:
            raise StoreError(line)
    status = "failed" if progress.failed else "complete"
    return Report(status, progress.runs, progress.done, progress.failed, wide=wide, read_only=True)
