"""Single runs over their band, and bands with the reach of other sets of parameters: the lines are the folder's own."""

import numpy as np
import pytest

from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.store.part_reader import QueryError
from sim.plots.figure_style import INK
from sim.plots.panel_declarations import BLUE
from tests.unit.experiment.results.figure_data.line_folders import Point, line_folder, panels, wandering, words


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    points = [Point("town", {"staff": wandering(1, replications=24)}), Point("village", {"staff": wandering(2, 24)})]
    return line_folder(tmp_path_factory.mktemp("runs") / "two", points, failed=[(0, 3)])


def thin(figure):
    """Heights of the lines of single runs."""
    return [list(map(float, line.get_ydata())) for line in panels(figure)[0].get_lines() if line.get_color() == INK]


def test_the_first_twenty_runs_are_lines(two):
    figure = two.plot("runs")
    rows = two.series(["staff"]).query("scenario == 'town'")
    expected = [part["staff"].tolist() for _, part in rows.groupby("replication")][:20]
    assert thin(figure) == pytest.approx(np.array(expected))
    assert "replications 0 to 20, of those that are done" in words(figure)
    assert thin(two.plot("runs")) == thin(figure), "the same runs every time"


def test_another_count_and_point(two):
    figure = two.plot("runs", count=3, points=["village"])
    assert len(thin(figure)) == 3
    assert "replications 0 to 2" in words(figure)
    made = make_figure(two, "runs", FigureOptions(count=50))
    assert len(thin(made.figure)) == 23
    assert any("50 runs were asked for, and 23 are done" in note for note in made.notes)


def test_one_run_alone(tmp_path):
    results = line_folder(tmp_path, [Point("town", {"staff": wandering(1, replications=1)})])
    figure = results.plot("runs")
    assert len(thin(figure)) == 1
    assert "Thin line: the run of replication 0" in words(figure)


def test_several_points_are_refused(two):
    with pytest.raises(QueryError, match="of one point"):
        two.plot("runs", points=["0", "1"])


def test_bands_show_how_far_other_parameters_reach(tmp_path):
    results = line_folder(tmp_path, [Point("town", {"staff": wandering(1), "wage": wandering(2)})])
    plain = results.plot("bands", outcomes=["staff"])
    assert "Dotted" not in words(plain)
    sets = [Point(f"set {n}", {"staff": wandering(n, level=20.0)}) for n in range(6)]
    reached = line_folder(tmp_path / "uncertainty", sets)
    figure = results.plot("bands", outcomes=["staff", "wage"])
    found = [[line for line in axes.get_lines() if line.get_color() == BLUE] for axes in panels(figure)]
    quantiles = reached.series(["staff"]).groupby("date")["staff"].quantile([0.1, 0.9]).unstack()
    heights = [pytest.approx(list(line.get_ydata())) for line in found[0]]
    assert quantiles[0.1].tolist() in heights
    assert quantiles[0.9].tolist() in heights
    assert panels(figure)[0].get_ylim()[1] > quantiles[0.9].max()
    assert len(found[1]) == len(found[0]) - 2, "no reach where those runs do not keep the outcome"
    assert "Dotted: middle 80 % of 30 runs under 6 other sets" in words(figure)
