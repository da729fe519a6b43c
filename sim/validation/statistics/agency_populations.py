"""Agency populations: which rows of the table of agencies a statistic is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd


class Population(NamedTuple):
    """A part of the agencies at work."""

    meaning: str
    holds: Callable[[pd.DataFrame], pd.Series]


POPULATIONS = MappingProxyType(
    {
        "operating": Population("a team or a running contract", lambda rows: rows["operating"].astype(bool)),
        "earning": Population("income in the last four quarters", lambda rows: rows["income_year"] > 0),
        "serving": Population("effective hours of service this quarter", lambda rows: rows["effective"] > 0),
        "contracted": Population("a running contract", lambda rows: rows["contracts"] > 0),
        "nonprofit": Population("nonprofits", lambda rows: rows["kind"] == "nonprofit"),
        "for-profit": Population("for-profits", lambda rows: rows["kind"] == "for-profit"),
    }
)
"""What an argument `among` may list; an agency counts that belongs to all of them."""

CHOICES = MappingProxyType({"among": tuple(POPULATIONS)})
COLUMNS = ("quarter", "agency", "kind", "operating", "contracts", "income_year", "effective")
"""Columns of the table of agencies that populations read."""


def members(rows: pd.DataFrame, among: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of the agencies that belong to all the populations named.

    Raises
    ------
    ValueError
        If there is no population of that name.
    """
    for name in among:
        if name not in POPULATIONS:
            raise ValueError(f"there is no population {name!r}; expected {', '.join(POPULATIONS)}")
        rows = rows[POPULATIONS[name].holds(rows)]
    return rows
