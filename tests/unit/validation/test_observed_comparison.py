"""Observed comparison: dates, flows, bands and distances, with known answers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.observed.observed_cells import OUTCOMES, read_date
from sim.observed.observed_distance import at_date, off_by
from sim.observed.observed_folders import ObservedSeries
from sim.observed.observed_series import ObservedPoint
from sim.validation.observed_comparison import (
    COLUMNS,
    compare_observed,
    observed_markdown,
    observed_text,
    read_trajectories,
)

START = Quarter(2010, 1)
NAN = math.nan


def point(date, outcome, value, low=None, high=None):
    ends = (value if low is None else low), (value if high is None else high)
    return ObservedPoint(read_date(date), OUTCOMES[outcome], value, *ends, "press", "x.csv", 2)


def series(*points):
    return ObservedSeries("town", None, "Town", START, 8, points)


def test_a_year_sums_flows_and_averages_the_rest():
    run = np.arange(8.0)[None]
    assert at_date(point("2011", "paid", 1), run, START).tolist() == [22]
    assert at_date(point("2011", "agencies", 1), run, START).tolist() == [5.5]
    assert at_date(point("2011", "closure_hazard", 1), run, START).tolist() == [5.5]
    assert at_date(point("2011-Q2", "paid", 1), run, START).tolist() == [5]


def test_undefined_quarters_are_left_out_of_means_and_not_of_sums():
    run = np.array([[1.0, NAN, 3.0, NAN], [NAN] * 4])
    found = at_date(point("2010", "turnover", 1), run, START)
    assert found[0] == 2
    assert np.isnan(found[1])
    assert np.isnan(at_date(point("2010", "paid", 1), run, START)).all()


def test_the_table_says_what_is_inside_and_how_far_off_the_rest_is():
    runs = np.repeat(np.arange(11.0)[:, None], 8, axis=1)  # 10th percentile 1, 90th 9
    found = compare_observed(
        series(point("2011-Q1", "agencies", 18), point("2010-Q1", "agencies", 5), point("2010", "wage", 0.5, 0.5)),
        {"agencies": runs, "wage": runs},
    )
    assert list(found.columns) == list(COLUMNS)
    assert found["outcome"].tolist() == ["agencies", "agencies", "wage"]
    assert found["date"].tolist() == ["2010-Q1", "2011-Q1", "2010"]
    assert found["inside"].tolist() == [True, False, False]
    assert found["distance"].tolist() == [0, -0.5, 1]
    assert (found["simulated"] == 5).all()
    text = observed_text(found)
    assert text.startswith("town: 1 of 3 observed values is inside")
    assert "50 % too low" in text
    assert "| agencies | 2011-Q1 | 18 | 5 | 1 to 9 | 50 % too low | press |" in observed_markdown(found)


def test_a_year_of_a_flow_has_the_unit_of_its_sum():
    runs = np.ones((3, 8))
    found = compare_observed(series(point("2010", "paid", 4), point("2010-Q1", "paid", 1)), {"paid": runs})
    assert dict(zip(found["date"], found["unit"], strict=True)) == {"2010": "CNY", "2010-Q1": "CNY/quarter"}
    assert found["inside"].all()


def test_runs_without_a_value_are_told():
    runs = np.array([[NAN] * 8, [0.2] * 8])
    found = compare_observed(series(point("2010", "turnover", 0.2)), {"turnover": runs})
    assert found["defined"].tolist() == [1]
    assert "0.2 (1 of 2 runs)" in observed_text(found)
    nothing = compare_observed(series(point("2010", "turnover", 0.2)), {"turnover": runs[:1]})
    assert not nothing["inside"].any()
    assert "undefined" in observed_text(nothing)


numbers = st.floats(0.5, 100)


@given(st.tuples(numbers, numbers).map(sorted), st.tuples(numbers, numbers).map(sorted))
def test_ranges_that_meet_are_inside_and_others_have_a_sign(observed, simulated):
    (low, high), (least, most) = observed, simulated
    distance = off_by(point("2010", "wage", low, low, high), least, most)
    assert (distance == 0) == (least <= high and low <= most)
    assert (distance < 0) == (most < low)


@pytest.mark.parametrize(
    ("low", "high", "inside"), [(5, math.inf, True), (11, math.inf, False), (-math.inf, 0.5, False)]
)
def test_an_open_range_has_one_end(low, high, inside):
    assert (off_by(point("2010", "wage", 7, low, high), 1, 9) == 0) == inside


def test_trajectories_come_from_the_sector_table():
    class Tables:
        replications = 2

        def table(self, name):
            assert name == "sector"
            return pd.DataFrame({"replication": np.repeat([0, 3], 3), "wage": np.arange(6.0)})

    assert read_trajectories(Tables(), ["wage"])["wage"].tolist() == [[0, 1, 2], [3, 4, 5]]
