"""Agency entrants: what newcomers are when they begin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.agency_endings import first_quarter
from sim.validation.statistics.replication_parts import YEAR, Floats, ordinal, ratio, sums, with_ordinals


def _difference(parts: Floats) -> float:
    return ratio(parts[:2]) - ratio(parts[2:])


@statistic(
    "Share of agencies founded in `quarters` quarters from `at` on whose `column` is one of `words` when they begin, "
    "less that share in as many quarters from `base` on.",
    tables={"agencies": ("quarter", "agency", "founded")},
    arguments={
        "column": Argument.WORD_COLUMN,
        "words": Argument.WORDS,
        "base": Argument.QUARTER,
        "at": Argument.QUARTER,
        "quarters": Argument.WHOLE,
    },
    defaults={"quarters": YEAR},
    combine=_difference,
    spans=("base", "at"),
)
def entrant_share_change(
    tables: WorldTables,
    column: str,
    words: Sequence[str],
    base: Quarter | str,
    at: Quarter | str,
    quarters: int = YEAR,
) -> Rows:
    """Newcomers of a kind, and all newcomers, in two periods.

    Parameters
    ----------
    tables : WorldTables
        A world.
    column : str
        A column of words of the table `agencies`, as it stands at the end of the quarter of founding.
    words : sequence of str
        Words that count.
    base, at : Quarter or str
        First quarters of the earlier and of the later period.
    quarters : int
        Length of each.

    Returns
    -------
    array, shape (replications, 4)
        Newcomers that count and all newcomers of the later period, then of the earlier one.
    """
    rows = with_ordinals(tables.table("agencies"))
    new = rows[rows["ordinal"] - first_quarter(rows) == rows["founded"]]
    new = new.assign(counts=new[column].isin(list(words)).astype(float), newcomers=1.0)
    found = []
    for first in map(ordinal, (at, base)):
        period = new[new["ordinal"].between(first, first + quarters - 1)]
        found.append(sums(period, ("counts", "newcomers"), tables.replications))
    return np.hstack(found)
