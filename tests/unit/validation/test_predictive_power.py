"""Predictive power: pairs and ties with known answers, who is looked at, and intervals over replications."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.validation.predictive_power import (
    POPULATIONS,
    PREDICTORS,
    observations,
    pairs_won,
    power_markdown,
    power_text,
    predictive_power,
)

START = Quarter(2010, 1)
QUARTERS = 24


class Tables:
    """Tables of replications that are made by hand."""

    def __init__(self, rows, replications=1):
        self.rows, self.replications = rows, replications

    def table(self, name):
        assert name == "agencies"
        return self.rows


def agency(number, last, staff=5.0, replication=0, **more):
    """An agency from the first quarter to the last one in which it operates."""
    quarters = range(last + 1)
    values = {"staff": staff, "sustainability": 0.5, "reserve_year": 2.0, "income_year": 100.0, "contract_cover": 0.5}
    fixed = {"replication": replication, "agency": f"a{number}", "operating": True} | values | more
    return pd.DataFrame(
        {"quarter": [str(START + n) for n in quarters]} | {k: [v] * (last + 1) for k, v in fixed.items()}
    )


def frame(*parts):
    return pd.concat(parts, ignore_index=True)


def test_only_fourth_quarters_are_looked_at_of_which_the_end_is_known():
    found = observations(frame(agency(1, QUARTERS - 1), agency(2, 8)))
    # Number 3 is a fourth quarter too, but has no year before it.
    assert sorted(set(found["ordinal"])) == [(START + 7).ordinal, (START + 11).ordinal]
    assert found.loc[found["ordinal"] == (START + 7).ordinal, "goes_on"].tolist() == [True, False]


def test_who_does_not_operate_is_left_out_and_an_idle_shell_does_not_go_on():
    idle = agency(2, QUARTERS - 1)
    idle.loc[12:, "operating"] = False
    found = observations(frame(agency(1, QUARTERS - 1), idle, agency(3, QUARTERS - 1, operating=False)))
    first = found[found["ordinal"] == (START + 7).ordinal]
    assert first["goes_on"].tolist() == [True, False]


def test_income_trend_compares_with_the_year_before():
    growing = agency(1, QUARTERS - 1)
    growing["income_year"] = np.where(growing.index < 6, 100.0, 300.0)
    found = observations(growing)
    assert found["trend"].tolist() == [0.5, 0.0]


def test_a_perfect_predictor_has_one_and_a_blind_one_half():
    rows = frame(
        *(agency(n, QUARTERS - 1, staff=9.0 + n, replication=r) for r in range(3) for n in range(3)),
        *(agency(n, 9, staff=1.0, replication=r) for r in range(3) for n in (7, 8)),
    )
    found = predictive_power(Tables(rows, 3), "town").set_index(["population", "predictor"])
    assert len(found) == len(POPULATIONS) * len(PREDICTORS)
    assert found.loc[("all operating", "staff"), "auc"] == 1
    assert found.loc[("all operating", "reserves"), "auc"] == 0.5
    assert found.loc[("all operating", "staff"), "runs"] == 3
    assert np.isnan(found.loc[("five staff or more", "staff"), "auc"])
    assert found.loc[("five staff or more", "staff"), "defined"] == 0


def test_nobody_stops_and_nobody_is_there():
    for rows in (agency(1, QUARTERS - 1), agency(1, 5)):
        found = predictive_power(Tables(rows), "town")
        assert found["auc"].isna().all()
        assert "town" in power_text(found)
        assert "| all operating | staff | – |" in power_markdown(found)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=20))
def test_pairs_are_those_that_one_counts_by_hand(rows):
    values, goes_on = (np.array(column) for column in zip(*rows, strict=True))
    won, pairs = pairs_won(values.astype(float), goes_on.astype(bool))
    compared = [(a > b) + 0.5 * (a == b) for a in values[goes_on] for b in values[~goes_on]]
    assert pairs == len(compared)
    assert won == pytest.approx(sum(compared))
