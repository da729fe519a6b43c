"""Ending hazards: the yearly risk that an agency ends, by age within bands of staff.

Ended is who is at work in a fourth quarter and not a year later, closed or dormant.  Age goes with size, so ages are
compared among agencies of about one size.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.statistics.number_format import few_digits
from sim.validation.plain_tables import markdown_table, span, text_table
from sim.validation.replication_estimate import estimate
from sim.validation.statistic_type import WorldTables
from sim.validation.statistics.agency_endings import STAFF_BANDS, at_risk
from sim.validation.statistics.agency_populations import COLUMNS as READ
from sim.validation.statistics.agency_populations import members

TABLES = {"agencies": (*READ, "staff", "founded")}
"""Tables and columns that are read."""
POPULATIONS = {"nonprofits at work": ("nonprofit",), "operating nonprofits": ("nonprofit", "operating")}
"""Whose risk is told."""
AGE_BANDS = (0.0, 1.0, 3.0, 5.0, 8.0, 12.0)
"""Least age of each band, in years."""
COLUMNS = {
    "scenario": "Scenario",
    "population": "Whose risk it is",
    "staff": "Staff before the year",
    "age": "Age before the year, in years",
    "hazard": "Share of them not at work a year later",
    "ci_low": "Lower end of the 95 % interval over replications",
    "ci_high": "Upper end",
    "agencies": "Agency-years, a replication",
    "ended": "Of them ended, a replication",
}
"""Columns of the table."""
_HEADER = ("population", "staff", "age", "a year", "95 %", "agency-years", "ended")
_EVER = (Quarter(1900, 1), Quarter(2999, 4))


def ending_hazards(world: WorldTables, scenario: str) -> pd.DataFrame:
    """Yearly risk of ending in each band of staff and age, and in each band of staff for all ages.

    Parameters
    ----------
    world : WorldTables
        Runs with the tables and columns of `TABLES`.
    scenario : str
        Its name in the table.

    Returns
    -------
    DataFrame
        With the columns of `COLUMNS`; only bands in which there is anybody.
    """
    everybody = at_risk(world, *_EVER)
    rows = []
    for population, among in POPULATIONS.items():
        found = members(everybody, among)
        for staff, of_size in _bands(found, "staff", STAFF_BANDS):
            for age, inside in (("all", of_size), *_bands(of_size, "age", AGE_BANDS)):
                labels = {"scenario": scenario, "population": population, "staff": staff, "age": age}
                rows.append(labels | _risk(inside, world.replications))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _bands(rows: pd.DataFrame, column: str, least: tuple[float, ...]) -> list[tuple[str, pd.DataFrame]]:
    """Rows by band of a column, each with its name; only bands in which there is anybody."""
    whole = column == "staff"
    limits = [*pairwise(least), (least[-1], np.inf)]
    names = [f"{low:g} and more" if high == np.inf else _name(low, high, whole) for low, high in limits]
    parts = [rows[(rows[column] >= low) & (rows[column] < high)] for low, high in limits]
    return [(name, part) for name, part in zip(names, parts, strict=True) if len(part)]


def _name(low: float, high: float, whole: bool) -> str:
    """A band in words: of whole numbers up to the last, else up to the next.

    >>> _name(2, 5, True), _name(0, 2, True), _name(1, 3, False)
    ('2 to 4', '0 to 1', '1 to 3')
    """
    return f"{low:g} to {high - 1 if whole else high:g}"


def _risk(rows: pd.DataFrame, replications: int) -> dict[str, float]:
    """Risk with its interval, and the counts behind it."""
    runs = rows["replication"].to_numpy(np.int64)
    ends = np.bincount(runs, weights=rows["ended"].to_numpy(np.float64), minlength=replications)
    parts = np.column_stack([ends, np.bincount(runs, minlength=replications)])
    found = estimate(parts, lambda means: float(means[0] / means[1]) if means[1] > 0 else float("nan"))
    low, high = np.clip((found.low, found.high), 0, 1).tolist()
    ended, agencies = parts.mean(axis=0)
    return {"hazard": found.mean, "ci_low": low, "ci_high": high, "agencies": agencies, "ended": ended}


def hazards_text(table: pd.DataFrame) -> str:
    """The table for a terminal, a block for each scenario."""
    blocks = [
        f"{name}: who ends within a year, by age at equal size\n{text_table(_HEADER, _cells(rows), left=3)}"
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return "\n\n".join(blocks)


def hazards_markdown(table: pd.DataFrame) -> str:
    """The same for a document."""
    blocks = [
        f"`{name}`: who ends within a year, by age at equal size.\n\n{markdown_table(_HEADER, _cells(rows))}"
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return "\n\n".join(blocks)


def _cells(rows: pd.DataFrame) -> list[list[str]]:
    words = ("population", "staff", "age")
    return [
        [str(row[name]) for name in words]
        + [few_digits(row["hazard"]), span(row["ci_low"], row["ci_high"])]
        + [few_digits(row["agencies"]), few_digits(row["ended"])]
        for row in rows.to_dict("records")
    ]
