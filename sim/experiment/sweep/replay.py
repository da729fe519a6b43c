"""One run of a sweep once more, by itself, with everything that it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.chunk import replication_seed
from sim.experiment.files import WrongInputError
from sim.experiment.sweep.logbook import Logbook
from sim.experiment.sweep.past import Past, past_of

if TYPE_CHECKING:
    from sim.experiment.design import Design
    from sim.experiment.sweep.archive import Archive
    from sim.record import Record


def ask_for(archive: Archive, point: int, replication: int) -> Past:
    """How it was when a run of the sweep was made.

    Raises
    ------
    WrongInputError
        If it has no such point, or not so many replications of it.
    """
    logbook = Logbook.read(archive)
    points = archive.design()
    if not 0 <= point < points.num_rows:
        raise WrongInputError(f"there is no point {point}; the sweep has points 0 to {points.num_rows - 1}")
    if not logbook.holds(point, replication):
        raise WrongInputError(f"the sweep has no replication {replication} of point {point}; they count from 0")
    return past_of(logbook, point, replication)


def replay(archive: Archive, design: Design, point: int, replication: int) -> Record:
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
    from sim.record import simulate

    ask_for(archive, point, replication)
    seed = replication_seed(int(archive.manifest()["seed"]), replication)
    return simulate(design.blueprint(design.row(archive.design(), point)), seed)
