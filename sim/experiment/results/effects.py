"""Effects: what one factor of a grid does, and by how much more it does at some levels of another factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.design.axis_values import differ_by_rounding
from sim.experiment.results.paired_samples import PairedSamples, pair_columns
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError, unknown
from sim.scenario.reading.text_forms import normal_text
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.paired_differences import Pairs

if TYPE_CHECKING:
    import pandas as pd


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
        samples = PairedSamples.of(results, outcomes, measure)
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
        return pd.concat([rows, labelled, pd.DataFrame(pair_columns(self.pairs))], axis=1)


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
    reference = levels[0] if base is None else _same_level(base, levels)
    if reference not in levels:
        raise unknown(f"value of {of}", reference, map(str, dict.fromkeys(levels)))
    found = counterparts(results.points, [of], (reference,))
    if not found:
        raise QueryError(f"no two points differ in {of} alone; a grid has such points, a sample of points has none")
    return found


def _same_level(value: object, levels: Sequence[object]) -> object:
    """The level that a value from Python stands for: 0.3 for 0.1 + 0.2, a name however its accents are coded."""
    if isinstance(value, str):
        return normal_text(value)
    same = (level for level in levels if isinstance(value, float) and differ_by_rounding(level, value))
    return next(same, value)
