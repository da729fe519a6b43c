"""Forest data: rows are paired differences with their intervals, sorted, and cut where they are too many."""

import numpy as np
import pytest

from sim.experiment.results.comparison_results import Comparison
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import COLUMNS, grid, sweep_folder, values_of

pytestmark = pytest.mark.filterwarnings("ignore:No installed font")
SCENARIOS = ("base", "late $5 <b>", "政府购买服务更强", "other " * 20)
ROWS = grid(scenarios=SCENARIOS, variants=("",))
COLUMN = COLUMNS.index("closures_year")


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    path = tmp_path_factory.mktemp("compared")
    values = values_of(ROWS, 6)
    values[1, :, COLUMN] = values[0, :, COLUMN] + np.linspace(-1, 1, 6)
    values[3, :4, COLUMN] = np.nan
    sweep_folder(path, ROWS, replications=6, values=values)
    return Results.open(path)


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    path = tmp_path_factory.mktemp("swept")
    sweep_folder(path, grid(drive=[0.0, 0.5, 1.0], term=[1, 2]), replications=4)
    return Results.open(path)


def test_rows_are_the_comparison_sorted_by_the_first_outcome(compared):
    numbers = compared.plot("forest", outcomes=["closures", "budget"]).numbers
    table = Comparison.of(compared, ["closures", "budget"]).table().set_index(["outcome", "other"])
    titles = dict(zip(dict.fromkeys(numbers["outcome"]), ("closures", "budget"), strict=True))
    rows = zip(*(numbers[name] for name in ("outcome", "row", "difference", "ci_low", "ci_high", "pairs")), strict=True)
    for outcome, row, *drawn in rows:
        wanted = table.loc[(titles[outcome], row), ["difference", "ci_low", "ci_high", "n"]].tolist()
        assert drawn == pytest.approx(wanted, nan_ok=True)
    first = numbers["difference"][: len(SCENARIOS) - 1]
    assert first == sorted(first, reverse=True)


def test_filled_where_the_interval_leaves_out_zero(compared):
    figure = compared.plot("forest", outcomes=["closures"])
    axes, numbers = figure.axes[0], figure.numbers
    faces = [line.get_markerfacecolor() for line in axes.lines if line.get_marker() == "o"]
    clear = [low > 0 or high < 0 for low, high in zip(numbers["ci_low"], numbers["ci_high"], strict=True)]
    assert [face != "white" for face in faces] == clear
    assert True in clear
    assert False in clear


def test_base_pairs_and_names_are_written(compared):
    figure = compared.plot("forest", outcomes=["closures"], base="政府购买服务更强")
    text = " ".join(each.get_text() for each in figure.texts)
    assert "from 政府购买服务更强" in text
    assert "2 to 6 of 6 pairs" in text
    assert "late $5 <b>" in text
    assert any("in 2 of 6" in each.get_text() for each in figure.axes[0].texts)


def test_by_an_axis_rows_stand_in_the_order_of_its_levels(swept):
    figure = swept.plot("forest", outcomes=["budget"], by="drive", base="0.5")
    effect = swept.effect("budget", of="drive", base=0.5)
    assert figure.numbers["difference"] == pytest.approx(effect["difference"].tolist())
    assert [row.split(",")[0] for row in figure.numbers["row"]] == [f"drive {value:g}" for value in effect["drive"]]


def test_more_rows_than_asked_for_are_cut_and_that_is_said(swept):
    figure = swept.plot("forest", outcomes=["budget"], count=3)
    table = Comparison.of(swept, ["budget"]).table()
    assert sorted(np.abs(figure.numbers["difference"])) == pytest.approx(
        table.difference.abs().nlargest(3).tolist()[::-1]
    )
    assert any(f"3 of {len(table)} rows" in each.get_text() for each in figure.texts)


def test_a_base_of_which_every_run_failed(tmp_path):
    sweep_folder(tmp_path, ROWS, replications=2, failed={(0, 0), (0, 1)})
    figure = Results.open(tmp_path).plot("forest", outcomes=["budget"])
    assert figure.numbers["pairs"] == [0] * (len(ROWS) - 1)
    text = " ".join(each.get_text() for each in figure.texts)
    assert "no pair of runs has a value" in text
    assert "2 runs failed" in text
    figure.savefig(tmp_path / "forest.svg")


def test_one_pair_has_no_interval(tmp_path):
    sweep_folder(tmp_path, ROWS, replications=1)
    figure = Results.open(tmp_path).plot("forest", outcomes=["budget"])
    assert np.isnan(figure.numbers["ci_low"]).all()
    assert any("need two pairs" in each.get_text() for each in figure.texts)
    figure.savefig(tmp_path / "forest.png")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"by": ["drive", "term"]}, "one axis"),
        ({"by": "driev"}, "did you mean 'drive'"),
        ({"by": "drive", "base": "0.7"}, "0.7"),
        ({"base": "99"}, "no point '99'"),
        ({"points": ["0"]}, "base"),
        ({"outcomes": ["agencies", "staff", "wage", "budget", "paid", "called", "gini"]}, "at most 6"),
    ],
)
def test_what_makes_no_sense_is_refused(swept, options, word):
    with pytest.raises(QueryError, match=word):
        swept.plot("forest", **options)
