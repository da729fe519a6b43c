"""Given columns: what a statistic sees of a table that was kept, with its replications counted from 0 without gaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.design.kept_columns import ALWAYS_KEPT
from sim.output.table_columns import EVERY_FIELD

POINT, REPLICATION = ALWAYS_KEPT[:2]


def given_rows(whole: pd.DataFrame, declared: Sequence[str], numbers: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Rows of some replications, with the columns that a statistic declares, and replication, quarter and date.

    Parameters
    ----------
    whole : DataFrame
        A table of runs, ordered by replication.
    declared : sequence of str
        Columns; one that ends in ``_FIELD`` stands for those of every field of service.
    numbers : int array, shape (replications,)
        Replications that are looked at, in ascending order; in the result they count from 0.

    Raises
    ------
    KeyError
        If the table does not have a column.
    """
    stems = tuple(each.removesuffix(EVERY_FIELD[1:]) for each in declared if each.endswith(EVERY_FIELD))
    named = [each for each in declared if not each.endswith(EVERY_FIELD)]
    further = [each for each in whole.columns if stems and each.startswith(stems)]
    columns = dict.fromkeys([*(each for each in ALWAYS_KEPT if each != POINT), *named, *further])
    there = whole[REPLICATION].to_numpy()
    wanted = np.isin(there, numbers)
    frame = whole.loc[wanted, list(columns)].reset_index(drop=True)
    return frame.assign(replication=np.searchsorted(numbers, there[wanted]))
