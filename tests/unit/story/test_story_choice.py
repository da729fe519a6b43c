"""What a story is about: names with slips, runs that are none, folders that keep no tables."""

import shutil

import pytest

from sim.experiment.experiment_api import Experiment
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError, WrongInputError
from sim.experiment.store.part_reader import QueryError
from sim.experiment.store.receipts import Failure, Receipt
from sim.experiment.store.results_folder import ResultsFolder
from sim.output.table_columns import TABLES
from sim.story.agency_names import resolve_name
from sim.story.run_tables import keeps_tables
from sim.story.story_making import make_story
from tests.support.story_folders import NASTY

NAMES = {0: ["Mu You", "Hope"], 1: ["Mu You", "Hope", "Sister"], 2: ["Mu You", "MU YOU"]}


def test_a_name_as_it_is_written():
    assert resolve_name("Mu You", NAMES, 2, "") == "Mu You"
    assert resolve_name("MU YOU", NAMES, None, "") == "MU YOU"


def test_capitals_and_blanks_do_not_matter_where_one_is_meant():
    assert resolve_name(" hope ", NAMES, None, "") == "Hope"
    assert resolve_name("mu you", NAMES, 0, "") == "Mu You"


@pytest.mark.parametrize(
    ("name", "run", "said"),
    [
        ("mu YOU", 2, ["'MU YOU'", "'Mu You'", "capitals"]),
        ("Sister", 0, ["run 0", "it is in run 1"]),
        ("Hop", None, ["did you mean 'Hope'"]),
        ("", None, ["no agency is named", "'Mu You'"]),
        ("Hop\x1b[31m", None, ["\\x1b"]),
    ],
)
def test_what_is_said_of_a_name_that_is_none(name, run, said):
    with pytest.raises(QueryError) as error:
        resolve_name(name, NAMES, run, "")
    assert all(words in str(error.value) for words in said)
    assert str(error.value).isprintable()


def test_an_unknown_agency_of_a_folder(run_results):
    with pytest.raises(QueryError, match="did you mean 'Mu You'"):
        make_story(run_results, "Mu Yu")


def test_an_agency_of_another_run(run_results, frames):
    events = frames["events"]
    founded = events[events["event"] == "founded"].groupby("agency")["replication"].unique()
    name, runs = next((name, runs) for name, runs in founded.items() if len(runs) == 1)
    other = next(each for each in (0, 1, 2) if each not in runs)
    with pytest.raises(QueryError, match=f"it is in run {runs[0]}"):
        make_story(run_results, name, other)


def test_a_run_that_does_not_exist(run_results):
    with pytest.raises(QueryError, match="runs 0, 1, 2"):
        make_story(run_results, "Mu You", 3)


def test_points_that_are_none(comparison):
    with pytest.raises(QueryError, match="late-payment"):
        make_story(comparison, "Mu You", 0, ["late-paymen"])
    with pytest.raises(QueryError, match="twice"):
        make_story(comparison, "Mu You", 0, ["0", "beijing-2010"])
    with pytest.raises(QueryError, match="two"):
        make_story(comparison, "Mu You", 0, ["0", "1", "0"])


def test_a_run_that_failed_is_named_with_its_error(run_results, tmp_path):
    shutil.copytree(run_results.path, tmp_path / "copy")
    folder = ResultsFolder(tmp_path / "copy")
    chunk = min(run_results.receipts)
    failure = Failure(0, 0, 1, "beijing-2010", "", {}, 3, "ValueError: too little")
    folder.write_receipt(Receipt(chunk, 0, (failure,)))
    results = Results.open(tmp_path / "copy")
    with pytest.raises(QueryError, match=r"failed.*too little"):
        make_story(results, "Mu You", 0)
    assert make_story(results, "Mu You").lives[0].replication in (1, 2)


def test_a_folder_without_results(tmp_path):
    with pytest.raises(StoreError):
        Results.open(tmp_path)


def test_runs_are_run_again_where_tables_are_lacking_and_that_is_said(comparison):
    assert not keeps_tables(comparison)
    made = make_story(comparison, "Mu You", 1, ["0"])
    assert any("run again" in note for note in made.story.notes)


def test_runs_are_not_run_again_by_other_rules(comparison, monkeypatch):
    monkeypatch.setattr("sim.story.run_tables.other_than_installed", lambda values: "made by other rules")
    with pytest.raises(WrongInputError, match="made by other rules"):
        make_story(comparison, "Mu You", 1)


def test_tables_of_other_rules_are_read_and_that_is_said(run_results, monkeypatch):
    monkeypatch.setattr("sim.story.story_making.other_than_installed", lambda values: "made by other rules")
    assert any("other rules" in note for note in make_story(run_results, "Mu You", 0).story.notes)


def test_an_agency_whose_name_is_markup(odd_results):
    assert make_story(odd_results, NASTY).lives[0].name == NASTY


def test_a_folder_that_lacks_columns_has_its_runs_run_again(tmp_path):
    keep = {"tables": list(TABLES), "columns": {"agencies": ["staff", "cash"]}}
    values = {"scenarios": ["beijing-2010"], "quarters": 8, "replications": 1, "keep": keep}
    results = Experiment.of({"title": "few columns", **values}).run(tmp_path, workers=0)
    assert not keeps_tables(results)
    made = make_story(results, "Mu You")
    assert any("run again" in note for note in made.story.notes)
    assert made.lives[0].states[0]["staff"] > 0


def test_a_sweep_that_keeps_all_tables_is_read(tmp_path):
    values = {"scenarios": ["beijing-2010"], "quarters": 8, "replications": 1, "keep": {"tables": list(TABLES)}}
    axes = {"delay": {"lever": "payment.delay", "in": "districts", "values": [0, 3]}}
    results = Experiment.of({"title": "delay", "axes": axes, **values}).run(tmp_path, workers=0)
    assert keeps_tables(results)
    made = make_story(results, "Mu You")
    assert len(made.lives) == 2
    assert not any("run again" in note for note in made.story.notes)


def test_a_damaged_table_is_named(run_results, tmp_path):
    shutil.copytree(run_results.path, tmp_path / "copy")
    part = next((tmp_path / "copy" / "money").glob("*.parquet"))
    content = bytearray(part.read_bytes())
    content[200:260] = bytes(60)
    part.write_bytes(content)
    with pytest.raises(StoreError, match=r"money.*damaged|damaged.*money"):
        make_story(Results.open(tmp_path / "copy"), "Mu You", 0)
