"""Given columns: a statistic sees what it declares, in the same way whether runs are of one point or of several."""

import numpy as np
import pandas as pd
import pytest

from sim.validation.given_columns import given_rows

WHOLE = pd.DataFrame(
    {
        "point": 3,
        "replication": [0, 0, 2, 2, 5],
        "quarter": ["2010-Q1", "2010-Q2"] * 2 + ["2010-Q1"],
        "date": pd.Timestamp("2010-01-01"),
        "staff": range(5),
        "skill_elderly": 0.5,
        "skill_youth": 0.25,
        "cash": 1.0,
    }
)


def test_declared_columns_stand_beside_replication_quarter_and_date():
    frame = given_rows(WHOLE, ("staff", "skill_FIELD"), np.array([0, 2, 5]))
    assert list(frame.columns) == ["replication", "quarter", "date", "staff", "skill_elderly", "skill_youth"]


def test_replications_count_from_0_without_gaps():
    frame = given_rows(WHOLE, ("staff",), np.array([0, 5]))
    assert frame["replication"].tolist() == [0, 0, 1]
    assert frame["staff"].tolist() == [0, 1, 4]
    assert frame.index.tolist() == [0, 1, 2]


def test_a_column_that_is_named_twice_is_given_once():
    assert list(given_rows(WHOLE, ("staff", "quarter", "staff"), np.array([2])).columns)[-1] == "staff"


def test_a_column_that_was_not_kept_is_an_error():
    with pytest.raises(KeyError, match="wage"):
        given_rows(WHOLE, ("wage",), np.array([0]))
