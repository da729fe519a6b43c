"""Predictive power: how well what is known of an agency says whether it still operates three years later.

In the fourth quarter of each year, operating agencies that are at least a year old are ranked by a predictor.  AUC is
the chance that one that still operates twelve quarters later is ranked above one that does not: 0.5 says nothing.
Agencies are compared within a year only, so that a trend of the whole sector counts for nothing, and all predictors are
judged by the same agencies.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from sim.statistics.number_format import few_digits
from sim.validation.plain_tables import markdown_table, span, text_table
from sim.validation.replication_estimate import Estimate, estimate
from sim.validation.statistic_type import WorldTables
from sim.validation.statistics.replication_parts import YEAR, with_ordinals

AHEAD = 12
"""Quarters until which an agency is to go on."""
TABLES = {
    "agencies": ("agency", "operating", "staff", "sustainability", "reserve_year", "income_year", "contract_cover"),
}
"""Tables and columns that are read."""
PREDICTORS = {
    "sustainability": "sustainability",
    "staff": "staff",
    "reserves": "running mean of months of reserve, over about a year",
    "income trend": "income of four quarters less that of the four before, over their sum",
    "contract cover": "part of next year's cost under contract",
}
"""What agencies are ranked by."""
POPULATIONS = {"all operating": 0.0, "five staff or more": 5.0}
"""Least staff of each population."""
COLUMNS = {
    "scenario": "Scenario",
    "population": "Which operating agencies are compared",
    "predictor": "What they are ranked by",
    "auc": "Chance that one that still operates is ranked above one that does not",
    "ci_low": "Lower end of the 95 % interval over replications",
    "ci_high": "Upper end",
    "runs": "Replications",
    "defined": "Replications in which both kinds of agency occur in a year",
    "agencies": "Agencies looked at in all years together, a replication",
    "stopped": "Share of them that no longer operate",
}
"""Columns of the table."""
_HEADER = ("population", "predictor", "AUC", "95 %", "runs", "agency-years", "stopped")
_COLUMN = {"reserves": "reserve_year", "income trend": "trend", "contract cover": "contract_cover"}


def predictive_power(world: WorldTables, scenario: str) -> pd.DataFrame:
    """How well each predictor ranks agencies by whether they still operate three years later.

    Parameters
    ----------
    world : WorldTables
        Runs with the tables and columns of `TABLES`.
    scenario : str
        Its name in the table.

    Returns
    -------
    DataFrame
        With the columns of `COLUMNS`: a row for each population and predictor.
    """
    # One replication at a time: those of a country have half a million rows each.
    each = [observations(rows) for _, rows in world.table("agencies").groupby("replication")]
    observed = pd.concat(each, ignore_index=True) if each else observations(world.table("agencies"))
    rows = []
    for population, least in POPULATIONS.items():
        among = observed[observed["staff"] >= least]
        labels = {"scenario": scenario, "population": population}
        count = len(among) / max(world.replications, 1)
        stopped = float(1 - among["goes_on"].mean()) if len(among) else float("nan")
        for predictor in PREDICTORS:
            found = _auc_over_runs(among, _COLUMN.get(predictor, predictor), world.replications)
            low, high = np.clip((found.low, found.high), 0, 1).tolist()
            numbers = {"auc": found.mean, "ci_low": low, "ci_high": high}
            counts = {"runs": found.runs, "defined": found.defined, "agencies": count, "stopped": stopped}
            rows.append({**labels, "predictor": predictor, **numbers, **counts})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def observations(agencies: pd.DataFrame) -> pd.DataFrame:
    """Operating agencies in the fourth quarter of each year, and whether they still operate three years later.

    Parameters
    ----------
    agencies : DataFrame
        The table `agencies`, which has a row for each active agency and quarter.

    Returns
    -------
    DataFrame
        `replication`, `ordinal` (quarters since the year 0), the predictors and `goes_on`; only where all predictors
        are defined and the run is long enough to know.
    """
    timed = with_ordinals(agencies)
    keys = ["replication", "agency", "ordinal"]
    before = timed[[*keys, "income_year"]].assign(ordinal=timed["ordinal"] + YEAR)
    then = timed.loc[timed["operating"], keys].assign(ordinal=lambda rows: rows["ordinal"] - AHEAD, goes_on=True)
    known = timed["ordinal"] + AHEAD <= timed["ordinal"].max()
    now = timed[timed["operating"] & (timed["ordinal"] % YEAR == YEAR - 1) & known]
    found = now.merge(before, on=keys, suffixes=("", "_before")).merge(then, on=keys, how="left")
    income, earlier = found["income_year"], found["income_year_before"]
    found["trend"] = ((income - earlier) / (income + earlier)).where(income + earlier > 0)
    found["goes_on"] = found["goes_on"].notna()
    predictors = [_COLUMN.get(name, name) for name in PREDICTORS]
    return found[["replication", "ordinal", "goes_on", *predictors]].dropna(ignore_index=True)


def _auc_over_runs(among: pd.DataFrame, column: str, replications: int) -> Estimate:
    """AUC from pairs of all years, and its interval over replications."""
    parts = np.full((replications, 2), np.nan)
    for replication, rows in among.groupby("replication"):
        won = pairs = 0.0
        for values, goes_on in _by_year(rows, column):
            wins, of = pairs_won(values, goes_on)
            won, pairs = won + wins, pairs + of
        if pairs:
            parts[int(str(replication))] = won, pairs
    return estimate(parts, lambda means: float(means[0] / means[1]))


def _by_year(rows: pd.DataFrame, column: str) -> Iterator[tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]]:
    for _, year in rows.groupby("ordinal"):
        yield year[column].to_numpy(np.float64), year["goes_on"].to_numpy(np.bool_)


def pairs_won(values: npt.NDArray[np.float64], goes_on: npt.NDArray[np.bool_]) -> tuple[float, int]:
    """Pairs of one that goes on and one that does not in which the first has the higher value; a tie counts half.

    Parameters
    ----------
    values : float array, shape (n,)
        A predictor.
    goes_on : bool array, shape (n,)
        Who goes on.

    Returns
    -------
    float, int
        Pairs won, and pairs in all; their ratio is the AUC.

    Examples
    --------
    >>> pairs_won(np.array([3.0, 1.0, 1.0]), np.array([True, True, False]))
    (1.5, 2)
    """
    winners = int(goes_on.sum())
    pairs = winners * (len(values) - winners)
    if not pairs:
        return 0.0, 0
    return float(rankdata(values)[goes_on].sum() - winners * (winners + 1) / 2), pairs


def power_text(table: pd.DataFrame) -> str:
    """The table for a terminal, a block for each scenario."""
    blocks = [
        f"{name}: who still operates twelve quarters later\n{text_table(_HEADER, _cells(rows), left=2)}"
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return "\n\n".join(blocks)


def power_markdown(table: pd.DataFrame) -> str:
    """The same for a document."""
    blocks = [
        f"`{name}`: who still operates twelve quarters later.\n\n{markdown_table(_HEADER, _cells(rows))}"
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return "\n\n".join(blocks)


def _cells(rows: pd.DataFrame) -> list[list[str]]:
    return [
        [
            row["population"],
            row["predictor"],
            few_digits(row["auc"]),
            span(row["ci_low"], row["ci_high"]),
            f"{row['runs']}" if row["defined"] == row["runs"] else f"{row['defined']} of {row['runs']}",
            few_digits(row["agencies"]),
            few_digits(row["stopped"]),
        ]
        for row in rows.to_dict("records")
    ]
