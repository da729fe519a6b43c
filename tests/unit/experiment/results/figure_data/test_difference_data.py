"""Differences over time: run by run against the base, over shared quarters, sure ones to be seen without colour."""

import numpy as np
import pytest

from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.store.part_reader import QueryError
from sim.statistics.confidence_intervals import mean_interval
from tests.unit.experiment.results.figure_data.line_folders import (
    Point,
    columns,
    line_folder,
    panels,
    wandering,
    words,
)

STEP = np.array([0.0, 0.0, 0.0, 5.0, 5.0, 5.0])


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """A base, one that rises by five in the fourth quarter, and one with another calendar and an undefined value."""
    base = wandering(1)
    rng = np.random.default_rng(7)
    later = wandering(3, quarters=4)
    later[1, 0] = np.nan
    points = [
        Point("base", {"staff": base}),
        Point("rises", {"staff": base + STEP + rng.normal(scale=0.5, size=base.shape) * (STEP > 0)}),
        Point("later", {"staff": later}, "2010-Q4"),
    ]
    return line_folder(tmp_path_factory.mktemp("pairs") / "pairs", points, failed=[(1, 4)])


def paired(results, other, base="base"):
    """Differences of runs as pandas pairs them, a row per quarter and replication."""
    series = results.series(["staff"]).set_index(["date", "replication"])
    one, two = (series.query("scenario == @name")["staff"] for name in (other, base))
    return (one - two).unstack().dropna(how="all")


def test_differences_are_means_of_pairs_with_their_intervals(pairs):
    figure = pairs.plot("differences")
    for name, quarters in (("rises", 6), ("later", 3)):
        shown, expected = columns(figure, line=name), paired(pairs, name)
        assert len(expected) == quarters
        assert shown["difference"] == pytest.approx(expected.mean(axis=1).tolist())
        assert shown["runs"] == expected.notna().sum(axis=1).tolist()
        intervals = [mean_interval(row.to_numpy()) for _, row in expected.iterrows()]
        assert shown["low"] == pytest.approx([each.low for each in intervals])
        assert shown["high"] == pytest.approx([each.high for each in intervals])


def test_sure_differences_are_thick_and_filled(pairs):
    axes = panels(pairs.plot("differences", points=["rises"]))[0]
    lines = [line for line in axes.get_lines() if len(line.get_xdata()) > 1 and line.get_zorder() > 2]
    thick = [line for line in lines if line.get_linewidth() > 2 and line.get_marker() == "None"]
    thin = [line for line in lines if line.get_linewidth() < 2 and line.get_marker() == "None"]
    assert [float(line.get_xdata()[0]) for line in thick] == [2010.875]
    assert thin
    hollow = [
        line for line in axes.get_lines() if line.get_markerfacecolor() == "white" and line.get_marker() != "None"
    ]
    filled = [line for line in axes.get_lines() if line.get_marker() != "None" and line not in hollow]
    assert {float(place) for line in hollow for place in line.get_xdata()} == {2010.125, 2010.375, 2010.625}
    assert {2010.875, 2011.125, 2011.375} <= {float(place) for line in filled for place in line.get_xdata()}


def test_zero_is_marked_and_on_the_axis(pairs):
    axes = panels(pairs.plot("differences"))[0]
    low, high = axes.get_ylim()
    assert low <= 0 <= high
    assert any(list(line.get_ydata()) == [0, 0] for line in axes.get_lines())


def test_what_is_paired_and_dropped_is_said(pairs):
    said = words(pairs.plot("differences"))
    assert "over 4 to 5 pairs of runs" in said
    assert "later: paired over the quarters that both have, 2010-Q4 to 2011-Q2" in said
    assert "up to 1 of 5 pairs are dropped" in said
    assert "1 run failed" in said
    assert "difference, persons" in said


def test_quarters_without_any_pair_are_hatched_and_not_counted_as_dropped(tmp_path):
    gaps = wandering(2)
    gaps[:, 1] = np.nan
    gaps[:2, 3] = np.nan
    results = line_folder(tmp_path, [Point("a", {"staff": wandering(1)}), Point("b", {"staff": gaps})])
    figure = results.plot("differences")
    assert "up to 2 of 5 pairs are dropped" in words(figure)
    assert "Hatched: no pair has a value" in words(figure)
    assert columns(figure)["runs"] == [5, 0, 5, 3, 5, 5]
    assert len(panels(figure)[0].patches) == 1


def test_another_base_turns_the_sign(pairs):
    turned = pairs.plot("differences", base="rises", points=["base"])
    assert columns(turned, line="base")["difference"] == pytest.approx((-paired(pairs, "rises").mean(axis=1)).tolist())
    assert "differences from rises" in turned.title
    with pytest.raises(QueryError, match="did you mean 'rises'"):
        pairs.plot("differences", base="rise")


def test_points_without_a_shared_quarter_are_no_pairs(tmp_path):
    points = [Point("a", {"staff": wandering(1)}), Point("b", {"staff": wandering(2)}, "2030-Q1")]
    with pytest.raises(QueryError, match="shares replications and quarters"):
        line_folder(tmp_path, points).plot("differences")


def test_a_point_alone_has_nothing_to_differ_from(pairs):
    with pytest.raises(QueryError, match="no point to compare with 'base'"):
        pairs.plot("differences", points=["base"])


def test_one_pair_has_no_interval(tmp_path):
    points = [Point(name, {"staff": wandering(n, replications=1)}) for n, name in enumerate("ab")]
    figure = line_folder(tmp_path, points).plot("differences")
    assert "over 1 pair of runs" in words(figure)
    assert "too few for an interval" in words(figure)
    assert not panels(figure)[0].collections


def test_eight_lines_beside_a_base_fit_and_nine_do_not(tmp_path):
    points = [Point(f"s{n}", {"staff": wandering(n, replications=2, quarters=3)}) for n in range(10)]
    results = line_folder(tmp_path, points)
    assert len(set(results.plot("differences", points=[str(n) for n in range(9)]).numbers["line"])) == 8
    with pytest.raises(QueryError, match="at most"):
        make_figure(results, "differences", FigureOptions())
