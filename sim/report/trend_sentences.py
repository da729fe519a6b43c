"""Trend sentences: how outcomes of one scenario change from the beginning of its runs to their end, in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.figure_data.point_series import PointSeries
from sim.report.difference_sentences import Finding, Findings
from sim.report.quantity_words import (
    QUARTERS_A_YEAR,
    counted,
    interval_words,
    level_words,
    percent_words,
    reading,
    size_words,
    title_of,
)
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.paired_differences import Pairs, compare
from sim.statistics.run_counts import FEWEST_IN_BAND

Numbers = npt.NDArray[np.float64]


def trend_findings(series: PointSeries, outcomes: Sequence[str]) -> Findings:
    """Changes of the runs' own values from their first year to their last, in words.

    Parameters
    ----------
    series : PointSeries
        Outcomes by quarter in every run.
    outcomes : sequence of str
        Names, all in the series.
    """
    first, last, words = _ends(series)
    start = np.stack([_mean(series.values[name][:, first]) for name in outcomes], axis=1)
    end = np.stack([_mean(series.values[name][:, last]) for name in outcomes], axis=1)
    pairs = compare(start, end)
    found: dict[str, list[Finding]] = {kind: [] for kind in ("clear", "unclear", "same", "missing")}
    for k, name in enumerate(outcomes):
        kind, finding = _row(name, pairs, k)
        found[kind].append(finding)
    runs = len(series.replications)
    lead = f"How outcomes changed {words}, in {counted(runs, 'run')} of one scenario."
    same, missing = ([each.title for each in found[kind]] for kind in ("same", "missing"))
    return Findings(series.label, lead, found["clear"], found["unclear"], same, missing, _cautions(runs))


def _ends(series: PointSeries) -> tuple[slice, slice, str]:
    """Quarters at the beginning and at the end that are compared, and how that is said."""
    year = QUARTERS_A_YEAR if series.quarters >= 2 * QUARTERS_A_YEAR else 1
    last = series.start + (series.quarters - 1)
    of = "the first year of the run to its last" if year > 1 else "the first quarter of the run to its last"
    return slice(0, year), slice(series.quarters - year, series.quarters), f"from {of} ({series.start} to {last})"


def _mean(values: Numbers) -> Numbers:
    """Mean over quarters; those in which it is undefined are left out."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Numbers = np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)
    return mean


def _row(name: str, pairs: Pairs, k: int) -> tuple[str, Finding]:
    outcome = outcome_of(name)
    difference, low, high, base, other = (
        float(each[k]) for each in (pairs.difference, pairs.low, pairs.high, pairs.base, pairs.other)
    )
    how = reading(outcome, max((abs(each) for each in (base, other) if math.isfinite(each)), default=0.0))
    if not pairs.n[k]:
        return "missing", Finding(name, title_of(outcome), "undefined in every run")
    levels = f"median {level_words(base, how)} before, {level_words(other, how)} at the end"
    levels += f"; defined in {pairs.n[k]:,} of {pairs.n[k] + pairs.dropped[k]:,} runs" if pairs.dropped[k] else ""
    if not (pairs.rose[k] or pairs.fell[k]):
        return "same", Finding(name, title_of(outcome), levels)
    if math.isnan(low):
        return "missing", Finding(name, title_of(outcome), levels)
    span = f"{100 * CONFIDENCE:g} % interval of the change {interval_words(low, high, how)}"
    if not pairs.clear[k]:
        return "unclear", Finding(name, title_of(outcome), f"{levels}; {span}")
    size = size_words(difference, (high - low) / 2, how)
    share = percent_words(difference, base) if how.relative else ""
    short = f"by {size}" + (f" ({share})" if share else "")
    words = f"{'rose' if difference > 0 else 'fell'} {short}; {levels}; {span}"
    return "clear", Finding(name, title_of(outcome), words, short, 1 if difference > 0 else -1)


def _cautions(runs: int) -> list[str]:
    if runs < 2:
        return ["One run shows one possible course; without more runs nothing says how much of it is chance."]
    few = [f"{counted(runs, 'run')} are few; another set of runs may look different."] if runs < FEWEST_IN_BAND else []
    return [*few, "Changes within a scenario are no effects of its policies; a comparison of scenarios shows those."]
