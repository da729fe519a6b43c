"""Agency endings: the risk of not being at work a year later, by size, and by age at equal size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.agency_populations import CHOICES, COLUMNS, members
from sim.validation.statistics.replication_parts import YEAR, Floats, fourth_quarters, sums, window, with_ordinals

STAFF_BANDS = (0, 2, 5, 10, 20)
"""Least staff of each band within which ages are compared."""
_COUNTS = ("ended", "agencies", "base_ended", "base_agencies")
_WINDOW = {"among": Argument.WORDS, "since": Argument.QUARTER, "until": Argument.QUARTER}


def risk_ratio(parts: Floats) -> float:
    """Mantel-Haenszel ratio of two risks over strata; the ratio itself for one stratum.

    Parameters
    ----------
    parts : array, shape (4 × strata,)
        For each stratum: endings and agencies of one group, endings and agencies of the group that is divided by.

    Returns
    -------
    float
        Not a number where nobody of the second group ends, or no stratum has both groups.
    """
    ended, agencies, base_ended, base_agencies = parts.reshape(-1, len(_COUNTS)).T
    total = agencies + base_agencies
    both = (agencies > 0) & (base_agencies > 0)
    above = np.sum(ended[both] * base_agencies[both] / total[both])
    below = np.sum(base_ended[both] * agencies[both] / total[both])
    return float(above / below) if below > 0 else float("nan")


@statistic(
    "Risk of not being at work a year later, of agencies with `large_from` staff or more over those with fewer than "
    "`small_below` (ratio).",
    tables={"agencies": (*COLUMNS, "staff")},
    arguments={"small_below": Argument.POSITIVE, "large_from": Argument.POSITIVE, **_WINDOW},
    defaults={"among": ()},
    combine=risk_ratio,
    choices=CHOICES,
    orders=(("small_below", "large_from"),),
)
def ending_by_size(
    tables: WorldTables,
    small_below: float,
    large_from: float,
    since: Quarter | str,
    until: Quarter | str,
    among: Sequence[str] = (),
) -> Rows:
    """Endings of large and of small agencies.

    Parameters
    ----------
    tables : WorldTables
        A world.
    small_below, large_from : float
        Limits of the two groups, in persons.
    since, until : Quarter or str
        First and last quarter; the year that follows lies within.
    among : sequence of str
        Populations (`POPULATIONS`) before the year; all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 4)
        Endings and agencies (agency-years) of the large, then of the small.
    """
    rows = members(at_risk(tables, since, until), among)
    groups = (rows["staff"] >= large_from, rows["staff"] < small_below)
    return _counts(rows, groups, np.zeros(len(rows), dtype=int), 1, tables.replications)


@statistic(
    "Risk of not being at work a year later, of agencies up to `young` years old over those of `old` years or more, "
    "compared within bands of staff (Mantel-Haenszel ratio), where the share of public money in income is `share_from` "
    "or more and below `share_below` (no limit if left out).",
    tables={"agencies": (*COLUMNS, "staff", "founded", "government_share")},
    arguments={
        "young": Argument.POSITIVE,
        "old": Argument.POSITIVE,
        "share_from": Argument.NUMBER,
        "share_below": Argument.NUMBER,
        **_WINDOW,
    },
    defaults={"share_from": 0, "share_below": None, "among": ()},
    combine=risk_ratio,
    choices=CHOICES,
    orders=(("young", "old"), ("share_from", "share_below")),
)
def ending_by_age(
    tables: WorldTables,
    young: float,
    old: float,
    since: Quarter | str,
    until: Quarter | str,
    share_from: float = 0,
    share_below: float | None = None,
    among: Sequence[str] = (),
) -> Rows:
    """Endings of young and of old agencies, in bands of staff (`STAFF_BANDS`).

    Parameters
    ----------
    tables : WorldTables
        A world.
    young, old : float
        Limits of the two groups, in years; both are part of them.
    since, until : Quarter or str
        First and last quarter; the year that follows lies within.
    share_from, share_below : float
        Limits of the share of public money in the income of four quarters.
    among : sequence of str
        Populations (`POPULATIONS`) before the year; all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 4 × bands)
        For each band of staff endings and agencies (agency-years) of the young, then of the old.
    """
    rows = members(at_risk(tables, since, until), among)
    share = rows["government_share"]
    rows = rows[(share >= share_from) & (True if share_below is None else share < share_below)]
    groups = (rows["age"] <= young, rows["age"] >= old)
    bands = np.searchsorted(STAFF_BANDS, rows["staff"], side="right") - 1
    return _counts(rows, groups, bands, len(STAFF_BANDS), tables.replications)


def at_risk(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> pd.DataFrame:
    """Agencies at work in fourth quarters; ``ended``: not at work a year later; ``age`` in years, where known."""
    everybody = with_ordinals(tables.table("agencies"))
    rows = fourth_quarters(window(everybody, since, until))
    working = pd.MultiIndex.from_frame(rows[["replication", "agency", "ordinal"]])
    later = pd.MultiIndex.from_arrays([rows["replication"], rows["agency"], rows["ordinal"] + YEAR])
    rows = rows.assign(ended=~later.isin(working))
    if "founded" in rows:
        rows = rows.assign(age=(rows["ordinal"] - first_quarter(everybody) - rows["founded"]) / YEAR)
    return rows[rows["ordinal"] + YEAR <= rows["ordinal"].max()]


def first_quarter(agencies: pd.DataFrame) -> int:
    """First quarter of the runs, as a number: in it agencies founded in quarter 0 or before have their first row."""
    return int((agencies["ordinal"] - agencies["founded"].clip(lower=0)).min())


def _counts(
    rows: pd.DataFrame,
    groups: tuple[pd.Series, pd.Series],
    strata: npt.NDArray[np.integer],
    number: int,
    replications: int,
) -> Rows:
    """Endings and agencies of two groups in each stratum, by replication."""
    counted: dict[str, Floats] = {}
    for stratum in range(number):
        for group in groups:
            inside = group.to_numpy() & (strata == stratum)
            for name, counts in (("ended", inside & rows["ended"].to_numpy()), ("agencies", inside)):
                counted[f"{name} {len(counted)}"] = counts.astype(float)
    table = pd.DataFrame({"replication": rows["replication"].to_numpy(), **counted})
    return sums(table, list(counted), replications)
