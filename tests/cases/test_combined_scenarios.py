"""Several scenario files at once: what both change of their common base, and what they do beyond each by itself."""

import numpy as np
import pytest

from sim.experiment.design.comparison_design import comparison_design
from sim.experiment.design.experiment_loading import experiment_from_values, load_experiment
from sim.experiment.results.comparison_results import Comparison
from sim.experiment.results.results import Results
from sim.scenario import ScenarioError, load_scenario
from tests.support.in_process_cli import inside
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder, values_of

FILES = {
    "drive.yaml": "extends: beijing-2010\ntitle: A\nrules: {strategy: {drive: 0.9}}\n"
    "policies: [{name: late, at: 2010-Q1, set: {payment.delay: 4}}]\n",
    "donors.yaml": "extends: beijing-2010\ntitle: B\ncities: {Beijing: {donors: {pool: 9000000}}}\n"
    "policies: [{name: cut, at: 2010-Q1, set: {procurement.budget_factor: 0.3}}]\nsponsors: {Company: null}\n",
    "both.yaml": "extends: beijing-2010\ntitle: A\nrules: {strategy: {drive: 0.9}}\n"
    "cities: {Beijing: {donors: {pool: 9000000}}}\nsponsors: {Company: null}\n"
    "policies: [{name: late, at: 2010-Q1, set: {payment.delay: 4}}, {name: cut, at: 2010-Q1, "
    "set: {procurement.budget_factor: 0.3}}]\n",
    "against.yaml": "extends: beijing-2010\ntitle: C\nrules: {strategy: {drive: 0.2}}\n",
    "agrees.yaml": "extends: beijing-2010\ntitle: D\nrules: {strategy: {drive: 0.9, half_learning_effort: 0.3}}\n",
    "below.yaml": "extends: drive.yaml\ntitle: E\nrules: {founding: {join_probability: 0.3}}\n",
    "other.yaml": "extends: national\ntitle: F\n",
    "same.yaml": "extends: beijing-2010\ntitle: G\npolicies: [{name: late, at: 2010-Q1, set: {payment.delay: 3}}]\n",
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scenario_of(text):
    design = comparison_design("beijing-2010", [text])
    return design.scenario(design.row(design.table(), 1))


def test_two_files_at_once_are_one_that_says_both():
    both, by_hand = scenario_of("drive.yaml+donors.yaml"), load_scenario("both.yaml").scenario
    assert both.model_copy(update={"title": "A"}) == by_hand
    assert scenario_of("donors.yaml + drive").model_copy(update={"title": "A", "policies": by_hand.policies}) == by_hand


def test_shipped_scenarios_and_files_below_each_other_are_combined():
    found = scenario_of("austerity+below.yaml")
    assert (found.rules.strategy.drive, found.rules.founding.join_probability) == (0.9, 0.3)
    assert [policy.name for policy in found.policies][-2:] == ["cut", "late"]
    assert scenario_of("drive.yaml+agrees.yaml").rules.strategy.half_learning_effort == 0.3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("drive.yaml+against.yaml", "strategy.drive: is 0.2 here and 0.9 in drive.yaml:3"),
        ("against.yaml+donors.yaml+drive.yaml", "strategy.drive: is 0.9 here and 0.2 in against.yaml:3"),
        ("below.yaml+against.yaml", "strategy.drive: is 0.2 here and 0.9 in drive.yaml:3"),
        ("drive.yaml+below.yaml", "extends drive.yaml, so it holds what that says already"),
        ("below.yaml+drive.yaml", "is part of below.yaml already"),
        ("drive.yaml+drive.yaml", "is part of drive.yaml already"),
        ("drive.yaml+other.yaml", "they extend no common file"),
        ("drive.yaml+donrs.yaml", "no such file 'donrs.yaml'"),
        ("drive.yaml+austerty", "did you mean 'austerity'"),
        ("drive.yaml+same.yaml", "'late' is set here, and is set otherwise in drive.yaml:4"),
    ],
)
def test_what_cannot_be_combined_says_why(text, message):
    with pytest.raises(ScenarioError, match=message):
        scenario_of(text)


def test_names_of_combinations_in_experiments(folder):
    text = "title: t\nscenarios: [beijing-2010, drive.yaml, drive.yaml+donors.yaml]\nreplications: 2\n"
    (folder / "e.yaml").write_text(text)
    assert load_experiment("e.yaml").table()["scenario"].to_pylist() == ["beijing-2010", "drive", "drive+donors"]
    design = experiment_from_values({"title": "t", "scenarios": ["drive.yaml+donors.yaml"], "replications": 1})
    assert len([path for path in design.sources if path.suffix == ".yaml"]) == 3


def test_beyond_each_by_itself_is_the_difference_of_the_differences(tmp_path):
    rows = grid(scenarios=("town", "a", "b", "a+b"), variants=("",))
    values = values_of(rows, 6)
    sweep_folder(tmp_path / "made-up", rows, 6, values)
    comparison = Comparison.of(Results.open(tmp_path / "made-up"))
    (joint,) = comparison.joint
    by_hand = (values[3] - values[2]) - (values[1] - values[0])
    assert joint.pairs.difference == pytest.approx(by_hand.mean(axis=0)[: len(joint.pairs.difference)])
    assert np.all(joint.pairs.n == 6)


def test_a_combination_on_the_command_line(folder):
    options = ("--replications", 2, "--quarters", 6, "--workers", 1, "--out", "out", "--outcomes", "staff")
    done = inside(
        "compare", "beijing-2010", "drive.yaml", "donors.yaml", "drive.yaml+donors.yaml", *options, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert "drive+donors beyond drive and donors by themselves: 2 pairs of runs" in done.stdout
    assert "beyond drive and donors" in (folder / "out" / "table.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("scenarios", "message"),
    [
        (["drive.yaml", "./drive.yaml"], r"scenarios\[1\]: './drive.yaml' is the same as 'drive.yaml'; name it once"),
        (["beijing-2010", "drive", "drive.yaml"], r"scenarios\[2\]: 'drive.yaml' is the same as 'drive'"),
        (["drive+donors", "donors+drive"], "'donors\\+drive' is the same as 'drive\\+donors'"),
    ],
)
def test_one_file_in_other_words_is_named_once(scenarios, message):
    with pytest.raises(ScenarioError, match=message):
        experiment_from_values({"title": "t", "scenarios": scenarios, "replications": 1})


@pytest.mark.parametrize("command", ["run", "check", "show"])
def test_commands_for_one_file_say_where_several_are_combined(command, folder):
    done = inside(command, "drive.yaml+donors", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "names several files, and one is expected; files are combined in 'sim compare'" in done.stderr


def test_an_experiment_among_compared_scenarios_is_one_line(folder):
    (folder / "e.yaml").write_text("title: t\nscenarios: [beijing-2010]\nreplications: 2\n")
    done = inside("compare", "beijing-2010", "e.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (2, "sim: e.yaml is an experiment; run it with 'sim sweep'\n")


def test_a_comparison_of_populations_tells_entry_and_exit_up_to_its_last_quarter(folder):
    words = ("--populations", "--quarters", 8, "--replications", 2)
    done = inside("compare", "beijing-2010", "drive.yaml", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "constant panel" in done.stdout
    assert "agencies in 2011-Q2" in done.stdout
