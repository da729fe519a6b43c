"""Observed figures: everything is written, nothing overlaps, and scales show what was observed."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.plots.calendar_axis import quarter_edges, quarter_middles
from sim.plots.counted_values import CountedValues
from sim.plots.figure_style import house_style, png, svg
from sim.plots.mark_labels import Box, along, place_words
from sim.plots.observed_figures import ObservedData, observed_figure, texts
from sim.plots.observed_panels import ObservedMark, ObservedPanel, is_logarithmic
from sim.plots.policy_marks import PolicyMark
from sim.statistics.replication_bands import band

START, QUARTERS = Quarter(2009, 3), 40
INF = math.inf


def mark(place, value, inside=True, low=None, high=None, length=0.25):
    ends = (value if low is None else low), (value if high is None else high)
    return ObservedMark(place, place + length, value, *ends, inside, f"{value:,.3g}")


def panel(marks, runs=None, title="Agencies"):
    runs = np.linspace(10, 200, QUARTERS) * np.ones((12, 1)) if runs is None else runs
    return ObservedPanel(
        title,
        "agencies",
        quarter_middles(START, QUARTERS),
        quarter_edges(START, QUARTERS),
        CountedValues.from_band(title, "agencies", band(runs), len(runs)),
        tuple(marks),
        "Sources: blue book 2014",
    )


def drawn(*panels, replications=12, **more):
    data = ObservedData(
        "Town", START, QUARTERS, replications, panels, [PolicyMark(START + 8, "a step", "2011-Q3")], **more
    )
    with house_style():
        figure = observed_figure(data)
        return svg(figure).decode(), png(figure)


def test_values_sources_and_shares_are_written():
    text, picture = drawn(panel([mark(2011, 40), mark(2013, 417, inside=False)]), panel([mark(2012, 7, length=1)]))
    for words in ("Observed and simulated: Town", "2 of 3 observed values", "1 of 2 inside", "417", "blue book 2014"):
        assert words in text
    assert "a bar is a year" in text
    assert "arrow" not in text
    assert picture.startswith(b"\x89PNG")


def test_open_ranges_few_runs_and_missing_runs_are_told():
    text, _ = drawn(panel([mark(2011, 40, low=40, high=INF)]), replications=12, asked=14)
    assert "an arrow is an open range" in text
    assert "2 of 14 replications are not among them" in text


def test_the_same_data_give_the_same_bytes():
    one = panel([mark(2011, 40)])
    assert drawn(one, one) == drawn(one, one)


@pytest.mark.parametrize(("value", "logarithmic"), [(5, True), (50, False), (0, False)])
def test_the_axis_is_logarithmic_where_the_least_value_would_be_lost(value, logarithmic):
    assert is_logarithmic(panel([mark(2011, value)])) == logarithmic
    text, _ = drawn(panel([mark(2011, value)]))
    assert ("log scale" in text) == logarithmic


def test_an_outcome_without_a_value_is_hatched_and_its_observed_values_stay():
    text, _ = drawn(panel([mark(2011, 0.3, inside=False)], np.full((12, QUARTERS), np.nan)))
    assert "0.3" in text
    assert "atched: no value" in text


def test_long_titles_are_wrapped():
    text, _ = drawn(*[panel([mark(2011, 5)], title="Graduates who began to look for work in the sector")] * 2)
    text = text.partition("</metadata>")[2]  # the description of the file has the whole title
    assert "Graduates who began to look for work in the sector" not in text
    assert "sector" in text


def test_what_a_user_wrote_is_looked_at_for_fonts():
    data = ObservedData("广州", START, QUARTERS, 1, (panel([mark(2011, 1)]),), [])
    assert "广州" in "".join(texts(data))
    assert "blue book" in "".join(texts(data))


places = st.lists(st.tuples(st.floats(0.3, 3.5), st.floats(0.2, 1.6)), min_size=1, max_size=4, unique=True)


@settings(deadline=None, max_examples=50)
@given(places)
def test_words_stay_within_the_axes(points):
    with house_style():
        for box in place_words(points, ["330 m"] * len(points), (3.8, 1.9)):
            assert box.outside(3.8, 1.9) == 0


def test_words_of_neighbours_do_not_overlap():
    with house_style():
        boxes = place_words([(1.0, 1.0), (1.3, 1.05), (1.6, 1.0)], ["280 m", "330 m", "300 m"], (3.8, 1.9))
    assert all(a.shared(b) == 0 for a, b in combinations(boxes, 2))


def test_a_line_is_an_obstacle_where_it_has_a_value():
    boxes = along(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, np.nan]))
    assert max(box.right for box in boxes) < 1.1
    assert along(np.array([0.0]), np.array([np.nan])) == []
    assert Box(0, 0, 1, 1).outside(2, 2) == 0
