"""Results of other rules: earlier ones are still read, and whoever sets them beside today's is told."""

import re
import shutil
from pathlib import Path

import pytest

from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.results.folder_comparison import FolderComparison
from sim.experiment.results.results import Results
from sim.experiment.store.file_checks import sealed, unsealed
from sim.experiment.store.part_reader import QueryError
from tests.support.in_process_cli import inside

EARLIER = Path(__file__).parent / "earlier_results" / "before_measures"
"""A run of four quarters of the tiny town, made at commit 689c680, with outcomes that are gone since."""
TOWN = Path(__file__).parent / "tiny_town" / "tiny.yaml"
BUDGET = "cities.Town.districts.East.government.procurement.budget"
SCENARIO = {"title": "Tiny", "scenarios": [str(TOWN)], "quarters": 4, "replications": 3}


def sweep(path, **changes):
    requests.sweep(experiment_from_values(SCENARIO | changes), path, Context(SerialExecutor(), NullProgress()))
    return path


def changed(source, path, change):
    """A copy of a folder, with other values in its manifest."""
    shutil.copytree(source, path)
    values = unsealed((path / "manifest.json").read_bytes())
    change(values)
    (path / "manifest.json").write_bytes(sealed(values))
    return path


def other_rule(values):
    values["identity"]["code"]["model/rules/budget_growth.py"] = "other"
    values["git"] = {"commit": "0123456789abcdef", "modified": False}


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return sweep(tmp_path_factory.mktemp("made") / "swept")


@pytest.mark.parametrize(
    "arguments",
    [
        ("results", EARLIER),
        ("results", EARLIER, "--outcomes", "financial_mean,staff", "--at", "2010-Q3"),
        ("results", EARLIER, "--sql", "select avg(financial) from agencies"),
        ("verify", EARLIER),
    ],
    ids=lambda arguments: arguments[0] + arguments[2] if len(arguments) > 2 else arguments[0],
)
def test_earlier_results_are_read(arguments, tmp_path):
    done = inside(*arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    if arguments[0] == "results":
        assert "was made by social-work-sim 0.1.0 at commit 689c680231, not by" in done.stderr
    else:
        assert done.stderr == ""


def test_earlier_results_are_read_from_python_and_exported(tmp_path):
    results = Results.open(EARLIER)
    assert results.summary(["staff"])["staff"][0] > 0
    assert results.table("agencies")["quarter"].astype(str).tolist() == ["2010-Q1", "2010-Q2", "2010-Q3", "2010-Q4"]
    with pytest.raises(QueryError, match="no outcome 'resource_independence_p50' here"):
        results.summary(["resource_independence_p50"])
    assert len(results.export("csv", out=tmp_path / "csv")) > 10


def test_earlier_results_are_replayed_with_a_note_and_not_gone_on_with(tmp_path):
    folder = shutil.copytree(EARLIER, tmp_path / "earlier")
    done = inside("replay", folder, "--replication", 0, cwd=tmp_path)
    assert done.returncode == 0
    assert "what differs may come of that" in done.stderr
    done = inside("run", TOWN, "--quarters", 4, "--replications", 2, "--out", folder, cwd=tmp_path)
    assert done.returncode == 2
    assert "was begun with something else: code" in done.stderr


def test_folders_of_different_rules_are_compared_with_a_warning(swept, tmp_path):
    same = shutil.copytree(swept, tmp_path / "same")
    done = inside("compare", swept, same, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    other = changed(swept, tmp_path / "other", other_rule)
    done = inside("compare", swept, other, same, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count("warning:") == 1
    assert f"{swept} and {other} were made by other rules" in done.stderr
    assert "at commit 0123456789; different: 1 source file (model/rules/budget_growth.py)" in done.stderr
    done = inside("compare", EARLIER, swept, cwd=tmp_path)
    assert done.returncode == 0
    assert "were made by other rules" in done.stderr
    assert f"left out, being unknown in {EARLIER}: operating, resource_independence_p50" in done.stderr
    assert "hold 1 and 3 runs; only replications that both have" in done.stderr


def test_results_of_these_rules_come_without_a_note(swept, tmp_path):
    assert inside("results", swept, cwd=tmp_path).stderr == ""


def test_the_difference_of_folders_is_that_of_points_of_one_sweep(swept, tmp_path):
    axes = {"budget": {"path": BUDGET, "values": [600000, 900000]}}
    pair = Results.open(sweep(tmp_path / "pair", axes={"money": axes["budget"]}, keep={"series": ["staff"]}))
    rich = Results.open(sweep(tmp_path / "rich", axes={"money": {"path": BUDGET, "values": [900000]}}))
    found = FolderComparison.of(Results.open(swept), [rich], ["staff", "unmet_need"])
    assert found.doubts == ()
    expected = pair.effect(["staff", "unmet_need"], of="money").difference
    assert found.comparison.table().difference.tolist() == pytest.approx(expected.tolist(), rel=1e-12)
    # Of several points those of the same values are compared.
    (doubt,) = FolderComparison.of(pair, [rich], ["staff"]).doubts[:1]
    assert doubt.startswith("1 points that only one of")


def test_other_seeds_and_dates_are_said(swept, tmp_path):
    seeds = Results.open(sweep(tmp_path / "seed", seed=2))
    (doubt,) = FolderComparison.of(Results.open(swept), [seeds]).doubts
    assert "have seeds 1 and 2" in doubt
    short = Results.open(sweep(tmp_path / "short", quarters=3))
    (doubt,) = FolderComparison.of(Results.open(swept), [short]).doubts
    assert "run 4 quarters from 2010-Q1 and 3 quarters from 2010-Q1: 'year' is of other dates" in doubt


@pytest.mark.parametrize(
    ("others", "message"),
    [
        (["{swept}"], "is named twice"),
        ([str(TOWN)], "compare folders of results with folders, or scenarios with scenarios"),
        (["nowhere"], "nowhere is none"),
        (["."], "holds no results"),
        ([str(EARLIER), "--replications", "5", "--seed", "2"], "--replications, --seed: folders of results are"),
        ([str(EARLIER), "--outcomes", "stafff"], "before_measures: no outcome 'stafff'|swept: no outcome 'stafff'"),
        ([str(EARLIER), "--outcomes", "operating"], "before_measures: no outcome 'operating'"),
        ([str(EARLIER), "--at", "2031-Q1"], "2031-Q1"),
    ],
)
def test_folders_that_cannot_be_compared(swept, tmp_path, others, message):
    done = inside("compare", swept, *[each.format(swept=swept) for each in others], cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(message, done.stderr), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_results_whose_rules_are_not_noted(swept, tmp_path):
    def forget(values):
        del values["identity"], values["git"]

    bare = changed(swept, tmp_path / "bare", forget)
    done = inside("compare", swept, bare, cwd=tmp_path)
    assert done.returncode == 0
    assert "different: not known, as no sources are noted" in done.stderr
