"""Community presence: how far a community has changed after so many years of unbroken service."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.replication_parts import YEAR, Floats, sums, with_ordinals


def _share(parts: Floats) -> float:
    return float(parts[0] / parts[1]) if parts[1] != 0 else float("nan")


@statistic(
    "Gain of a community in a column after `years` of unbroken service, over its gain after `plateau` years (share); "
    "of communities where service lasted so long.",
    tables={"communities": ("quarter", "community", "unbroken_years")},
    arguments={"column": Argument.COLUMN, "years": Argument.POSITIVE, "plateau": Argument.POSITIVE},
    combine=_share,
    orders=(("years", "plateau"),),
)
def gain_by_presence(tables: WorldTables, column: str, years: float, plateau: float) -> Rows:
    """Gains of communities after some years of presence and at the plateau.

    Parameters
    ----------
    tables : WorldTables
        A world.
    column : str
        A column of the table `communities`.
    years : float
        Years after the quarter before the first service.
    plateau : float
        Years of unbroken service by one agency after which no more is expected.

    Returns
    -------
    array, shape (replications, 2)
        Sums of both gains over communities, each from the quarter before service began; a community counts from the
        first service that lasted to the plateau, and not if the run began with that service.
    """
    rows = with_ordinals(tables.table("communities")).sort_values("ordinal", kind="stable")
    reached = rows[rows["unbroken_years"] >= plateau - 1e-6].groupby(["replication", "community"], observed=True)
    ends = reached["ordinal"].first()
    values = pd.Series(
        rows[column].to_numpy(dtype=float),
        index=pd.MultiIndex.from_frame(rows[["replication", "community", "ordinal"]]),
    )
    before = ends - round(plateau * YEAR)
    gains = pd.DataFrame({"replication": ends.index.get_level_values(0)})
    start = _at(values, before)
    gains["gain"] = _at(values, before + round(years * YEAR)) - start
    gains["plateau"] = _at(values, ends) - start
    return sums(gains.dropna(), ("gain", "plateau"), tables.replications)


def _at(values: pd.Series, when: pd.Series) -> Floats:
    """Values of communities in a quarter of each; not a number where there is no such quarter."""
    index = pd.MultiIndex.from_arrays([when.index.get_level_values(0), when.index.get_level_values(1), when])
    return np.asarray(values.reindex(index), dtype=np.float64)
