"""Parameter reach: how far outcomes of a run reach under other sets of parameters, where its folder holds such runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.experiment.results.figure_data.point_series import kept_by_quarter, read_point_series
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.results_folder import UNCERTAINTY
from sim.statistics.replication_bands import band

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


class ParameterReach(NamedTuple):
    """How far outcomes reach.

    Attributes
    ----------
    ends : dict of str to (float array, float array)
        Outcome -> lower and upper ends by quarter of the middle 80 % of the runs.
    sets, runs : int
        Sets of parameters, and runs under them in all.
    """

    ends: dict[str, tuple[Numbers, Numbers]]
    sets: int = 0
    runs: int = 0


def parameter_reach(results: ResultArrays, outcomes: Iterable[str]) -> ParameterReach:
    """Read how far outcomes reach, of those that the runs under other sets of parameters keep by quarter.

    Raises
    ------
    StoreError
        If the folder of these runs cannot be read.
    """
    if not (results.path / UNCERTAINTY).is_dir():
        return ParameterReach({})
    runs = ResultArrays.open(results.path / UNCERTAINTY)
    kept = kept_by_quarter(runs)
    names = [name for name in dict.fromkeys(outcomes) if name in kept]
    if not names:
        return ParameterReach({})
    series = read_point_series(runs, names)
    bands = {name: band(np.vstack([each.values[name] for each in series])) for name in names}
    return ParameterReach({name: (each.p10, each.p90) for name, each in bands.items()}, runs.points.num_rows, runs.done)
