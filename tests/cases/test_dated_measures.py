"""A quarter or a window of quarters counts of a run, and differences of such differences."""

import numpy as np
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.design.comparison_design import comparison_design
from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.results.comparison_results import Comparison
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.scenario import ScenarioError
from tests.support.in_process_cli import inside
from tests.unit.experiment.made_up_sweeps import ROWS, grid, sweep_folder, values_of

# The made-up series of a run are its summary's first value, plus 0, 1 and 2 in 2010-Q1 to Q3.
FIRST = values_of(ROWS, 5)[:, :, 0]


@pytest.fixture
def results(tmp_path):
    sweep_folder(tmp_path / "made-up", series=["closures", "staff"])
    return Results.open(tmp_path / "made-up")


@pytest.mark.parametrize(
    ("measure", "more"),
    [
        ("2010-Q1", 0),
        ("2010-Q3", 2),
        (Quarter(2010, 2), 1),
        ("2010-Q1..2010-Q2", 0.5),
        (" 2010-Q1 .. 2010-Q3 ", 1),
    ],
)
def test_a_quarter_or_window_is_the_mean_of_its_quarters(results, measure, more):
    found = results.summary("staff", measure=measure)
    assert found.staff.to_numpy() == pytest.approx(FIRST.mean(axis=1) + more)
    by_hand = results.series("staff").query("quarter >= '2010-Q1'").groupby("point").staff.mean()
    assert results.summary("staff", measure="2010-Q1..2010-Q3").staff.to_numpy() == pytest.approx(by_hand.to_numpy())


def test_the_change_since_an_earlier_quarter(results):
    found = results.summary("staff", measure="2010-Q2..2010-Q3 since 2010-Q1")
    assert found.staff.to_numpy() == pytest.approx(np.full(len(ROWS), 1.5))


def test_effects_and_comparisons_at_a_date(results):
    effect = results.effect("closures", of="variant", measure="2010-Q3")
    assert effect.difference.to_numpy() == pytest.approx((FIRST[3:] - FIRST[:3]).mean(axis=1))
    table = Comparison.of(results, "closures", "2010-Q3").table()
    assert table.difference.to_numpy() == pytest.approx((FIRST[1:] - FIRST[0]).mean(axis=1))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"measure": "2010-Q4"}, "2010-Q4 is not within every run: .* 2010-Q1 to 2010-Q3"),
        ({"measure": "2009-Q4..2010-Q2"}, "2009-Q4..2010-Q2 is not within every run"),
        ({"measure": "2010"}, "'2010' is a year without a quarter; .*did you mean '2010-Q1'"),
        ({"measure": "2010-Q3..2010-Q1"}, "the end 2010-Q1 is before the beginning 2010-Q3"),
        ({"measure": "2010-Q2 since 2010-Q2"}, "2010-Q2 does not end before 2010-Q2 begins"),
        ({"measure": "yaer"}, "there are year, mean, min, max; did you mean 'year'"),
        ({"measure": 3}, "found|no measure"),
        ({"outcomes": ["staff", "wage"], "measure": "2010-Q2"}, r"wage is not kept .*keep: \{series: \[wage\]\}"),
    ],
)
def test_what_cannot_be_asked_says_why(results, asked, message):
    with pytest.raises(QueryError, match=message):
        results.summary(**({"outcomes": "staff"} | asked))


def test_undefined_quarters_are_left_out_and_runs_may_begin_at_different_times(tmp_path):
    from sim.experiment.execute.result_collector import series_table
    from sim.experiment.store.dated_values import dated_values
    from sim.output.outcome_measures import dated

    class Reader:
        columns = ("point", "replication", "quarter", "date", "staff")

        def stream(self, columns):
            trajectories = [np.array([[1.0], [np.nan], [3.0]]), np.array([[5.0], [6.0]])]
            yield series_table(["staff"], [(0, 0), (1, 0)], trajectories, [(3, "2010-Q1"), (2, "2010-Q2")])

    index = {"point": np.array([1, 0]), "replication": np.array([0, 0])}
    found = {
        text: dated_values({"series": Reader()}, ["staff"], dated(text), index)["staff"].tolist()
        for text in ("2010-Q2..2010-Q3", "2010-Q3")
    }
    assert found == {"2010-Q2..2010-Q3": [5.5, 3.0], "2010-Q3": [6.0, 3.0]}
    only = dated_values({"series": Reader()}, ["staff"], dated("2010-Q2"), index)["staff"]
    assert only[0] == 5.0
    assert np.isnan(only[1])


def test_the_difference_of_differences(tmp_path):
    rows = grid(scenarios=("town", "city"), drive=[0.0, 1.0])
    values = values_of(rows, 6)
    sweep_folder(tmp_path, rows, 6, values, series=["staff"])
    results, first = Results.open(tmp_path), values[:, :, 0]
    found = results.effect("staff", of="variant", across="scenario", measure="2010-Q2")
    assert found[["point", "base_point", "across_point", "across_base_point"]].values.tolist() == [
        [6, 4, 2, 0],
        [7, 5, 3, 1],
    ]
    by_hand = (first[6] - first[4]) - (first[2] - first[0])
    assert found.difference[0] == pytest.approx(by_hand.mean())
    half = (found.ci_high[0] - found.ci_low[0]) / 2
    assert half == pytest.approx(2.570582 * by_hand.std(ddof=1) / np.sqrt(6), rel=1e-5)
    with pytest.raises(QueryError, match="itself"):
        results.effect("staff", of="variant", across="variant")
    with pytest.raises(QueryError, match="no factor 'scenari'"):
        results.effect("staff", of="variant", across="scenari")


