"""Observed drawing: panels of outcomes, yearly sums of flows, and files."""

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.observed.observed_cells import OUTCOMES, read_date
from sim.observed.observed_figure_data import yearly_sums
from sim.observed.observed_folders import ObservedSeries, load_observed
from sim.observed.observed_series import ObservedPoint
from sim.validation.observed_drawing import draw_observed_figure, observed_data


def test_the_shipped_series_are_drawn(tmp_path):
    for series in load_observed():
        runs = {name: np.full((12, series.quarters), 50.0) for name in series.outcomes}
        files, advice = draw_observed_figure(series, runs, tmp_path)
        assert [file.name for file in files] == [f"observed-{series.name}.{end}" for end in ("png", "svg")]
        assert not advice
        assert all(file.stat().st_size > 10_000 for file in files)
        assert len(observed_data(series, runs).panels) == len(series.outcomes)


def test_years_that_are_not_whole_are_left_out():
    series = ObservedSeries("town", None, "Town", Quarter(2009, 3), 12, ())
    sums, edges = yearly_sums(series, np.arange(12.0)[None])
    assert sums.tolist() == [[2 + 3 + 4 + 5, 6 + 7 + 8 + 9]]
    assert edges.tolist() == [2010, 2011, 2012]


def test_a_flow_with_quarters_and_years_has_two_panels():
    found = next(each for each in load_observed() if each.name == "beijing-2010")
    points = [
        ObservedPoint(read_date(date), OUTCOMES["paid"], 9.0, 9.0, 9.0, "press", "x", 1) for date in ("2011", "2012-Q1")
    ]
    series = ObservedSeries("x", found.scenario, "X", found.start, found.quarters, tuple(points))
    panels = observed_data(series, {"paid": np.full((3, 60), 2.25)}).panels
    assert [panel.unit for panel in panels] == ["CNY/year", "CNY/quarter"]
    assert [panel.title for panel in panels] == ["Paid for contracts", "Paid for contracts this quarter"]
    assert [panel.marks[0].inside for panel in panels] == [True, False]
