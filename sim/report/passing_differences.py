"""Passing differences: what differed more, or only, before the time that the findings look at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.comparison_results import Against, Comparison
from sim.experiment.results.figure_data.point_series import PointSeries, kept_by_quarter, read_point_series
from sim.experiment.results.results import Results
from sim.report.quantity_words import QUARTERS_A_YEAR, reading, size_words, title_of
from sim.statistics.paired_differences import Pairs, compare

_TIMES_LARGER = 2.0
"""How many times the difference of the findings an earlier one is, to be worth a sentence."""


def passing_differences(results: Results, comparison: Comparison, base: int) -> list[list[str]]:
    """Outcomes that for a year or longer differed clearly, and at least twice as much as where the findings look.

    Parameters
    ----------
    results : Results
        A comparison that keeps outcomes by quarter.
    comparison : Comparison
        Its points against the base.
    base : int
        Point of the base.

    Returns
    -------
    list of list of str
        For each other point a phrase per outcome; none where the runs do not begin together.
    """
    kept = kept_by_quarter(results)
    names = [name for name in comparison.outcomes if name in kept]
    points = [base, *(other.point for other in comparison.others)]
    series = {each.point: each for each in read_point_series(results, names, points)} if names else {}
    if base not in series:
        return [[] for _ in comparison.others]
    return [
        [words for name in names if (words := _passing(series[base], series[other.point], name, comparison, other))]
        if other.point in series and series[other.point].start == series[base].start
        else []
        for other in comparison.others
    ]


def _passing(base: PointSeries, other: PointSeries, name: str, comparison: Comparison, against: Against) -> str:
    """The largest difference of an outcome while it was clear; empty where it is not worth a sentence."""
    length = min(base.quarters, other.quarters)
    shared = np.intersect1d(base.replications, other.replications)
    first, second = (each.values[name][np.isin(each.replications, shared), :length] for each in (base, other))
    pairs = compare(first, second, comparison.confidence)
    quarters = _lasting(pairs)
    if not len(quarters):
        return ""
    n = int(quarters[np.argmax(np.abs(pairs.difference[quarters]))])
    k = comparison.outcomes.index(name)
    largest, counted = float(pairs.difference[n]), float(against.pairs.difference[k])
    same_way = bool(against.pairs.clear[k]) and counted * largest > 0
    if same_way and abs(largest) < _TIMES_LARGER * abs(counted):
        return ""
    how = reading(outcome_of(name), max(abs(largest), abs(float(pairs.base[n]))))
    size = size_words(largest, (float(pairs.high[n]) - float(pairs.low[n])) / 2, how)
    quarter: Quarter = base.start + n
    return f"{title_of(outcome_of(name))} {'higher' if largest > 0 else 'lower'} by {size} in {quarter}"


def _lasting(pairs: Pairs) -> npt.NDArray[np.int64]:
    """Quarters in which a difference is clear, of times in which it stays so and of one sign for a year or longer."""
    signs: Sequence[int] = np.where(pairs.clear, np.sign(pairs.difference), 0).astype(int).tolist()
    found: list[int] = []
    place = 0
    for sign, same in groupby(signs):
        count = len(list(same))
        if sign and count >= QUARTERS_A_YEAR:
            found += range(place, place + count)
        place += count
    return np.array(found, np.int64)
