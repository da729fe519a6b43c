"""One run of a sweep once more, by itself, with everything that it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.chunk import replication_seed
from sim.experiment.files import StoreError

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.sweep.archive import Archive
    from sim.record import Record


def replay(archive: Archive, design: Design, point: int, replication: int) -> Record:
    """Run a point with the luck of a replication, here and now; errors are raised as they come.

    Parameters
    ----------
    archive : Archive
        The sweep.
    design : Design
        Its design.
    point, replication : int
        Which run.

    Returns
    -------
    Record
        With ledger and panel, whatever the sweep keeps.

    Raises
    ------
    StoreError
        If the sweep has no such point.
    """
    from sim.record import simulate

    points = archive.design()
    if not 0 <= point < points.num_rows:
        raise StoreError(f"there is no point {point}; the sweep has points 0 to {points.num_rows - 1}")
    seed = replication_seed(int(archive.manifest()["seed"]), replication)
    return simulate(design.blueprint(points.slice(point, 1).to_pylist()[0]), seed)
