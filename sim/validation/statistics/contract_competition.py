"""Contract competition: bids a lot, and how often incumbents win."""

from __future__ import annotations

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.replication_parts import ratio, sums, window

_WINDOW = {"since": Argument.QUARTER, "until": Argument.QUARTER}


@statistic(
    "Valid bids for each lot called, lots without a bid among them (bids).",
    tables={"contracts": ("quarter", "route", "bidders")},
    arguments=_WINDOW,
    combine=ratio,
)
def bidders_per_lot(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> Rows:
    """Bids and lots of calls.

    Parameters
    ----------
    tables : WorldTables
        A world.
    since, until : Quarter or str
        First and last quarter of the call.

    Returns
    -------
    array, shape (replications, 2)
        Valid bids and lots; renewals are left out.
    """
    rows = window(tables.table("contracts"), since, until)
    rows = rows[rows["route"] != "renewal"].assign(lots=1.0)
    return sums(rows, ("bidders", "lots"), tables.replications)


@statistic(
    "Share of lots called and awarded, of those with an incumbent, that the incumbent won.",
    tables={"contracts": ("quarter", "route", "incumbent", "agency")},
    arguments=_WINDOW,
    combine=ratio,
)
def incumbent_wins(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> Rows:
    """Lots that incumbents won, and lots with an incumbent.

    Parameters
    ----------
    tables : WorldTables
        A world.
    since, until : Quarter or str
        First and last quarter of the call.

    Returns
    -------
    array, shape (replications, 2)
        Of lots that were awarded; renewals are left out.
    """
    rows = window(tables.table("contracts"), since, until)
    rows = rows[(rows["route"] != "renewal") & rows["incumbent"].notna() & rows["agency"].notna()]
    kept = (rows["incumbent"].astype(str) == rows["agency"].astype(str)).astype(float)
    return sums(rows.assign(kept=kept, lots=1.0), ("kept", "lots"), tables.replications)
