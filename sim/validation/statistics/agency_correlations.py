"""Agency correlations: how two columns of agencies go together within a year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.agency_populations import CHOICES, COLUMNS, members
from sim.validation.statistics.replication_parts import correlation, fourth_quarters, sums, window


@statistic(
    "Correlation of two columns over agencies in fourth quarters, with each year's means taken off (-1 to 1).",
    tables={"agencies": COLUMNS},
    arguments={
        "x": Argument.COLUMN,
        "y": Argument.COLUMN,
        "among": Argument.WORDS,
        "since": Argument.QUARTER,
        "until": Argument.QUARTER,
    },
    defaults={"among": ()},
    combine=correlation,
    choices=CHOICES,
)
def agency_correlation(
    tables: WorldTables, x: str, y: str, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()
) -> Rows:
    """Sums of products and squares of two columns within years.

    Parameters
    ----------
    tables : WorldTables
        A world.
    x, y : str
        Columns of the table `agencies`; agencies where one is undefined are left out.
    since, until : Quarter or str
        First and last quarter.
    among : sequence of str
        Populations (`POPULATIONS`); all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 3)
        Sum of x × y, of x × x and of y × y, less the year's means.
    """
    rows = members(fourth_quarters(window(tables.table("agencies"), since, until)), among)
    return moments(rows, x, y, tables.replications)


def moments(rows: pd.DataFrame, x: str, y: str, replications: int) -> Rows:
    """Sum of x × y, of x × x and of y × y by replication, with the means of each ``year`` taken off.

    Returns
    -------
    array, shape (replications, 3)
    """
    rows = rows.dropna(subset=[x, y])
    values = rows[[x, y]].astype(float)
    away = values - values.groupby([rows["replication"], rows["year"]]).transform("mean")
    products = pd.DataFrame(
        {
            "replication": rows["replication"],
            "xy": away[x] * away[y],
            "xx": away[x] ** 2,
            "yy": away[y] ** 2,
        }
    )
    return sums(products, ("xy", "xx", "yy"), replications)
