"""Heat map data: cells are means of the folder at the points of the plane, and what cannot be drawn is refused."""

import numpy as np
import pytest
from matplotlib.collections import QuadMesh

from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import COLUMNS, EXPERIMENT, grid, sweep_folder, values_of

pytestmark = pytest.mark.filterwarnings("ignore:No installed font")
ROWS = grid(scenarios=("town", "city"), variants=("",), drive=[1.0, 0.0, 0.5], term=[1, 2, 4])
COLUMN = COLUMNS.index("closures_year")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("plane")
    values = values_of(ROWS, 5)
    values[4, :, COLUMN] = np.nan
    sweep_folder(path, ROWS, values=values, failed={(1, 2)})
    return Results.open(path)


def cells(figure):
    """Values of the coloured cells of the first panel, from below."""
    mesh = next(each for each in figure.axes[0].collections if isinstance(each, QuadMesh))
    return mesh.get_array()


def test_cells_are_means_of_the_points_with_all_else_held(folder):
    figure = folder.plot("heatmap", outcomes=["closures"])
    table = folder.summary("closures").query("scenario == 'town'")
    wanted = table.pivot_table("closures", "term", "drive", dropna=False).sort_index()
    drawn = cells(figure)
    assert drawn.filled(np.nan) == pytest.approx(wanted.to_numpy(), nan_ok=True)
    assert figure.numbers["runs"] == table.closures_n.tolist() or sorted(figure.numbers["runs"]) == sorted(
        table.closures_n
    )
    text = " ".join(each.get_text() for each in figure.texts)
    assert "scenario town" in text
    assert "0 to 5 of 5" in text
    assert "1 run failed" in text


def test_levels_rise_and_are_named(folder):
    axes = folder.plot("heatmap", outcomes=["closures"], by=["term", "drive"]).axes[0]
    assert [each.get_text() for each in axes.get_xticklabels()] == ["1", "2", "4"]
    assert [each.get_text() for each in axes.get_yticklabels()] == ["0", "0.5", "1"]
    assert {"term", "drive"} <= {each.get_text() for each in axes.texts}


def test_a_cell_without_value_is_hatched(folder):
    axes = folder.plot("heatmap", outcomes=["closures"]).axes[0]
    assert [patch.get_hatch() for patch in axes.patches] == ["////"]


def test_another_point_holds_its_own_levels(folder):
    figure = folder.plot("heatmap", outcomes=["budget"], points=["9"])
    wanted = folder.summary("budget").query("scenario == 'city'").pivot_table("budget", "term", "drive").sort_index()
    assert cells(figure).filled(np.nan) == pytest.approx(wanted.to_numpy())


def test_differences_are_paired(folder):
    figure = folder.plot("heatmap", outcomes=["budget"], base="0")
    runs = folder.runs("budget_year").set_index(["point", "replication"])["budget_year"].unstack(0)
    wanted = [(runs[point] - runs[0]).mean() for point in figure.numbers["point"]]
    assert figure.numbers["mean"] == pytest.approx(wanted)
    assert figure.numbers["mean"][figure.numbers["point"].index(0)] == 0


def test_the_line_runs_where_the_values_are_crossed(folder):
    figure = folder.plot("heatmap", outcomes=["budget"], by=["drive", "term"], threshold=14.5)
    lines = [each for each in figure.axes[0].collections if not isinstance(each, QuadMesh)]
    places = np.concatenate([path.vertices for each in lines for path in each.get_paths()])
    drawn = cells(figure).filled(np.nan)
    for x, y in places:
        left, low = int(x - 0.5), int(y - 0.5)
        around = drawn[low : low + 2, left : left + 2]
        assert around.min() <= 14.5 <= around.max()


def test_words_have_edges_and_no_interpolation(folder):
    figure = folder.plot("heatmap", outcomes=["budget"], by=["scenario", "term"], threshold=15.0)
    drawn = cells(figure).filled(np.nan)
    edges = {(tuple(map(int, x)), tuple(map(int, y))) for x, y in (each.get_data() for each in figure.axes[0].lines)}
    wanted = {
        ((column + 1, column + 1), (row, row + 1))
        for row in range(3)
        for column in range(1)
        if (drawn[row, column] >= 15) != (drawn[row, column + 1] >= 15)
    } | {
        ((column, column + 1), (row + 1, row + 1))
        for row in range(2)
        for column in range(2)
        if (drawn[row, column] >= 15) != (drawn[row + 1, column] >= 15)
    }
    assert edges == wanted


def test_a_threshold_that_is_never_crossed_is_said(folder):
    figure = folder.plot("heatmap", outcomes=["budget"], threshold=1e9)
    assert any("all cells are below" in each.get_text() for each in figure.texts)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"by": ["drive", "trem"]}, "did you mean 'term'"),
        ({"by": ["drive", "term", "scenario"]}, "names 3"),
        ({"by": ["drive"]}, "names 1"),
        ({"by": ["drive", "variant"]}, "same variant"),
        ({"points": ["0", "1"]}, "one point"),
        ({"threshold": float("nan")}, "finite"),
        ({"base": "nowhere"}, "nowhere"),
        ({"outcomes": ["closure"]}, "did you mean 'closures'"),
    ],
)
def test_what_makes_no_sense_is_refused(folder, options, word):
    with pytest.raises(QueryError, match=word):
        folder.plot("heatmap", **options)


def test_a_sample_is_no_grid(tmp_path):
    rows = [{"scenario": "town", "variant": "", "a": n / 7, "b": (n * 5 % 12) / 7} for n in range(12)]
    sweep_folder(tmp_path, rows, replications=2)
    with pytest.raises(QueryError, match="grid"):
        Results.open(tmp_path).plot("heatmap")


@pytest.mark.parametrize("name", ["$x^2$ <b>", "政府购买", "long " * 30])
def test_any_name_can_be_drawn(tmp_path, name, monkeypatch):
    monkeypatch.setitem(EXPERIMENT, "title", name)
    rows = grid(scenarios=(name, "other"), variants=("", name + "!"))
    sweep_folder(tmp_path, rows, replications=1)
    figure = Results.open(tmp_path).plot("heatmap", outcomes=["budget"])
    figure.savefig(tmp_path / "map.svg")
    assert figure.title == name
    assert "(none)" in [each.get_text() for each in figure.axes[0].get_yticklabels()]
