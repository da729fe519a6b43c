"""Replay of one run of a results folder, by itself, with everything that it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.execute.result_collector import ResultCollector
from sim.experiment.store.atomic_files import OutputExistsError, WrongInputError
from sim.experiment.store.batches import Batch, replication_seed
from sim.experiment.store.folder_claim import claimed
from sim.experiment.store.manifest import SWEEP, Manifest
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.receipts import Receipt
from sim.experiment.store.results_folder import ResultsFolder

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.run import RunResult


def replay(folder: ResultsFolder, point: int, replication: int, out: Path | None = None) -> RunResult:
    """Run a point with the seed of a replication, here and now; errors are raised as they come.

    Parameters
    ----------
    folder : ResultsFolder
        A run, comparison or sweep.
    point, replication : int
        Which run.
    out : Path, optional
        An empty or new folder for all tables of the run.

    Returns
    -------
    RunResult
        With ledger and panel, whatever the folder keeps.

    Raises
    ------
    WrongInputError
        If there is no such run.
    OutputExistsError
        If something is in `out`, or another program is at work there.
    """
    from sim.experiment.design.experiment_loading import restored
    from sim.run import simulate

    manifest = Manifest.read(folder, complete=True)
    points = manifest.read_points()
    if not 0 <= point < points.num_rows:
        raise WrongInputError(f"there is no point {point}; there are points 0 to {points.num_rows - 1}")
    if not any((point, replication) in batch for batch in manifest.batches):
        raise WrongInputError(f"there is no replication {replication} of point {point}; they count from 0")
    design = restored(manifest.values["design"])
    seed = replication_seed(design.file.seed, replication)
    compiled = design.compiled(design.row(points, point))
    if out is None:
        return simulate(compiled, seed)
    kept = ResultsFolder(out)
    with claimed(kept) as there:
        if there:
            raise OutputExistsError(f"{out} is not empty; nothing is overwritten, so choose another folder")
        result = simulate(compiled, seed)
        _keep(kept, design, (point, replication), result)
    return result


def _keep(folder: ResultsFolder, design: Design, run: tuple[int, int], result: RunResult) -> None:
    """Write a run as a folder of its own, of which this is the only one that is asked for."""
    from sim.output.table_columns import TABLES

    keep = design.file.keep.model_copy(update={"tables": list(TABLES), "columns": {}})
    whole = replace(design, file=design.file.model_copy(update={"keep": keep}))
    point, replication = run
    batch = Batch.product([(point, point)], replication, replication)
    manifest = Manifest.begin(folder, SWEEP, whole, batch, 0, None)
    collector = ResultCollector(whole, PartWriter(folder.path, 0))
    collector.keep(run, result)
    folder.write_receipt(Receipt(0, 1, (), collector.work, collector.publish()))
    manifest.close("complete")
