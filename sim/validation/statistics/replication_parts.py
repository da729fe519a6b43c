"""Replication parts: windows of quarters, sums and means by replication, and numbers made from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Rows, WorldTables

YEAR = 4
"""Quarters."""
Floats = npt.NDArray[np.float64]


def ordinal(quarter: Quarter | str) -> int:
    """Quarters since the year 0 of a quarter or its text."""
    return Quarter.parse(quarter).ordinal


def ordinals(quarters: pd.Series) -> npt.NDArray[np.int64]:
    """Quarters since the year 0 of a column ``quarter``.

    Returns
    -------
    array of int, shape (rows,)
    """
    words = pd.Categorical(quarters)
    known = np.array([ordinal(str(word)) for word in words.categories], dtype=np.int64)
    return known[words.codes] if len(words) else np.zeros(0, dtype=np.int64)


def with_ordinals(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy of a table with its quarters as numbers, in the column ``ordinal``."""
    return frame.assign(ordinal=ordinals(frame["quarter"]))


def window(frame: pd.DataFrame, since: Quarter | str, until: Quarter | str) -> pd.DataFrame:
    """Rows from one quarter to another, both included, with their numbers in the column ``ordinal``."""
    timed = with_ordinals(frame)
    return timed[timed["ordinal"].between(ordinal(since), ordinal(until))]


def fourth_quarters(timed: pd.DataFrame) -> pd.DataFrame:
    """Rows of fourth quarters, with the calendar year in the column ``year``.

    Income, shares and concentration of agencies are of four quarters, so these rows do not overlap.
    """
    rows = timed[timed["ordinal"] % YEAR == YEAR - 1]
    return rows.assign(year=rows["ordinal"] // YEAR)


def means(frame: pd.DataFrame, values: pd.Series, replications: int) -> Floats:
    """Mean of values by replication; not a number where there is none.

    Returns
    -------
    array, shape (replications,)
    """
    found = values.groupby(frame["replication"].to_numpy()).mean()
    return found.reindex(range(replications)).to_numpy(dtype=np.float64)


def sums(frame: pd.DataFrame, columns: Sequence[str], replications: int) -> Rows:
    """Sums of columns by replication; 0 where there is no row.

    Returns
    -------
    array, shape (replications, columns)
    """
    found = frame.groupby("replication")[list(columns)].sum()
    return found.reindex(range(replications), fill_value=0).to_numpy(dtype=np.float64)


def series(
    tables: WorldTables, outcome: str, since: Quarter | str, until: Quarter | str, plus: str | None = None
) -> pd.DataFrame:
    """An outcome in a window, in the column ``value``; `plus` is added to it.

    Returns
    -------
    DataFrame
        With ``replication``, ``ordinal`` and ``value``; quarters in which it is undefined are not in it.
    """
    rows = window(tables.table("sector"), since, until)
    value = rows[outcome] if plus is None else rows[outcome] + rows[plus]
    return rows.assign(value=value)[["replication", "ordinal", "value"]].dropna()


def ratio(parts: Floats) -> float:
    """The first part over the second; not a number unless the second is above zero."""
    return float(parts[0] / parts[1]) if parts[1] > 0 else float("nan")


def correlation(parts: Floats) -> float:
    """Correlation from a sum of products and two sums of squares; not a number where a variable does not vary."""
    scale = parts[1] * parts[2]
    return float(parts[0] / np.sqrt(scale)) if scale > 0 else float("nan")


def ratio_change(parts: Floats) -> float:
    """Relative change from the ratio of the last two parts to that of the first two."""
    now, before = ratio(parts[:2]), ratio(parts[2:])
    return now / before - 1 if before > 0 else float("nan")
