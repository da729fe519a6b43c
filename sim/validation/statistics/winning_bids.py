"""Winning bids: whether relation or professional quality decides, by a logit of winning."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize

from sim.declarations.calendar_quarter import Quarter
from sim.validation.statistic_type import Argument, Rows, WorldTables, statistic
from sim.validation.statistics.ratios_of_sums import bids_in_calls
from sim.validation.statistics.replication_parts import Floats, with_ordinals

LEAST_BIDS = 30
"""Bids below which no logit is fitted: ten for each coefficient but the constant."""
_STANDING = ("relation", "reputation", "licence", "quality")


@statistic(
    "Coefficient of relation less that of professional quality in a logit of winning a lot of one's own district, "
    "both in standard deviations; with the number of bids; lots with two bids or more.",
    tables={
        "bids": ("quarter", "contract", "agency", "won"),
        "contracts": ("contract", "route", "channel", "government"),
        "agencies": ("quarter", "agency", "district", "relation", "reputation", "licensed", "staff", "quality"),
    },
    arguments={"since": Argument.QUARTER, "until": Argument.QUARTER},
)
def relation_over_quality(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> Rows:
    """By how much relation counts more than professional quality for winning.

    Quality is the mean of reputation, share of licence holders and quality of service, each in standard deviations.
    Everything is as it stood at the end of the quarter before the bid; who did not exist then is left out.

    Parameters
    ----------
    tables : WorldTables
        A world.
    since, until : Quarter or str
        First and last quarter of the bids.

    Returns
    -------
    array, shape (replications,)
        Difference in log odds; not a number where fewer than `LEAST_BIDS` bids are left, nobody wins or loses, or
        something does not vary.
    """
    found = np.full(tables.replications, np.nan)
    bids = _bids_with_standing(tables, since, until)
    for replication in bids["replication"].unique():
        rows = bids[bids["replication"] == replication]
        if len(rows) >= LEAST_BIDS:
            found[replication] = _difference(rows)
    return found


def _bids_with_standing(tables: WorldTables, since: Quarter | str, until: Quarter | str) -> pd.DataFrame:
    """Bids on contested lots of the bidder's district, with what the bidder was a quarter before."""
    bids = bids_in_calls(tables, since, until)
    number = bids.groupby(["replication", "contract"])["won"].transform("size")
    bids = bids.assign(number=number)[(number > 1) & (bids["channel"] == "district")]
    agencies = with_ordinals(tables.table("agencies"))
    agencies = agencies[agencies["staff"] > 0]
    standing = agencies.assign(ordinal=agencies["ordinal"] + 1, licence=agencies["licensed"] / agencies["staff"])
    keys = ["replication", "agency", "ordinal"]
    rows = bids.astype({"agency": str}).merge(
        standing[[*keys, "district", *_STANDING]].astype({"agency": str}), on=keys
    )
    home = rows["government"].astype(str) == rows["district"].astype(str)
    return rows[home].dropna(subset=list(_STANDING))


def _difference(rows: pd.DataFrame) -> float:
    """Coefficient of relation less that of quality."""
    quality = np.mean([_standardised(rows[name]) for name in ("reputation", "licence", "quality")], axis=0)
    variables = [_standardised(values) for values in (rows["relation"], quality, np.log(rows["number"]))]
    coefficients = logit(np.column_stack(variables), rows["won"].to_numpy(dtype=bool))
    return float(coefficients[0] - coefficients[1])


def _standardised(values: npt.ArrayLike) -> Floats:
    """Values in standard deviations from their mean; 0 where they do not vary."""
    plain = np.asarray(values, dtype=np.float64)
    spread = plain.std()
    return (plain - plain.mean()) / spread if spread > 0 else np.zeros_like(plain)


def logit(variables: Floats, won: npt.NDArray[np.bool_]) -> Floats:
    """Coefficients of a logistic regression with a constant, by maximum likelihood.

    Parameters
    ----------
    variables : array, shape (observations, variables)
        What may explain.
    won : array of bool, shape (observations,)
        What is to be explained.

    Returns
    -------
    array, shape (variables,)
        Without the constant; not a number where the likelihood has no maximum.
    """
    design = np.column_stack([variables, np.ones(len(won))])
    sign = np.where(won, 1.0, -1.0)

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        odds = sign * (design @ coefficients)
        return float(np.logaddexp(0, -odds).sum()), -design.T @ (sign / (1 + np.exp(np.minimum(odds, 500))))

    if won.all() or not won.any():
        return np.full(variables.shape[1], np.nan)
    result = minimize(loss, np.zeros(design.shape[1]), jac=True, method="BFGS")
    separated = np.abs(result.x).max() > 20  # the likelihood rises for ever where a variable parts winners from losers
    return np.full(variables.shape[1], np.nan) if separated else result.x[:-1]
