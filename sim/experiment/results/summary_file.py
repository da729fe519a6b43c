"""Summary file of a results folder: `summary.csv`, a row per point and outcome, for any program that reads CSV.

It is written anew whenever runs were added; what it says is what `Results.summary` says.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import write_file
from sim.output.outcome_measures import MEASURE_NAMES
from sim.statistics.grouped_statistics import Statistics

SUMMARY_FILE = "summary.csv"
MOST_ROWS = 200_000
"""Rows with all outcomes; beyond them those that the experiment asks about, and beyond ten times as many none."""
NUMBERS = ("runs", "n", "mean", "ci_low", "ci_high", "median")


def write_summary(results: ResultArrays) -> str:
    """Write `summary.csv` where it is not as it should be.

    Returns
    -------
    str
        What was left out, in a sentence; empty where nothing was.

    Raises
    ------
    StoreError
        If it cannot be written, or results are damaged.
    """
    points, left_out = results.points.num_rows, ""
    outcomes = results.outcomes
    if points * len(outcomes) > MOST_ROWS:
        outcomes = tuple(name for name in results.shown if name in outcomes)
        left_out = f"{SUMMARY_FILE} holds only the outcomes that are shown, because there are {points:,} points"
    path = results.path / SUMMARY_FILE
    if points * len(outcomes) > 10 * MOST_ROWS:
        # One of fewer points would be taken for one of all.
        path.unlink(missing_ok=True)
        return f"there is no {SUMMARY_FILE}, because there are {points:,} points; 'sim export --csv' writes every run"
    data = _text(results, outcomes).encode()
    if not path.is_file() or path.read_bytes() != data:
        write_file(path, data)
    return f"{left_out}; 'sim export --csv' writes all of every run" if left_out else ""


def _text(results: ResultArrays, outcomes: tuple[str, ...]) -> str:
    """The file."""
    named = results.measure if results.measure in MEASURE_NAMES else MEASURE_NAMES[0]
    found = [(name, named, each) for name, each in results.statistics(outcomes, named).items()]
    if named != results.measure:
        # By date there are those whose series are kept.
        found += [
            (name, results.measure, each) for name, each in results.statistics(results.shown, results.measure).items()
        ]
    units = {outcome.name: outcome.unit for outcome in SECTOR}
    columns = ("outcome", "unit", "measure", *NUMBERS)
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([*results.labels(columns), *columns])
    runs = results.groups.runs.tolist()
    for point, row in enumerate(results.points.to_pylist()):
        for name, measure, each in found:
            numbers = [runs[point], *_numbers(each, point)]
            writer.writerow([*row.values(), name, units.get(name, ""), measure, *numbers])
    return sheet.getvalue()


def _numbers(found: Statistics, point: int) -> list[Any]:
    """Numbers of a point; empty where undefined."""
    numbers = [float(each[point]) for each in (found.mean, found.low, found.high, found.median)]
    return [int(found.n[point]), *("" if number != number else repr(number) for number in numbers)]