def messages(**changes):
    values = {"title": "x", "scenarios": ["beijing-2010"], "replications": 2} | changes
    with pytest.raises(ScenarioError) as caught:
        experiment_from_values(values)
    return str(caught.value)


def test_an_experiment_says_at_once_what_its_measure_needs():
    assert "needs the series of 'wage'" in messages(measure="2012-Q4", outcomes=["wage"])
    kept = {"outcomes": ["wage"], "keep": {"series": ["wage"]}}
    assert "expected quarters from 2009-Q3 to 2024-Q2" in messages(measure="2024-Q3", **kept)
    assert "expected quarters from 2009-Q3 to 2010-Q2" in messages(measure="2010-Q3", quarters=4, **kept)
    precision = {"outcome": "staff", "measure": "2012-Q4", "width": 1.0}
    assert "precision.measure" in messages(replications=None, precision=precision, **kept)
    design = experiment_from_values(
        {"title": "x", "scenarios": ["beijing-2010"], "replications": 2, "measure": "2012-Q1..2012-Q4", **kept}
    )
    assert design.file.measure == "2012-Q1..2012-Q4"


def test_a_comparison_keeps_what_it_is_asked_about():
    design = comparison_design("beijing-2010", ["late-payment"], measure="2012-Q4", outcomes=["closures"])
    assert "closures" in design.file.keep.series
    assert "wage" in design.file.keep.series


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--at 2010-Q5", "a year has four quarters"),
        ("--at 2010", "did you mean '2010-Q1'"),
        ("--from 2010-Q1", "--from and --to belong together"),
        ("--to 2010-Q1", "--from and --to belong together"),
        ("--at 2010-Q1 --measure mean", "give one of them"),
        ("--at 2010-Q1 --from 2010-Q1 --to 2010-Q2", "give one of them"),
        ("--at 2010-Q1..2010-Q2", "give a window as --from and --to"),
        ("--since 2010-Q1", "--since needs --at"),
        ("--at 2010-Q1 --since 2010-Q1", "does not end before"),
        ("--at 2010-Q1 --failures", "ask different things"),
        ("--across scenario", "--across needs --effect"),
        ("--effect drvie", "did you mean 'drive'"),
        ("--effect variant --sql x", "ask different things"),
    ],
)
def test_wrong_dates_on_the_command_line(results, options, message):
    done = inside("results", results.path, *options.split(), cwd=results.path)
    assert done.returncode == 2, done.stderr
    assert message in done.stderr


def test_dates_on_the_command_line(results):
    done = inside("results", results.path, "--outcomes", "staff", "--at", "2010-Q2", cwd=results.path)
    assert done.returncode == 0
    assert "counts with its value in 2010-Q2" in done.stdout
    window = ("--from", "2010-Q2", "--to", "2010-Q3", "--since", "2010-Q1")
    done = inside("results", results.path, "--outcomes", "staff", *window, cwd=results.path)
    assert " 1.5" in done.stdout


def test_an_effect_on_the_command_line(results):
    done = inside("results", results.path, "--effect", "variant", "--outcomes", "staff", "--at", "2010-Q2", cwd="/")
    assert done.returncode == 0
    assert "third party" in done.stdout
    assert "against" in done.stdout
    effect = results.effect("staff", of="variant", measure="2010-Q2")
    assert f"{effect.difference[0]:+.2f}"[:4] in done.stdout
    across = inside("results", results.path, "--effect", "variant", "--across", "drive", cwd="/")
    assert across.returncode == 0, across.stderr
    assert "difference of" in across.stdout


def test_a_precision_may_be_of_a_date(results):
    from sim.experiment.execute.precision_check import read_samples
    from sim.experiment.store.manifest import Manifest

    samples = read_samples(Manifest.read(results.folder), "staff", "2010-Q1..2010-Q3")
    assert samples[4][2] == pytest.approx(FIRST[4, 2] + 1)
    assert {point: len(runs) for point, runs in samples.items()} == dict.fromkeys(range(len(ROWS)), 5)


def test_a_folder_that_keeps_no_series_says_how_to_keep_them(tmp_path):
    sweep_folder(tmp_path / "made-up")
    done = inside("results", tmp_path / "made-up", "--at", "2010-Q1", "--outcomes", "staff", cwd=tmp_path)
    assert done.returncode == 2
    assert "(kept: none); write 'keep: {series: [staff]}'" in done.stderr


@pytest.mark.parametrize("text", ["", ",", " , "])
def test_an_option_that_names_no_outcome_is_no_default(results, text):
    for command in (("results", results.path), ("compare", "beijing-2010", "austerity")):
        done = inside(*command, "--outcomes", text, cwd=results.path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--outcomes names no outcome" in done.stderr


def test_a_date_as_the_name_of_a_measure_says_which_option_it_is(results):
    done = inside("results", results.path, "--measure", "2010-Q2", cwd="/")
    assert done.returncode == 2
    assert "--at" in done.stderr
