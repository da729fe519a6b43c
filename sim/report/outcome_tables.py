"""Outcome tables: outcomes of every point, and paired differences with the runs that pairing saved."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.comparison_results import Against, Comparison, point_labels
from sim.experiment.results.results import Results
from sim.output.outcome_measures import measure_note
from sim.pages.page_table import Head, PageTable, cut, numbers
from sim.statistics.number_format import digits, interval, number, plus_minuses, saving, scale, signed
from sim.statistics.paired_differences import Pairs
from sim.statistics.run_counts import LEFT_OUT, count_words

MOST_POINTS = 60
"""Rows of a table of points."""


def difference_tables(comparison: Comparison, name: str = "differences", when: str = "") -> list[PageTable]:
    """A table for each point that is compared with the base, and for joint effects; `when` goes into captions."""
    found = []
    for n, other in enumerate((*comparison.others, *comparison.joint)):
        joint = n >= len(comparison.others)
        title = f"{other.label} against {comparison.base}"
        title = (f"{other.label}: beyond what each does by itself" if joint else title) + when
        labels = ("Effect alone", "Effect with the other") if joint else (comparison.base, other.label)
        found.append(_table(comparison, other, f"{name}-{n + 1}", title, labels))
    return found


def _table(comparison: Comparison, other: Against, name: str, title: str, labels: tuple[str, str]) -> PageTable:
    pairs = other.pairs
    most = int((pairs.n + pairs.dropped).max(initial=0))
    percent = f"{100 * comparison.confidence:g} %"
    rows = [_cells(outcome, pairs, k, most) for k, outcome in enumerate(comparison.outcomes)]
    heads = [Head("Outcome"), Head("Unit"), *numbers(*labels), Head("Difference", number=True)]
    heads += numbers(f"{percent} interval", "Runs saved", "Pairs")
    notes = [
        f"Medians of both, and the mean of the paired differences with its {percent} interval; bold where the interval "
        f"leaves out zero. A run counts with its {measure_note(comparison.measure, comparison.quarters)}. Runs saved: "
        "how many times fewer runs the pairs needed than runs with independent random numbers would; 1.0 is none."
    ]
    notes += [f"Pairs: those in which both runs have a value; {LEFT_OUT}."] if pairs.dropped.any() else []
    clear = frozenset(k for k in range(len(comparison.outcomes)) if pairs.clear[k])
    return PageTable(name, f"{title}: {most:,} pairs of runs", heads, rows, tuple(notes), clear)


def _cells(name: str, pairs: Pairs, k: int, most: int) -> list[str]:
    outcome = outcome_of(name)
    medians = float(pairs.base[k]), float(pairs.other[k])
    unit, divisor = scale(outcome, (*medians, float(pairs.difference[k])))
    difference, low, high = (float(each[k]) / divisor for each in (pairs.difference, pairs.low, pairs.high))
    places = digits((high - low) / 2, difference)
    return [
        outcome.title,
        unit,
        *(number(median / divisor) for median in medians),
        signed(difference, places),
        interval(low, high).strip("[]").replace(", ", " to "),
        saving(float(pairs.saving[k])),
        count_words(pairs.n[k], most) or f"{most:,}",
    ]


def point_table(results: Results, outcomes: Sequence[str], measure: str, n: int = 1) -> PageTable:
    """A row per point: what is different about it, runs, and the mean of each outcome with half of its interval."""
    found = results.statistics(outcomes, measure)
    heads, columns = [Head("Point"), *numbers("Runs")], []
    for name, each in found.items():
        outcome = outcome_of(name)
        unit, divisor = scale(outcome, each.mean.tolist())
        heads += numbers(outcome.title, unit=unit)
        columns.append(plus_minuses((each.mean / divisor).tolist(), ((each.high - each.mean) / divisor).tolist()))
    runs = results.groups.runs.tolist()
    rows = [
        [label, f"{runs[n]:,}", *(column[n] for column in columns)] for n, label in enumerate(point_labels(results))
    ]
    shown, left_out = cut(rows, MOST_POINTS)
    notes = [
        "Mean over runs ± half of its 95 % interval; a run counts with its "
        f"{measure_note(measure, results.quarters)}. Intervals of single points say less than paired differences do."
    ]
    notes += [f"{left_out:,} further points are left out here; summary.csv in the folder has all."] if left_out else []
    uneven = any(
        math.isfinite(mean) and n < run for s in found.values() for mean, n, run in zip(s.mean, s.n, runs, strict=True)
    )
    notes += [f"{LEFT_OUT[0].upper()}{LEFT_OUT[1:]}."] if uneven else []
    title = (
        f"Outcomes: {results.title}" if results.points.num_rows == 1 else f"Outcomes of every point: {results.title}"
    )
    return PageTable(f"points-{n}", title, heads, shown, tuple(notes))
