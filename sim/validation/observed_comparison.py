"""Observed comparison: every observed point beside what the runs of its scenario gave at that date.

A point is inside where its range (the value itself, where the source gives none) meets the middle 80 % of the runs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.observed.observed_cells import is_flow
from sim.observed.observed_distance import Trajectories, at_date, off_by
from sim.observed.observed_folders import ObservedSeries
from sim.observed.observed_series import ObservedPoint
from sim.statistics.number_format import few_digits
from sim.statistics.replication_bands import band
from sim.validation.plain_tables import markdown_table, span, text_table
from sim.validation.statistic_type import WorldTables

COLUMNS = {
    "scenario": "Scenario that the value was observed of",
    "date": "Quarter or year",
    "outcome": "Outcome of the table sector",
    "unit": "Its unit; of a flow over a year, without 'a quarter'",
    "observed": "Observed value",
    "low": "Low end of the range that the source gives; minus infinity where that side is open",
    "high": "High end; infinity where that side is open",
    "simulated": "Median over runs",
    "simulated_p10": "10th percentile over runs",
    "simulated_p90": "90th percentile over runs",
    "runs": "Runs",
    "defined": "Runs in which the outcome is defined at that date",
    "inside": "Whether the observed range meets the 10th to 90th percentile",
    "distance": "How far the nearest of these percentiles lies beyond the observed range, over the observed value",
    "source": "Source of the observed value",
}
"""Columns of the table of observed and simulated values."""
_HEADER = ("outcome", "date", "observed", "simulated", "10-90 %", "off by", "source")


def read_trajectories(world: WorldTables, outcomes: Sequence[str]) -> dict[str, npt.NDArray[np.float64]]:
    """Trajectories of outcomes from the table `sector` of a world.

    Returns
    -------
    dict of str to float array, shape (replications, quarters)
        By outcome.
    """
    sector = world.table("sector")
    runs = sector["replication"].nunique()
    return {name: sector[name].to_numpy(np.float64).reshape(runs, -1) for name in outcomes}


def compare_observed(series: ObservedSeries, trajectories: Trajectories) -> pd.DataFrame:
    """A row per observed point, with what the runs gave.

    Parameters
    ----------
    series : ObservedSeries
        What was observed.
    trajectories : mapping of str to float array, shape (replications, quarters)
        At least the outcomes of the series.

    Returns
    -------
    DataFrame
        With the columns of `COLUMNS`, ordered by outcome, as the series has them, and date.
    """
    order = {name: number for number, name in enumerate(series.outcomes)}
    points = sorted(series.points, key=lambda point: (order[point.outcome.name], point.date.first.ordinal))
    rows = [_row(series, point, at_date(point, trajectories[point.outcome.name], series.start)) for point in points]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(series: ObservedSeries, point: ObservedPoint, values: npt.NDArray[np.float64]) -> dict[str, object]:
    over = band(values[:, None])
    low, middle, high = (float(each[0]) for each in (over.p10, over.median, over.p90))
    distance = off_by(point, low, high)
    unit = point.outcome.unit
    return {
        "scenario": series.name,
        "date": str(point.date),
        "outcome": point.outcome.name,
        "unit": unit.removesuffix("/quarter") if is_flow(point.outcome) and point.date.quarters > 1 else unit,
        "observed": point.value,
        "low": point.low,
        "high": point.high,
        "simulated": middle,
        "simulated_p10": low,
        "simulated_p90": high,
        "runs": len(values),
        "defined": int(over.n[0]),
        "inside": distance == 0,
        "distance": distance,
        "source": point.source,
    }


def observed_text(table: pd.DataFrame) -> str:
    """The table for a terminal, a block for each scenario, with how many points are inside."""
    blocks = []
    for name, rows in table.groupby("scenario", sort=False):
        words = text_table(_HEADER, _cells(rows), left=2)
        blocks.append(f"{name}: {inside_words(rows)}\n{words}")
    return "\n\n".join(blocks)


def observed_markdown(table: pd.DataFrame) -> str:
    """The same for a document."""
    blocks = []
    for name, rows in table.groupby("scenario", sort=False):
        blocks.append(f"`{name}`: {inside_words(rows)}.\n\n{markdown_table(_HEADER, _cells(rows))}")
    return "\n\n".join(blocks)


def inside_words(rows: pd.DataFrame) -> str:
    """How many observed values the runs reach.

    >>> inside_words(pd.DataFrame({"inside": [True, False, False]}))
    '1 of 3 observed values is inside the middle 80 % of runs'
    """
    inside = int(rows["inside"].sum())
    return f"{inside} of {len(rows)} observed values {'is' if inside == 1 else 'are'} inside the middle 80 % of runs"


def _cells(rows: pd.DataFrame) -> list[list[str]]:
    cells = []
    for row in rows.to_dict("records"):
        lacking = f" ({row['defined']} of {row['runs']} runs)" if row["defined"] < row["runs"] else ""
        cells.append(
            [
                row["outcome"],
                row["date"],
                observed_words(row["observed"], row["low"], row["high"]),
                few_digits(row["simulated"]) + lacking,
                span(row["simulated_p10"], row["simulated_p90"]),
                off_words(row["distance"]),
                row["source"],
            ]
        )
    return cells


def observed_words(value: float, low: float, high: float) -> str:
    """An observed value with its range, where it has one.

    >>> observed_words(0.25, 0.25, np.inf), observed_words(20, 8, 27), observed_words(7, 7, 7)
    ('0.25 or more', '20 (8 to 27)', '7')
    """
    if np.isinf(low) or np.isinf(high):
        bound, words = (low, "or more") if np.isinf(high) else (high, "or less")
        return (
            f"{few_digits(value)} {words}" if bound == value else f"{few_digits(value)} ({few_digits(bound)} {words})"
        )
    return few_digits(value) + (f" ({span(low, high)})" if low < high else "")


def off_words(distance: float) -> str:
    """How far off, in words.

    >>> [off_words(each) for each in (0.0, -0.312, 2.4, 0.002, float("nan"))]
    ['inside', '31 % too low', '240 % too high', 'under 1 % too high', 'undefined']
    """
    if np.isnan(distance):
        return "undefined"
    if distance == 0:
        return "inside"
    size = f"{abs(distance):.0%}".replace("%", " %") if abs(distance) >= 0.005 else "under 1 %"
    return f"{size} too {'low' if distance < 0 else 'high'}"
