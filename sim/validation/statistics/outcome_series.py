"""Outcome series: levels, growth and covariation of outcomes of the whole sector."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.replication_parts import YEAR, Floats, means, ordinal, ratio, series, sums

_WINDOW = {"since": Argument.QUARTER, "until": Argument.QUARTER}
_QUARTER = ("quarter",)


@statistic(
    "Mean of an outcome over the quarters of a window (both ends included), over `per` (1 if left out).",
    tables={"sector": _QUARTER},
    arguments={"outcome": Argument.OUTCOME, **_WINDOW, "per": Argument.POSITIVE},
    defaults={"per": 1},
)
def window_mean(tables: WorldTables, outcome: str, since: Quarter | str, until: Quarter | str, per: float = 1) -> Rows:
    """Mean of an outcome over a window.

    Parameters
    ----------
    tables : WorldTables
        A world.
    outcome : str
        An outcome of the table `sector`; quarters in which it is undefined are left out.
    since, until : Quarter or str
        First and last quarter.
    per : float
        What it is divided by.

    Returns
    -------
    array, shape (replications,)
        In the unit of the outcome over that of `per`.
    """
    rows = series(tables, outcome, since, until)
    return means(rows, rows["value"], tables.replications) / per


@statistic(
    "Mean of an outcome over `quarters` (4 if left out) quarters from `at` on, over its mean over as many from `base` "
    "on; the outcome `plus` is added to it where given (ratio).",
    tables={"sector": _QUARTER},
    arguments={
        "outcome": Argument.OUTCOME,
        "plus": Argument.OUTCOME,
        "base": Argument.QUARTER,
        "at": Argument.QUARTER,
        "quarters": Argument.WHOLE,
    },
    defaults={"plus": None, "quarters": YEAR},
    combine=ratio,
    spans=("base", "at"),
)
def growth_ratio(
    tables: WorldTables,
    outcome: str,
    base: Quarter | str,
    at: Quarter | str,
    plus: str | None = None,
    quarters: int = YEAR,
) -> Rows:
    """Means of an outcome in a later and an earlier period.

    Parameters
    ----------
    tables : WorldTables
        A world.
    outcome, plus : str
        An outcome of the table `sector`, and one that is added to it.
    base, at : Quarter or str
        First quarters of the period that is divided by, and of the one that is asked about.
    quarters : int
        Length of each.

    Returns
    -------
    array, shape (replications, 2)
        Mean from `at` on and mean from `base` on.
    """
    found = []
    for first in (at, base):
        last = Quarter.from_ordinal(ordinal(first) + quarters - 1)
        rows = series(tables, outcome, first, last, plus)
        found.append(means(rows, rows["value"], tables.replications))
    return np.stack(found, axis=1)


@statistic(
    "Correlation over calendar years of an outcome (with `plus` added where given) with the sum of the outcome "
    "`driver` over the years of the window so far (-1 to 1).",
    tables={"sector": _QUARTER},
    arguments={"outcome": Argument.OUTCOME, "plus": Argument.OUTCOME, "driver": Argument.OUTCOME, **_WINDOW},
    defaults={"plus": None},
)
def cumulative_correlation(
    tables: WorldTables,
    outcome: str,
    driver: str,
    since: Quarter | str,
    until: Quarter | str,
    plus: str | None = None,
) -> Rows:
    """Correlation of an outcome with the driver of all years so far.

    Parameters
    ----------
    tables : WorldTables
        A world.
    outcome, plus : str
        An outcome of the table `sector`, and one that is added to it.
    driver : str
        An outcome that is a rate a year; its yearly means are summed.
    since, until : Quarter or str
        First and last quarter.

    Returns
    -------
    array, shape (replications,)
        Not a number where one of the two does not vary.
    """
    return _over_years(tables, outcome, driver, since, until, plus, _correlation_with_sum)


@statistic(
    "Elasticity: slope over calendar years of the logarithm of an outcome (with `plus` added where given) on the "
    "logarithm of the outcome `driver`.",
    tables={"sector": _QUARTER},
    arguments={"outcome": Argument.OUTCOME, "plus": Argument.OUTCOME, "driver": Argument.OUTCOME, **_WINDOW},
    defaults={"plus": None},
)
def elasticity(
    tables: WorldTables,
    outcome: str,
    driver: str,
    since: Quarter | str,
    until: Quarter | str,
    plus: str | None = None,
) -> Rows:
    """Elasticity of an outcome to a driver, over the years of a run.

    Parameters
    ----------
    tables : WorldTables
        A world.
    outcome, plus : str
        An outcome of the table `sector`, and one that is added to it.
    driver : str
        What it follows.
    since, until : Quarter or str
        First and last quarter.

    Returns
    -------
    array, shape (replications,)
        Years in which one of the two is not above zero are left out; not a number where fewer than three are left.
    """
    return _over_years(tables, outcome, driver, since, until, plus, _log_slope)


@statistic(
    "Closures over agencies on the register (at work or dormant), a year (1/year).",
    tables={"sector": (*_QUARTER, "closures", "agencies", "dormant")},
    arguments=_WINDOW,
    combine=ratio,
)
def closure_rate(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> Rows:
    """Closures and agency-years in a window.

    Parameters
    ----------
    tables : WorldTables
        A world.
    since, until : Quarter or str
        First and last quarter.

    Returns
    -------
    array, shape (replications, 2)
        Closures (agencies struck off the register among them), and years that agencies were on the register.
    """
    closed = series(tables, "closures", since, until)
    registered = series(tables, "agencies", since, until, "dormant")
    parts = [sums(rows, ["value"], tables.replications)[:, 0] for rows in (closed, registered)]
    return np.stack([parts[0], parts[1] / YEAR], axis=1)


def _over_years(
    tables: WorldTables,
    outcome: str,
    driver: str,
    since: Quarter | str,
    until: Quarter | str,
    plus: str | None,
    measure: Callable[[Floats, Floats], float],
) -> Rows:
    """Apply a measure of two yearly series to each replication."""
    both = {
        "value": series(tables, outcome, since, until, plus),
        "driver": series(tables, driver, since, until),
    }
    yearly = pd.DataFrame(
        {name: rows.groupby(["replication", rows["ordinal"] // YEAR])["value"].mean() for name, rows in both.items()}
    ).dropna()
    found = np.full(tables.replications, np.nan)
    for replication in yearly.index.unique(level=0):
        rows = yearly.loc[replication]
        found[replication] = measure(rows["value"].to_numpy(), rows["driver"].to_numpy())
    return found


def _correlation_with_sum(values: Floats, driver: Floats) -> float:
    so_far = np.cumsum(driver)
    if len(values) < 3 or np.ptp(values) == 0 or np.ptp(so_far) == 0:
        return float("nan")
    return float(np.corrcoef(values, so_far)[0, 1])


def _log_slope(values: Floats, driver: Floats) -> float:
    defined = (values > 0) & (driver > 0)
    y, x = np.log(values[defined]), np.log(driver[defined])
    if len(y) < 3 or np.ptp(x) == 0:
        return float("nan")
    return float(np.polyfit(x, y, 1)[0])
