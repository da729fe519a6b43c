"""Comparison results: points of a sweep compared run by run, and the effect of one factor in a grid.

::

    comparison = Comparison.of(Results.open("results/two-cities"))
    comparison.table().query("outcome == 'closures'")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError, unknown
from sim.scenario.reading.combined_files import SIGN
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.paired_differences import Numbers, Pairs, compare

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd


@dataclass(frozen=True)
class Against:
    """One point against the base.

    Attributes
    ----------
    label : str
        What is different about it.
    point : int
        Its number.
    pairs : Pairs
        Outcome by outcome.
    """

    label: str
    point: int
    pairs: Pairs


@dataclass(frozen=True)
class Comparison:
    """Some points against one.

    Attributes
    ----------
    base : str
        What the others are compared with.
    others : tuple of Against
        The others.
    outcomes : tuple of str
        Names, in the order of the pairs' arrays.
    measure : str
        What stands for a run, as in `Results.summary`.
    confidence : float
        Of the intervals, 0 to 1.
    quarters : int, optional
        Length of the longest run; None where that is not known.
    joint : tuple of Against
        Of files that were combined (``a+b``): what they do together beyond what each does by itself, the difference of
        the differences (a+b against b) and (a against the base).
    """

    base: str
    others: tuple[Against, ...]
    outcomes: tuple[str, ...]
    measure: str = "year"
    confidence: float = CONFIDENCE
    quarters: int | None = None
    joint: tuple[Against, ...] = ()

    @classmethod
    def of(
        cls,
        results: ResultArrays,
        outcomes: str | Iterable[str] | None = None,
        measure: str = "year",
        confidence: float = CONFIDENCE,
        base: int = 0,
    ) -> Comparison:
        """Compare every other point of a sweep with one.

        Parameters
        ----------
        results : ResultArrays
            The sweep.
        outcomes : str or iterable of str, optional
            Which; all by default.
        measure : str
            As in `Results.summary`.
        confidence : float
            Of the intervals, 0 to 1.
        base : int
            The point that the others are compared with.

        Raises
        ------
        QueryError
            If there is no such point, outcome or measure.
        StoreError
            If nothing is kept yet, or a file is damaged.
        """
        points = range(results.points.num_rows)
        if base not in points:
            raise unknown("point", base, map(str, points))
        chosen = results.chosen(outcomes)
        samples = _Samples.of(results, chosen, measure)
        labels = point_labels(results)
        others = tuple(
            Against(labels[point], point, samples.pairs(base, point, confidence)) for point in points if point != base
        )
        joint = tuple(
            Against(labels[points[0]], points[0], samples.compared(points, confidence))
            for points in _combinations(labels, base)
        )
        return cls(labels[base], others, tuple(chosen), measure, confidence, results.quarters, joint)

    def table(self) -> pd.DataFrame:
        """A row per point and outcome.

        Returns
        -------
        DataFrame
            `point`, `other` (its label), `outcome`, `unit`, and, as in `Pairs`, `n` and
            `dropped` pairs, the medians `base_median` and `other_median`, the mean `difference` with `ci_low` and
            `ci_high`, the shares `rose` and `fell`, and `saving`, the runs that the pairing saved, as a factor.
        """
        import pandas as pd

        units = {outcome.name: outcome.unit for outcome in SECTOR}
        if not self.others:
            return pd.DataFrame()
        labels = [
            {"point": other.point, "other": other.label, "outcome": name, "unit": units.get(name, "")}
            for other in self.others
            for name in self.outcomes
        ]
        numbers = pd.DataFrame(_columns([other.pairs for other in self.others]))
        return pd.concat([pd.DataFrame(labels), numbers], axis=1)


def _combinations(labels: Sequence[str], base: int) -> list[tuple[int, ...]]:
    """Points of two files together, the second, the first, and the base, where all of them are there."""
    found: list[tuple[int, ...]] = []
    for point, label in enumerate(labels):
        one, sign, other = label.rpartition(SIGN)
        if sign and {one, other} <= {*labels} and base not in (labels.index(one), labels.index(other)):
            found.append((point, labels.index(other), labels.index(one), base))
    return found


_NAMES = {"base": "base_median", "other": "other_median", "low": "ci_low", "high": "ci_high"}


def _columns(compared: Sequence[Pairs]) -> dict[str, npt.NDArray[Any]]:
    """Pairs of points below each other as columns of a table."""
    names = [field.name for field in fields(Pairs)]
    return {_NAMES.get(name, name): np.concatenate([getattr(pairs, name) for pairs in compared]) for name in names}


def point_labels(results: ResultArrays) -> list[str]:
    """Each point in a few words: only what not all points share.

    A variant is named without its scenario where there is only one.
    """
    rows = results.points.to_pylist()
    labels = []
    for row in rows:
        named = [str(row[name]) for name in ("scenario", "variant") if name in results.varied and row[name]]
        levels = [f"{name} {row[name]}" for name in results.axes if name in results.varied]
        labels.append(", ".join([*named, *levels]) or str(row["scenario"]))
    return labels


@dataclass(frozen=True)
class _Samples:
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
    def of(cls, results: ResultArrays, outcomes: Sequence[str], measure: str) -> _Samples:
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

    def compared(self, points: Sequence[int], confidence: float) -> Pairs:
        """Compare a point and its base, or the differences of two such pairs, over the replications that all have."""
        runs = [slice(self.first[point], self.first[point + 1]) for point in points]
        shared = reduce(np.intersect1d, [self.replication[each] for each in runs])
        found = [self.values[each][np.isin(self.replication[each], shared)] for each in runs]
        if len(found) == len(("point", "base")):
            return compare(found[1], found[0], confidence)
        return compare(found[2] - found[3], found[0] - found[1], confidence)


@dataclass(frozen=True)
class Effects:
    """What one factor does, or by how much more it does at some levels of another factor than at one.

    Attributes
    ----------
    points : tuple of tuple of int
        Of each comparison the point and its base; and, across another factor, the same two at its base level.
    pairs : tuple of Pairs
        Outcome by outcome, of each comparison.  Across another factor `base` and `other` are medians of the effect.
    """

    points: tuple[tuple[int, ...], ...]
    pairs: tuple[Pairs, ...]

    @classmethod
    def of(
        cls,
        results: ResultArrays,
        outcomes: Sequence[str],
        factor: str = "variant",
        base: object = None,
        across: str | None = None,
        measure: str = "year",
        confidence: float = CONFIDENCE,
    ) -> Effects:
        """Compare points; see `Results.effect`."""
        if factor == across:
            raise QueryError(f"the effect of {factor} cannot differ across {across} itself; name another factor")
        pairs = _partners(results, factor, base)
        points: tuple[tuple[int, ...], ...]
        if across is None:
            points = tuple(pairs.items())
        else:
            points = _squares(pairs, _partners(results, across, None), factor, across)
        samples = _Samples.of(results, outcomes, measure)
        return cls(points, tuple(samples.compared(each, confidence) for each in points))

    def table(self, results: ResultArrays, outcomes: Sequence[str]) -> pd.DataFrame:
        """A row per comparison and outcome, with the factors of its point."""
        import pandas as pd

        count = len(outcomes)
        rows = results.points.take(np.repeat([each[0] for each in self.points], count)).to_pandas()
        names = ("base_point", "across_point", "across_base_point")
        labels: dict[str, Any] = {
            name: np.repeat([each[n] for each in self.points], count)
            for n, name in enumerate(names, 1)
            if n < len(self.points[0])
        }
        labelled = pd.DataFrame(labels | {"outcome": [*outcomes] * len(self.points)})
        return pd.concat([rows, labelled, pd.DataFrame(_columns(self.pairs))], axis=1)


def _squares(pairs: dict[int, int], partners: dict[int, int], factor: str, across: str) -> tuple[tuple[int, ...], ...]:
    """Two points that differ in one factor alone, and the same two at the base level of another.

    Raises
    ------
    QueryError
        If there are none.
    """
    found = tuple(
        (point, one, partners[point], pairs[partners[point]])
        for point, one in pairs.items()
        if partners.get(point) in pairs and partners.get(one) == pairs[partners[point]]
    )
    if not found:
        raise QueryError(
            f"no four points are a square of two levels of {factor} and two of {across}, all else the same"
        )
    return found


def _partners(results: ResultArrays, of: str, base: object) -> dict[int, int]:
    """Each point that differs from one of the base level in a factor alone, with that one.

    Raises
    ------
    QueryError
        If there are none.
    """
    from sim.experiment.design.point_table import counterparts

    if of not in results.factors:
        raise unknown("factor", of, results.factors)
    if of not in results.varied:
        raise QueryError(f"all points have the same {of}; what varies is {', '.join(results.varied) or 'nothing'}")
    levels = results.points[of].to_pylist()
    reference = levels[0] if base is None else base
    if reference not in levels:
        raise unknown(f"value of {of}", reference, map(str, dict.fromkeys(levels)))
    found = counterparts(results.points, [of], (reference,))
    if not found:
        raise QueryError(f"no two points differ in {of} alone; a grid has such points, a sample of points has none")
    return found
