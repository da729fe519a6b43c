"""Agency averages: medians, means and shares over the agencies of a quarter, averaged over quarters."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.agency_populations import CHOICES, COLUMNS, members
from sim.validation.statistics.replication_parts import window

_TABLES = {"agencies": COLUMNS}
_ARGUMENTS = {
    "column": Argument.COLUMN,
    "among": Argument.WORDS,
    "since": Argument.QUARTER,
    "until": Argument.QUARTER,
}
_DEFAULTS = {"among": ()}


@statistic(
    "Median of a column over agencies of each quarter, then the mean over quarters.",
    tables=_TABLES,
    arguments=_ARGUMENTS,
    defaults=_DEFAULTS,
    choices=CHOICES,
)
def agency_median(
    tables: WorldTables, column: str, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()
) -> Rows:
    """Median agency, averaged over the quarters of a window.

    Parameters
    ----------
    tables : WorldTables
        A world.
    column : str
        A column of the table `agencies`; agencies where it is undefined are left out.
    since, until : Quarter or str
        First and last quarter.
    among : sequence of str
        Populations (`POPULATIONS`); all agencies at work if empty.

    Returns
    -------
    array, shape (replications,)
        In the unit of the column; not a number where no quarter has an agency.
    """
    rows = members(window(tables.table("agencies"), since, until), among)
    return _mean_over_quarters(rows.groupby(["replication", "ordinal"])[column].median(), tables.replications)


@statistic(
    "Mean of a column over agencies of each quarter, then the mean over quarters.",
    tables=_TABLES,
    arguments=_ARGUMENTS,
    defaults=_DEFAULTS,
    choices=CHOICES,
)
def agency_mean(
    tables: WorldTables, column: str, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()
) -> Rows:
    """Mean over agencies, averaged over the quarters of a window.

    Parameters
    ----------
    tables : WorldTables
        A world.
    column : str
        A column of the table `agencies`; agencies where it is undefined are left out.
    since, until : Quarter or str
        First and last quarter.
    among : sequence of str
        Populations (`POPULATIONS`); all agencies at work if empty.

    Returns
    -------
    array, shape (replications,)
        In the unit of the column; not a number where no quarter has an agency.
    """
    rows = members(window(tables.table("agencies"), since, until), among)
    return _mean_over_quarters(rows.groupby(["replication", "ordinal"])[column].mean(), tables.replications)


@statistic(
    "Share of agencies of each quarter in which a column is `least` or more, then the mean over quarters.",
    tables=_TABLES,
    arguments={**_ARGUMENTS, "least": Argument.NUMBER},
    defaults=_DEFAULTS,
    choices=CHOICES,
)
def agency_share(
    tables: WorldTables,
    column: str,
    least: float,
    since: Quarter | str,
    until: Quarter | str,
    among: Sequence[str] = (),
) -> Rows:
    """Share of agencies at or above a limit, averaged over the quarters of a window.

    Parameters
    ----------
    tables : WorldTables
        A world.
    column : str
        A column of the table `agencies`; agencies where it is undefined are left out.
    least : float
        The limit, in the unit of the column.
    since, until : Quarter or str
        First and last quarter.
    among : sequence of str
        Populations (`POPULATIONS`); all agencies at work if empty.

    Returns
    -------
    array, shape (replications,)
        0 to 1; not a number where no quarter has an agency.
    """
    rows = members(window(tables.table("agencies"), since, until), among).dropna(subset=[column])
    reached = (rows[column] >= least).groupby([rows["replication"], rows["ordinal"]]).mean()
    return _mean_over_quarters(reached, tables.replications)


def _mean_over_quarters(by_quarter: pd.Series, replications: int) -> Rows:
    return by_quarter.groupby(level=0).mean().reindex(range(replications)).to_numpy(dtype=float)
