"""Ratios of sums: of two columns, between kinds of agencies, and between worlds for contracts and bids."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.replication_parts import Floats, ratio_change, sums, window

_ARGUMENTS = {
    "above": Argument.COLUMN,
    "below": Argument.COLUMN,
    "since": Argument.QUARTER,
    "until": Argument.QUARTER,
}


def _ratio_of_ratios(parts: Floats) -> float:
    return ratio_change(parts) + 1


@statistic(
    "Sum of a column over the sum of another for for-profits, over the same for nonprofits (ratio).",
    tables={"agencies": ("quarter", "kind")},
    arguments=_ARGUMENTS,
    combine=_ratio_of_ratios,
)
def kind_ratio(tables: WorldTables, above: str, below: str, since: Quarter | str, until: Quarter | str) -> Rows:
    """Sums of two columns for for-profits and for nonprofits.

    Parameters
    ----------
    tables : WorldTables
        A world.
    above, below : str
        Columns of the table `agencies`; rows where one is undefined are left out.
    since, until : Quarter or str
        First and last quarter.

    Returns
    -------
    array, shape (replications, 4)
        Both sums of for-profits, then of nonprofits.
    """
    rows = window(tables.table("agencies"), since, until)
    kinds = [rows[rows["kind"] == kind] for kind in ("for-profit", "nonprofit")]
    return np.hstack([_two_sums(of_kind, above, below, tables.replications) for of_kind in kinds])


@statistic(
    "Relative change, from a second world to the first, of the sum of a column of contracts over that of another; of "
    "contracts that began in the window.",
    tables={"contracts": ("quarter", "agency")},
    arguments=_ARGUMENTS,
    compares=True,
    combine=ratio_change,
)
def contract_ratio_change(
    tables: WorldTables, versus: WorldTables, above: str, below: str, since: Quarter | str, until: Quarter | str
) -> Rows:
    """Sums of two columns of contracts in two worlds.

    Parameters
    ----------
    tables, versus : WorldTables
        Two worlds; the change is from the second to the first.
    above, below : str
        Columns of the table `contracts`; lots that were not awarded are left out.
    since, until : Quarter or str
        First and last quarter of the call or renewal.

    Returns
    -------
    array, shape (replications, 4)
        Both sums of the first world, then of the second.
    """
    return _compared([_awarded(world, since, until) for world in (tables, versus)], (tables, versus), above, below)


@statistic(
    "Relative change, from a second world to the first, of the sum of a column of bids over that of another; of bids "
    "in calls of the window.",
    tables={"bids": ("quarter", "contract"), "contracts": ("contract", "route")},
    arguments=_ARGUMENTS,
    compares=True,
    combine=ratio_change,
)
def bid_ratio_change(
    tables: WorldTables, versus: WorldTables, above: str, below: str, since: Quarter | str, until: Quarter | str
) -> Rows:
    """Sums of two columns of bids in two worlds.

    Parameters
    ----------
    tables, versus : WorldTables
        Two worlds; the change is from the second to the first.
    above, below : str
        Columns of the table `bids`; bids of agencies that were asked directly are left out.
    since, until : Quarter or str
        First and last quarter.

    Returns
    -------
    array, shape (replications, 4)
        Both sums of the first world, then of the second.
    """
    return _compared([bids_in_calls(world, since, until) for world in (tables, versus)], (tables, versus), above, below)


def bids_in_calls(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> pd.DataFrame:
    """Bids of a window on lots that were called, with the columns of ``contracts`` that were asked for."""
    bids = window(tables.table("bids"), since, until)
    lots = tables.table("contracts").drop(columns="quarter", errors="ignore")
    asked = [column for column in lots if column not in bids or column in ("replication", "contract")]
    rows = bids.merge(lots[asked], on=["replication", "contract"])
    return rows[rows["route"] == "call"]


def _awarded(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> pd.DataFrame:
    rows = window(tables.table("contracts"), since, until)
    return rows[rows["agency"].notna()]


def _compared(rows: list[pd.DataFrame], worlds: tuple[WorldTables, WorldTables], above: str, below: str) -> Rows:
    both = min(world.replications for world in worlds)
    return np.hstack([_two_sums(each, above, below, both) for each in rows])


def _two_sums(rows: pd.DataFrame, above: str, below: str, replications: int) -> Rows:
    return sums(rows.dropna(subset=[above, below]), (above, below), replications)
