"""Mistakes in a notebook: one line that says what is wrong, no traceback of types."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from sim import Experiment
from sim.cli.main import app
from sim.experiment.design.comparison_design import FIRST, MOST
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from sim.scenario import ScenarioError

VALUES = {"title": "Asked", "scenarios": ["beijing-2010"], "quarters": 2, "replications": 2}


def axis(values):
    return VALUES | {"axes": {"term": {"lever": "contract.term", "values": values}}}


def scenarios(experiment):
    return experiment.design.table()["scenario"].to_pylist()


def test_a_comparison_takes_one_name_or_several():
    assert scenarios(Experiment.comparison("beijing-2010", "late-payment")) == ["beijing-2010", "late-payment"]
    assert scenarios(Experiment.comparison("beijing-2010", ("late-payment", "austerity")))[2] == "austerity"
    with pytest.raises(QueryError, match="nothing to compare beijing-2010 with; name one"):
        Experiment.comparison("beijing-2010", [])
    with pytest.raises(ScenarioError, match="named twice"):
        Experiment.comparison("beijing-2010", ["late-payment", "late-payment"])


@pytest.mark.parametrize("workers", ["2", 1.5, -1])
def test_workers_are_a_number_of_processes(workers, tmp_path):
    experiment = Experiment.of(axis([4, 8]))
    for asked in (lambda: experiment.run(tmp_path / "r", workers=workers), lambda: experiment.plan(workers)):
        with pytest.raises(
            QueryError, match=r"^expected a number of worker processes, a whole number from 0; found "
        ) as caught:
            asked()
        assert repr(workers) in str(caught.value)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("asked", [3, [3], 2.5, ["closures", None]])
def test_outcomes_are_names(results, asked):
    for method in (results.summary, results.runs, results.series, results.effect):
        with pytest.raises(
            QueryError, match=r"^(outcomes|columns) are names, one as text or several in a list; found "
        ):
            method(asked)


@pytest.mark.parametrize("values", [range(4, 13, 4), np.array([4, 8, 12]), np.arange(4, 13, 4).astype(np.int32)])
def test_values_may_be_a_range_or_an_array(values):
    assert Experiment.of(axis(values)).design.table()["term"].to_pylist() == [4, 8, 12]
    with pytest.raises(ScenarioError, match=r"values\[0\]"):
        Experiment.of(axis(np.array(["four"])))


@pytest.mark.parametrize("text", ["{}", "[]", "3", '{"kind": "run"}', '{"title": "x", "start": "2010-Q1"}'])
def test_a_manifest_that_says_nothing_is_named(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    assert json.loads(text) is not None
    with pytest.raises(StoreError, match=r"manifest.json is damaged"):
        Results.open(tmp_path)


def test_the_help_of_compare_tells_the_numbers_that_hold():
    help_text = " ".join(CliRunner().invoke(app, ["compare", "--help"]).stdout.split())
    assert f"[default: {MOST}]" in help_text
    assert f"begins with {FIRST} pairs" in help_text
