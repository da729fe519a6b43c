"""Scenarios over each other: lines are medians of the folder's series, told apart in grey, named, with their gaps."""

import numpy as np
import pytest

from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.plots.figure_style import rendered
from sim.plots.line_looks import LINE_LOOKS, MOST_LINES
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder
from tests.unit.experiment.results.figure_data.line_folders import (
    ODD_NAMES,
    Point,
    columns,
    drawn,
    line_folder,
    panels,
    wandering,
    words,
)


def gaps(values, *where):
    """Trajectories without a value at some (replication, quarter)."""
    values = values.copy()
    for place in where:
        values[place] = np.nan
    return values


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three scenarios, the last with another calendar."""
    points = [
        Point("town", {"staff": wandering(1), "wage": wandering(2, level=4000.0)}),
        Point("village", {"staff": gaps(wandering(3), (0, 2)), "wage": wandering(4, level=4100.0)}),
        Point("later", {"staff": wandering(5, quarters=3), "wage": wandering(6, quarters=3)}, "2011-Q1"),
    ]
    return line_folder(tmp_path_factory.mktemp("lines") / "three", points)


def test_lines_are_the_medians_of_the_series(three):
    figure = three.plot("scenarios")
    series = three.series().query("scenario == 'town'")
    for axes, outcome in zip(panels(figure), ("staff", "wage"), strict=True):
        medians = series.groupby("date")[outcome].median().tolist()
        assert drawn(axes, LINE_LOOKS[0].colour) == pytest.approx(medians)
        shown = columns(figure, outcome=outcome, line="town")
        assert shown["median"] == pytest.approx(medians)
        assert shown["p10"] == pytest.approx(series.groupby("date")[outcome].quantile(0.1).tolist())
        assert shown["runs"] == [5] * 6
        low, high = axes.get_ylim()
        assert low == 0
        assert high > max(columns(figure, outcome=outcome)["p90"])


def test_each_point_keeps_its_calendar(three):
    figure = three.plot("scenarios", outcomes="staff")
    assert columns(figure, line="later")["quarter"] == ["2011-Q1", "2011-Q2", "2011-Q3"]
    assert panels(figure)[0].get_xlim() == (2010.0, 2011.75)
    assert "in 2011-Q2" in words(figure), "a line that ends before others says when"


def test_an_undefined_value_is_dashed_and_counted(three):
    figure = three.plot("scenarios", outcomes="staff")
    assert columns(figure, line="village")["runs"] == [5, 5, 4, 5, 5, 5]
    dashed = [line for line in panels(figure)[0].get_lines() if line.get_linestyle() == "--"]
    assert {line.get_color() for line in dashed} == {LINE_LOOKS[1].colour}
    assert "4 to 5 of 5" in words(figure)
    assert "Dashed" in words(figure)


def test_points_are_chosen_in_the_order_in_which_they_are_named(three):
    figure = three.plot("scenarios", points=["later", "0"], outcomes="staff")
    assert list(dict.fromkeys(figure.numbers["line"])) == ["later", "town"]
    with pytest.raises(QueryError, match="did you mean 'town'"):
        three.plot("scenarios", points=["towm"])


def test_lines_differ_in_grey():
    assert len({look.marker for look in LINE_LOOKS}) == MOST_LINES
    for look in LINE_LOOKS:
        red, green, blue = (int(look.colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        assert 0.3 * red + 0.59 * green + 0.11 * blue < 0.6, "a line and its name must be dark enough on white"


def test_names_of_any_kind_are_drawn_as_they_are(tmp_path):
    results = line_folder(tmp_path, [Point(name, {"staff": wandering(n)}) for n, name in enumerate(ODD_NAMES)])
    made = make_figure(results, "scenarios")
    text = rendered(made.figure, "svg").decode()
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; $x^2$" in text
    assert "<b>" not in text
    key = words(made.figure)
    assert "…" in key
    assert " ".join(ODD_NAMES[2].split()) in key, "a name that is cut stands in the key"


def test_one_run_each_has_no_band(tmp_path):
    points = [Point(name, {"staff": wandering(1, replications=1)}) for name in ("a", "b")]
    figure = line_folder(tmp_path, points).plot("scenarios")
    assert "One replication each" in words(figure)
    assert not panels(figure)[0].collections
    assert columns(figure, line="a")["p10"] == columns(figure, line="a")["median"]


def test_an_outcome_without_any_value_says_so(tmp_path):
    never = np.full((3, 4), np.nan)
    figure = line_folder(tmp_path, [Point(name, {"staff": never}) for name in ("a", "b")]).plot("scenarios")
    assert "No value in any of 3 replications" in words(figure)


def test_failed_runs_are_said(tmp_path):
    points = [Point(name, {"staff": wandering(1)}) for name in ("a", "b")]
    figure = line_folder(tmp_path, points, failed=[(1, 2)]).plot("scenarios")
    assert "1 run failed and is left out" in words(figure)
    assert "Medians of 4 to 5 replications each" in words(figure)


def test_too_many_lines_are_refused_with_the_way_to_choose(tmp_path):
    sweep_folder(tmp_path, grid(variants=("",), drive=list(range(9))), series=("staff",))
    results = Results.open(tmp_path)
    with pytest.raises(QueryError, match=r"at most 8.*--point.*'drive 0'.*0 to 8"):
        results.plot("scenarios")
    assert len(set(results.plot("scenarios", points=["3", "drive 8"]).numbers["line"])) == 2


def test_a_factor_sets_panels_apart_on_one_scale(tmp_path):
    sweep_folder(tmp_path, grid(drive=[0.0, 0.5, 1.0]), series=("staff",))
    figure = Results.open(tmp_path).plot("scenarios", by="drive", outcomes="staff")
    assert len(panels(figure)) == 3
    assert len({axes.get_ylim() for axes in panels(figure)}) == 1
    assert set(figure.numbers["line"]) == {"(none)", "third party"}
    with pytest.raises(QueryError, match="did you mean 'drive'"):
        make_figure(Results.open(tmp_path), "scenarios", FigureOptions(by=("driv",)))
