"""Observed run data: points of a file over the runs of a folder; what is left out is said, what is wrong refused."""

from pathlib import Path

import pytest

from sim.declarations.input_issues import ScenarioError
from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder

HEAD = "date,outcome,value,low,high,source\n"
SIDE = "resource_independence_p50"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "town $5 政府.csv"
    lines = [f"2010,{SIDE},0.5,0,1,Zhang 2011", f"2012-Q4,{SIDE},0.001,,,Li 2013"]
    lines += [f"2030,{SIDE},0.5,,,far", "2011,wage,9,,,x"]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(figure, what):
    columns = figure.numbers
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True) if row[2] == what]


def test_points_are_inside_where_they_meet_the_runs(kept, file):
    made = make_figure(kept, "observed", FigureOptions.of(observed=file, points="1"))
    found = rows_of(made.figure, "observed")
    assert [(row["from"], row["to"], row["value"]) for row in found] == [(2010, 2011, 0.5), (2012.75, 2013, 0.001)]
    series = kept.series(SIDE).query("point == 1")
    last = series[series.quarter.astype(str) == "2012-Q4"][SIDE]
    assert [row["inside"] for row in found] == [True, bool(last.quantile(0.1) <= 0.001)]
    simulated = rows_of(made.figure, "simulated")[-1]
    assert simulated["value"] == pytest.approx(last.median())
    assert (simulated["low"], simulated["high"]) == pytest.approx((last.quantile(0.1), last.quantile(0.9)))


def test_what_is_left_out_is_said(kept, file):
    made = make_figure(kept, "observed", FigureOptions.of(observed=str(file)))
    assert any("wage" in note for note in made.notes)
    assert any("1 value" in note for note in made.notes)


def test_the_shipped_series_of_the_scenario_is_the_usual_one(tmp_path):
    sweep_folder(tmp_path, grid(scenarios=("guangzhou-centres",), variants=("", "b")), series=("agencies",))
    with pytest.raises(QueryError, match=r"guangzhou-centres.csv lies within the runs"):
        Results.open(tmp_path).plot("observed", points="0")


def test_outcomes_are_chosen_and_misspelt_ones_refused(kept, file):
    made = make_figure(kept, "observed", FigureOptions.of(observed=file, outcomes=SIDE))
    assert {row["outcome"] for row in rows_of(made.figure, "observed")} == {"Resource independence (median)"}
    assert not any("wage" in note for note in made.notes)
    with pytest.raises(QueryError, match="did you mean 'wage'"):
        kept.plot("observed", observed=file, outcomes="wages")
    with pytest.raises(QueryError, match="'wage' is not kept by quarter"):
        kept.plot("observed", observed=file, outcomes="wage")


def test_files_that_cannot_be(kept, tmp_path):
    with pytest.raises(ScenarioError, match="no such file"):
        kept.plot("observed", observed=tmp_path / "nowhere.csv")
    bad = tmp_path / "bad.csv"
    bad.write_text(HEAD + "2010,staff,=1+1,,,me\n")
    with pytest.raises(ScenarioError, match="not a plain number"):
        kept.plot("observed", observed=Path(bad))


def test_a_scenario_of_which_nothing_is_shipped(tmp_path):
    sweep_folder(tmp_path, series=("agencies",))
    with pytest.raises(QueryError, match="nothing that was observed of 'town' is shipped"):
        Results.open(tmp_path).plot("observed")
