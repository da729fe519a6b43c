"""Paired samples: values of the runs of points, and points compared over the replications that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.results.result_arrays import ResultArrays
from sim.statistics.paired_differences import Numbers, Pairs, compare

if TYPE_CHECKING:
    import numpy.typing as npt

_NAMES = {"base": "base_median", "other": "other_median", "low": "ci_low", "high": "ci_high"}


def pair_columns(compared: Sequence[Pairs]) -> dict[str, npt.NDArray[Any]]:
    """Pairs of points below each other as columns of a table."""
    names = [field.name for field in fields(Pairs)]
    return {_NAMES.get(name, name): np.concatenate([getattr(pairs, name) for pairs in compared]) for name in names}


@dataclass(frozen=True)
class PairedSamples:
    """Values of runs, sorted by point and replication.

    Attributes
    ----------
    first : int array, shape (points + 1,)
        Where the runs of each point begin; the last is the number of runs.
    replication : int array, shape (runs,)
        Replication of each run.
    values : float array, shape (runs, outcomes)
        Their results.
    """

    first: npt.NDArray[np.int64]
    replication: npt.NDArray[np.int64]
    values: Numbers

    @classmethod
    def of(cls, results: ResultArrays, outcomes: Sequence[str], measure: str) -> PairedSamples:
        """Read outcomes of all runs."""
        order = np.lexsort((results.index["replication"], results.index["point"]))
        values = np.empty((len(order), len(outcomes)))
        for n, (_, found) in enumerate(results.values(outcomes, measure)):
            values[:, n] = found[order]
        first = np.concatenate([[0], np.cumsum(results.groups.runs)])
        return cls(first, results.index["replication"][order], values)

    def pairs(self, base: int, other: int, confidence: float) -> Pairs:
        """Compare two points over the replications that both have."""
        return self.compared((other, base), confidence)

    def against(self, other: PairedSamples, point: int, other_point: int, confidence: float) -> Pairs:
        """Compare a point of other samples with one of these, over the replications that both have."""
        (first, one), (second, two) = self._runs(point), other._runs(other_point)
        shared = np.intersect1d(first, second)
        return compare(one[np.isin(first, shared)], two[np.isin(second, shared)], confidence)

    def _runs(self, point: int) -> tuple[npt.NDArray[np.int64], Numbers]:
        """Replications of a point, and their values."""
        part = slice(self.first[point], self.first[point + 1])
        return self.replication[part], self.values[part]

    def compared(self, points: Sequence[int], confidence: float) -> Pairs:
        """Compare a point and its base, or the differences of two such pairs, over the replications that all have."""
        runs = [self._runs(point) for point in points]
        shared = reduce(np.intersect1d, [replication for replication, _ in runs])
        found = [values[np.isin(replication, shared)] for replication, values in runs]
        if len(found) == len(("point", "base")):
            return compare(found[1], found[0], confidence)
        return compare(found[2] - found[3], found[0] - found[1], confidence)
