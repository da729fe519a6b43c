"""Chart data and options: the numbers of the runs with few digits, marks at their dates, names as values only."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.dashboard.chart_data import LETTERS, difference_data, middle_ms, outcome_data
from sim.dashboard.chart_options import (
    Calendar,
    ChartLine,
    ObservedValue,
    difference_options,
    observed_update,
    outcome_options,
)
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.live.run_values import PLACES, RunValues

START = Quarter(2010, 1)


def runs(replications=5, quarters=6, add=0.0):
    rng = np.random.default_rng(2)
    values = rng.random((replications, quarters, len(SECTOR))) + add
    return RunValues(START, tuple(range(replications)), tuple(range(replications)), values)


def test_series_hold_median_and_band():
    now = runs()
    data = outcome_data(["agencies"], now, {}, None)
    middle = np.median(now.outcome("agencies"), axis=0)
    assert [value for _, value in data["agencies:middle"]] == pytest.approx(middle, rel=1e-3)
    low, height = (np.array([v for _, v in data[f"agencies:{end}"]]) for end in ("low", "height"))
    assert (low <= middle + 1e-3).all()
    assert (low + height >= middle - 1e-3).all()
    assert data["agencies:middle"][0][0] == middle_ms(START, 0)
    assert data["agencies:A"] == data["agencies:single"] == []


def test_one_run_has_no_band_and_undefined_values_are_gaps():
    now = runs(replications=1)
    now.values[0, 2, PLACES["agencies"]] = np.nan
    data = outcome_data(["agencies"], now, {}, 0)
    assert data["agencies:low"] == []
    assert data["agencies:middle"][2][1] is None
    assert data["agencies:single"] == data["agencies:middle"]
    json.dumps(data, allow_nan=False)


def test_held_settings_and_differences_have_letters():
    data = outcome_data(["agencies"], runs(add=1.0), {"A": runs()}, None)
    assert len(data["agencies:A"]) == 6
    found = difference_data(runs(add=1.0), {"A": runs(), "B": runs(quarters=3)}, "agencies")
    assert [value for _, value in found["A:middle"]] == pytest.approx([1.0] * 6)
    assert found["B:middle"] == []


def test_every_number_belongs_to_a_series():
    lines = [ChartLine("agencies", "Agencies", "#000")]
    options = outcome_options(lines, Calendar(START, 6), [2, None, 2, 99], True)
    ids = {series["id"] for series in options["series"]}
    assert set(outcome_data(["agencies"], runs(), {}, 1)) | {"agencies:observed"} == ids
    marks = options["series"][0]["markLine"]["data"]
    assert [mark["label"]["formatter"] for mark in marks] == ["1, 3"]
    differences = difference_options(Calendar(START, 6))
    assert set(difference_data(runs(), {}, "agencies")) == {series["id"] for series in differences["series"]}
    assert len(LETTERS) == len(set(LETTERS))


def test_observed_values_have_bars_for_their_ranges():
    found = observed_update("agencies", [ObservedValue(1, 5.0, 4.0, 6.0), ObservedValue(2, 7.0, 7.0, 7.0)])
    assert found["data"] == [[1, 5.0], [2, 7.0]]
    assert len(found["markLine"]["data"]) == 1


def keys_of(tree):
    if isinstance(tree, dict):
        yield from tree
    for below in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from keys_of(below)


def test_options_have_no_key_that_nicegui_runs():
    hostile = ":alert(1)"
    options = outcome_options([ChartLine("agencies", hostile, "#000")], Calendar(START, 6))
    assert not [key for key in keys_of(options) if key.startswith(":")]
