"""Run values: the outcomes of some replications of one setting, paired with those of another by their random keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.store.run_summary import reduce
from sim.output.outcome_measures import MEASURE_NAMES
from sim.statistics.paired_differences import Pairs, compare
from sim.statistics.replication_bands import Band, band

Values = npt.NDArray[np.float64]
PLACES = {outcome.name: place for place, outcome in enumerate(SECTOR)}
"""Column of each outcome."""


@dataclass(frozen=True)
class RunValues:
    """Outcomes of some replications.

    Attributes
    ----------
    start : Quarter
        First quarter.
    replications : tuple of int
        Rising; replication r of every setting with the same seed has the same random keys.
    seeds : tuple of int
        Seed of each.
    values : float array, shape (replications, quarters, outcomes)
        In the order of `SECTOR`; not a number where undefined.
    """

    start: Quarter
    replications: tuple[int, ...]
    seeds: tuple[int, ...]
    values: Values

    @property
    def quarters(self) -> int:
        """Length of a run."""
        return self.values.shape[1]

    def outcome(self, name: str) -> Values:
        """Trajectories of an outcome, shape (replications, quarters)."""
        found: Values = self.values[:, :, PLACES[name]]
        return found

    def band(self, name: str) -> Band:
        """Median and bands of an outcome by quarter."""
        return band(self.outcome(name))

    def measured(self, measure: str) -> Values:
        """What counts of each run (`sim.output.outcome_measures.MEASURES`), shape (replications, outcomes)."""
        which = MEASURE_NAMES.index(measure)
        return np.stack([reduce(run)[which] for run in self.values])


def why_no_pairs(one: RunValues, other: RunValues) -> str:
    """Why the runs of two settings are no pairs, in words; empty where they are."""
    if one.start != other.start:
        return f"no pairs: the runs begin in {one.start} and in {other.start}"
    if one.quarters != other.quarters:
        return f"no pairs: the runs have {one.quarters} and {other.quarters} quarters"
    if not set(one.seeds) & set(other.seeds):
        return "no pairs: no replication of both has the same random keys yet"
    return ""


def _in_common(base: RunValues, other: RunValues) -> tuple[list[int], list[int]]:
    """Rows of the runs with the same seeds."""
    rows = {seed: row for row, seed in enumerate(other.seeds)}
    found = [(row, rows[seed]) for row, seed in enumerate(base.seeds) if seed in rows]
    return [row for row, _ in found], [row for _, row in found]


def differences_over_time(base: RunValues, other: RunValues, outcome: str) -> Pairs:
    """What the other setting does to an outcome, quarter by quarter; every array has shape (quarters,).

    Raises
    ------
    ValueError
        If there are no pairs; says why.
    """
    _check(base, other)
    rows, others = _in_common(base, other)
    return compare(base.outcome(outcome)[rows], other.outcome(outcome)[others])


def differences(base: RunValues, other: RunValues, outcomes: Sequence[str], measure: str = "year") -> Pairs:
    """What the other setting does to a measure of some outcomes; every array has shape (outcomes,).

    Raises
    ------
    ValueError
        If there are no pairs; says why.
    """
    _check(base, other)
    rows, others = _in_common(base, other)
    places = [PLACES[name] for name in outcomes]
    return compare(base.measured(measure)[rows][:, places], other.measured(measure)[others][:, places])


def _check(base: RunValues, other: RunValues) -> None:
    reason = why_no_pairs(base, other)
    if reason:
        raise ValueError(reason)
