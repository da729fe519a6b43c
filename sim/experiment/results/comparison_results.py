"""Comparison results: points of a sweep compared run by run.

::

    comparison = Comparison.of(Results.open("results/two-cities"))
    comparison.table().query("outcome == 'closures'")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.design.axis_values import DIGITS
from sim.experiment.results.paired_samples import PairedSamples, pair_columns
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import unknown
from sim.scenario.reading.combined_files import SIGN
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.paired_differences import Pairs

if TYPE_CHECKING:
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
        samples = PairedSamples.of(results, chosen, measure)
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
        numbers = pd.DataFrame(pair_columns([other.pairs for other in self.others]))
        return pd.concat([pd.DataFrame(labels), numbers], axis=1)


def _combinations(labels: Sequence[str], base: int) -> list[tuple[int, ...]]:
    """Points of two files together, the second, the first, and the base, where all of them are there."""
    found: list[tuple[int, ...]] = []
    for point, label in enumerate(labels):
        one, sign, other = label.rpartition(SIGN)
        if sign and {one, other} <= {*labels} and base not in (labels.index(one), labels.index(other)):
            found.append((point, labels.index(other), labels.index(one), base))
    return found


def point_labels(results: ResultArrays) -> list[str]:
    """Each point in a few words: only what not all points share.

    A variant is named without its scenario where there is only one.
    """
    rows = results.points.to_pylist()
    labels = []
    for row in rows:
        named = [str(row[name]) for name in ("scenario", "variant") if name in results.varied and row[name]]
        levels = [f"{name} {level_words(row[name])}" for name in results.axes if name in results.varied]
        labels.append(", ".join([*named, *levels]) or str(row["scenario"]))
    return labels


def level_words(level: object) -> str:
    """A level as a label shows it, without the digits that only rounding made.

    >>> level_words(0.1 + 0.2), level_words(4), level_words("0110")
    ('0.3', '4', '0110')
    """
    return str(float(f"{level:.{DIGITS}g}")) if isinstance(level, float) else str(level)
