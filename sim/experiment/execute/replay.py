"""One run of a sweep once more, by itself, with everything that it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.execute.run_chunk import replication_seed
from sim.experiment.store.atomic_files import WrongInputError
from sim.experiment.store.earlier_versions import Past, past_of
from sim.experiment.store.sweep_manifest import SweepManifest

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.store.sweep_folder import Archive
    from sim.run import RunResult


def ask_for(archive: Archive, point: int, replication: int) -> Past:
    """How it was when a run of the sweep was made.

    Raises
    ------
    WrongInputError
        If it has no such point, or not so many replications of it.
    """
    manifest = SweepManifest.read(archive)
    points = archive.design()
    if not 0 <= point < points.num_rows:
        raise WrongInputError(f"there is no point {point}; the sweep has points 0 to {points.num_rows - 1}")
    if not manifest.holds(point, replication):
        raise WrongInputError(f"the sweep has no replication {replication} of point {point}; they count from 0")
    return past_of(manifest, point, replication)


def replay(archive: Archive, design: Design, point: int, replication: int) -> RunResult:
    """Run a point with the luck of a replication, here and now; errors are raised as they come.

    Parameters
    ----------
    archive : Archive
        The sweep.
    design : Design
        Its design when the run was made (`ask_for`).
    point, replication : int
        Which run.

    Returns
    -------
    Record
        With ledger and panel, whatever the sweep keeps.

    Raises
    ------
    WrongInputError
        If the sweep has no such run.
    """
    from sim.run import simulate

    ask_for(archive, point, replication)
    seed = replication_seed(int(archive.manifest()["seed"]), replication)
    return simulate(design.compiled(design.row(archive.design(), point)), seed)
