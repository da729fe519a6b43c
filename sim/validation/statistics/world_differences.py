"""World differences: what an outcome is in one world less what it is in another with the same random numbers."""

from __future__ import annotations

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.outcome_series import window_mean
from sim.validation.statistics.replication_parts import Floats

_NO_EFFECT = 1e-9
"""An effect on an outcome that is smaller than this cannot be divided by."""


@statistic(
    "Mean of an outcome over a window in one world less that in another, over `per` (1 if left out).",
    tables={"sector": ("quarter",)},
    arguments={
        "outcome": Argument.OUTCOME,
        "since": Argument.QUARTER,
        "until": Argument.QUARTER,
        "per": Argument.POSITIVE,
    },
    defaults={"per": 1},
    compares=True,
)
def window_difference(
    tables: WorldTables,
    versus: WorldTables,
    outcome: str,
    since: Quarter | str,
    until: Quarter | str,
    per: float = 1,
) -> Rows:
    """Difference of an outcome between worlds, run against run.

    Parameters
    ----------
    tables, versus : WorldTables
        Two worlds; the second is subtracted.
    outcome : str
        An outcome of the table `sector`.
    since, until : Quarter or str
        First and last quarter.
    per : float
        What the difference is divided by.

    Returns
    -------
    array, shape (replications,)
        For the replications that both worlds have.
    """
    values = [window_mean(world, outcome, since, until, per) for world in (tables, versus)]
    both = min(map(len, values))
    return values[0][:both] - values[1][:both]


def _share_left(parts: Floats) -> float:
    return float(parts[0] / parts[1]) if abs(parts[1]) > _NO_EFFECT else float("nan")


@statistic(
    "Difference of an outcome between two worlds in the quarter `at` over that in the quarter `of` (1: all of the "
    "effect is left).",
    tables={"sector": ("quarter",)},
    arguments={"outcome": Argument.OUTCOME, "of": Argument.QUARTER, "at": Argument.QUARTER},
    compares=True,
    combine=_share_left,
    orders=(("of", "at"),),
)
def effect_remaining(
    tables: WorldTables, versus: WorldTables, outcome: str, of: Quarter | str, at: Quarter | str
) -> Rows:
    """Effects of what makes two worlds differ, in a later and in an earlier quarter.

    Parameters
    ----------
    tables, versus : WorldTables
        Two worlds.
    outcome : str
        An outcome of the table `sector`.
    of, at : Quarter or str
        The quarter whose effect counts as whole, and the one that is asked about.

    Returns
    -------
    array, shape (replications, 2)
        Difference in `at` and difference in `of`.
    """
    return np.stack([window_difference(tables, versus, outcome, when, when) for when in (at, of)], axis=1)
