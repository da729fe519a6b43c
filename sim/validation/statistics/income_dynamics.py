"""Income dynamics: crowding-out of other income by public money, and diversification with volatility and growth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.agency_correlations import moments
from sim.validation.statistics.agency_populations import CHOICES, COLUMNS, members
from sim.validation.statistics.replication_parts import Floats, correlation, fourth_quarters, window

_WINDOW = {"among": Argument.WORDS, "since": Argument.QUARTER, "until": Argument.QUARTER}
_DIVERSIFICATION = {"agencies": (*COLUMNS, "source_concentration")}


def _slope(parts: Floats) -> float:
    return float(parts[0] / parts[1]) if parts[1] > 0 else float("nan")


@statistic(
    "Slope of a year's other income on its public income, effects of agency and year taken off (CNY for each CNY).",
    tables={"agencies": (*COLUMNS, "government_share")},
    arguments=_WINDOW,
    defaults={"among": ()},
    combine=_slope,
    choices=CHOICES,
)
def crowding_out(tables: WorldTables, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()) -> Rows:
    """Covariation of other and public income within agencies.

    Parameters
    ----------
    tables : WorldTables
        A world.
    since, until : Quarter or str
        First and last quarter.
    among : sequence of str
        Populations (`POPULATIONS`); all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 2)
        Sum of public × other and of public × public income (CNY²), less what agency and year explain.
    """
    rows = _incomes(tables, since, until, among)
    found = np.zeros((tables.replications, 2))
    for replication in rows["replication"].unique():
        x, y = _without_effects(rows[rows["replication"] == replication])
        found[replication] = x @ y, x @ x
    return found


@statistic(
    "Slope of the yearly change of other income on that of public income, each year's means taken off (CNY for each "
    "CNY); of agencies that belong to the populations in both years.",
    tables={"agencies": (*COLUMNS, "government_share")},
    arguments=_WINDOW,
    defaults={"among": ()},
    combine=_slope,
    choices=CHOICES,
)
def crowding_out_in_changes(
    tables: WorldTables, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()
) -> Rows:
    """Covariation of yearly changes of other and public income.

    What makes an agency large in everything is gone, and what makes it grow slowly in everything nearly so.

    Parameters
    ----------
    tables : WorldTables
        A world.
    since, until : Quarter or str
        First and last quarter.
    among : sequence of str
        Populations (`POPULATIONS`); all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 3)
        Sum of changes of public × other, of public × public and of other × other income (CNY²), less the year's means.
    """
    rows = _incomes(tables, since, until, among).sort_values("year", kind="stable")
    changes = rows.groupby(["replication", "agency"], observed=True)[["public", "other", "year"]].diff()
    rows = rows.assign(public=changes["public"], other=changes["other"])[changes["year"] == 1]
    return moments(rows, "public", "other", tables.replications)


def _incomes(tables: WorldTables, since: Quarter | str, until: Quarter | str, among: Sequence[str]) -> pd.DataFrame:
    """Agencies in fourth quarters with their ``public`` and ``other`` income of the year (CNY)."""
    rows = members(fourth_quarters(window(tables.table("agencies"), since, until)), among)
    rows = rows.dropna(subset=["government_share"])
    public = rows["income_year"] * rows["government_share"].astype(float)
    return rows.assign(public=public, other=rows["income_year"] - public)


def _without_effects(rows: pd.DataFrame) -> tuple[Floats, Floats]:
    """Public and other income less the effects of agencies and years (Frisch-Waugh-Lovell)."""
    years = pd.get_dummies(rows["year"]).to_numpy(dtype=float)
    everything = np.column_stack([rows["public"], rows["other"], years])
    frame = pd.DataFrame(everything, index=rows.index)
    within = (frame - frame.groupby(rows["agency"].to_numpy()).transform("mean")).to_numpy()
    money, dummies = within[:, :2], within[:, 2:]
    left = money - dummies @ np.linalg.lstsq(dummies, money, rcond=None)[0]
    return left[:, 0], left[:, 1]


@statistic(
    "Correlation of diversification of income over sources with the standard deviation of the yearly changes of log "
    "income in the `years` that follow (-1 to 1).",
    tables=_DIVERSIFICATION,
    arguments={"years": Argument.WHOLE, **_WINDOW},
    defaults={"among": ()},
    combine=correlation,
    choices=CHOICES,
)
def diversification_volatility(
    tables: WorldTables, years: int, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()
) -> Rows:
    """Sums of products and squares of diversification and volatility within years.

    Parameters
    ----------
    tables : WorldTables
        A world.
    years : int
        How many yearly changes are looked at, two or more.
    since, until : Quarter or str
        First and last quarter; the years that follow lie within.
    among : sequence of str
        Populations (`POPULATIONS`) at the beginning; all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 3)
        Of agencies with income in each year.
    """
    rows = _paths(tables, years, since, until, among)
    return moments(rows, "diversification", "volatility", tables.replications)


@statistic(
    "Correlation of diversification of income over sources with the mean yearly change of log income in the `years` "
    "that follow (-1 to 1).",
    tables=_DIVERSIFICATION,
    arguments={"years": Argument.WHOLE, **_WINDOW},
    defaults={"among": ()},
    combine=correlation,
    choices=CHOICES,
)
def diversification_growth(
    tables: WorldTables, years: int, since: Quarter | str, until: Quarter | str, among: Sequence[str] = ()
) -> Rows:
    """Sums of products and squares of diversification and growth within years.

    Parameters
    ----------
    tables : WorldTables
        A world.
    years : int
        Over how many years growth is measured.
    since, until : Quarter or str
        First and last quarter; the years that follow lie within.
    among : sequence of str
        Populations (`POPULATIONS`) at the beginning; all agencies at work if empty.

    Returns
    -------
    array, shape (replications, 3)
        Of agencies with income in each year.
    """
    rows = _paths(tables, years, since, until, among)
    return moments(rows, "diversification", "growth", tables.replications)


def _paths(
    tables: WorldTables, years: int, since: Quarter | str, until: Quarter | str, among: Sequence[str]
) -> pd.DataFrame:
    """Agencies of a year with diversification, and growth and volatility of income over the years that follow."""
    yearly = fourth_quarters(window(tables.table("agencies"), since, until))
    rows = members(yearly, among)
    log = np.log(yearly["income_year"].where(yearly["income_year"] > 0))
    incomes = pd.Series(log.to_numpy(), index=pd.MultiIndex.from_frame(yearly[["replication", "agency", "year"]]))
    path = []
    for step in range(years + 1):
        wanted = pd.MultiIndex.from_arrays([rows["replication"], rows["agency"], rows["year"] + step])
        path.append(incomes.reindex(wanted).to_numpy())
    changes = np.diff(np.array(path), axis=0)
    spread = changes.std(axis=0, ddof=1) if years > 1 else np.full(len(rows), np.nan)
    return rows.assign(
        diversification=1 - rows["source_concentration"].astype(float),
        growth=changes.mean(axis=0),
        volatility=spread,
    )
