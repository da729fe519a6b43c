"""A sweep from beginning to end: same bits however it is done, grown, shared out or taken up again."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from sim import replication_seed
from sim.experiment.design.experiment_checks import KEPT_TABLES
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.execute.replay import replay
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import OutputExistsError, StoreError
from sim.experiment.store.folder_lock import locked
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from sim.experiment.store.run_summary import reduce
from sim.run import simulate
from tests.unit.experiment.made_up_sweeps import read_part
from tests.unit.experiment.sweep.conftest import digests, rows
from tests.unit.experiment.sweep.stopping_executors import Counting
from tests.unit.experiment.sweep.sweep_towns import town


def test_a_sweep_holds_what_single_runs_come_to(small, whole):
    table = small.table()
    found = rows(whole)
    assert sorted(found) == [(point, r) for point in range(4) for r in range(6)]
    for point, replication in [(0, 0), (3, 5), (1, 2)]:
        seed = replication_seed(1, replication)
        record = simulate(small.compiled(small.row(table, point)), seed)
        values = reduce(np.array(record.world.outcome_values)).ravel()
        row = list(found[point, replication].values())
        assert row[:3] == [point, replication, seed]
        np.testing.assert_array_equal(row[3:], values)
        again = replay(ResultsFolder(whole), point, replication)
        np.testing.assert_array_equal(again.world.outcome_values, record.world.outcome_values)


def test_all_points_share_random_numbers(whole):
    found = rows(whole)
    assert {row["seed"] for (_, r), row in found.items() if r == 3} == {replication_seed(1, 3)}


def test_series_hold_every_quarter(whole):
    archive = ResultsFolder(whole)
    series = [read_part(archive.part("series", n)) for n in sorted(archive.done())]
    assert sum(len(part) for part in series) == 4 * 6 * 3
    assert series[0].column_names == ["point", "replication", "quarter", "date", "agencies", "unmet_need"]
    assert series[0]["quarter"].to_pylist()[:3] == ["2009-Q3", "2009-Q4", "2010-Q1"]


def test_columns_are_described(whole):
    notes = json.loads((whole / "columns.json").read_text())
    for name in ("summary", "series", "design"):
        path = whole / "design.parquet" if name == "design" else ResultsFolder(whole).part(name, 0)
        assert [column["name"] for column in notes[name]] == read_part(path).column_names
    assert all(column["meaning"] for columns in notes.values() for column in columns)


def test_tables_are_kept_with_their_point(tmp_path, serial):
    design = town(points=2, replications=2, keep={"tables": ["agencies", "events"]})
    requests.sweep(design, tmp_path / "s", serial)
    archive = ResultsFolder(tmp_path / "s")
    parts = [read_part(archive.part("agencies", n)) for n in sorted(archive.done())]
    seen = {
        pair for part in parts for pair in zip(part["point"].to_pylist(), part["replication"].to_pylist(), strict=True)
    }
    assert seen == {(0, 0), (0, 1), (1, 0), (1, 1)}
    notes = json.loads((tmp_path / "s" / "columns.json").read_text())
    assert [column["name"] for column in notes["events"]] == read_part(archive.part("events", 0)).column_names


@pytest.mark.parametrize("name", KEPT_TABLES)
def test_any_table_alone_is_as_in_a_run_that_keeps_all(name, serial, tmp_path):
    design = town(points=2, replications=1, quarters=2, keep={"tables": [name]})
    requests.sweep(design, tmp_path / "s", serial)
    archive = ResultsFolder(tmp_path / "s")
    part = read_part(archive.part(name, 1))
    whole = simulate(design.compiled(design.row(design.table(), 1)), replication_seed(1, 0)).tables(0, 1)[name]
    # As text, because no undefined value equals another.
    assert repr(part.to_pylist()) == repr(whole.to_pylist())


def test_columns_that_are_named_are_those_of_the_whole_table(serial, tmp_path):
    named = ["staff", "agency", "skill_elderly"]
    for folder, keep in {"all": {}, "few": {"columns": {"agencies": named}}}.items():
        requests.sweep(town(points=2, replications=2, keep={"tables": ["agencies"]} | keep), tmp_path / folder, serial)
    few, whole = (Results.open(tmp_path / folder).table("agencies") for folder in ("few", "all"))
    assert {*few.columns} == {"point", "replication", "quarter", "date", *named}
    pd.testing.assert_frame_equal(few, whole[few.columns])
    notes = json.loads((tmp_path / "few" / "columns.json").read_text())
    assert [column["name"] for column in notes["agencies"]] == list(few.columns)


def test_same_bits_with_processes(small, whole, two, tmp_path):
    requests.sweep(small, tmp_path / "two", two)
    assert digests(tmp_path / "two") == digests(whole)


def test_an_interrupted_sweep_is_taken_up_where_it_stopped(small, whole, tmp_path):
    path = tmp_path / "s"
    done = []
    for most in (3, 1, 5):
        engine = Counting(most)
        report = requests.sweep(small, path, Context(engine, NullProgress()))
        assert report.status == "interrupted"
        done += engine.chunks
        assert report.done == sum(len(read_part(ResultsFolder(path).part("summary", n))) for n in done)
        assert json.loads((path / "manifest.json").read_text())["status"] == "interrupted"
    last = Counting()
    report = requests.sweep(small, path, Context(last, NullProgress()))
    assert (report.status, report.done, report.runs) == ("complete", 24, 24)
    done += last.chunks
    assert sorted(done) == list(range(len(done)))
    assert digests(path) == digests(whole)


def test_a_sweep_that_is_complete_computes_nothing(small, whole):
    engine = Counting()
    report = requests.sweep(small, whole, Context(engine, NullProgress()))
    assert (report.status, report.computed, engine.chunks) == ("complete", 0, [])


def test_one_sweep_at_a_time(small, tmp_path, serial):
    path = tmp_path / "s"
    requests.sweep(small, path, Context(Counting(2), NullProgress()))
    with (
        locked(path),
        pytest.raises(OutputExistsError, match=r"another program is at work in .* \(process \d+ on .*\)"),
    ):
        requests.sweep(small, path, serial)
    assert requests.sweep(small, path, serial).status == "complete"


def test_a_folder_with_something_else_is_left_alone(small, tmp_path, serial):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputExistsError, match="is not empty"):
        requests.sweep(small, tmp_path, serial)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("text", ["", '{"kind": "swe', "[1]", '{"kind": "run"}'])
def test_a_manifest_that_was_cut_is_told_and_results_stay_readable(small, tmp_path, serial, text):
    path = tmp_path / "s"
    requests.sweep(small, path, serial)
    (path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=r"damaged"):
        requests.sweep(small, path, serial)
    assert len(rows(path)) == 24


@pytest.mark.parametrize("harm", ["cut", "flip", "gone"])
@pytest.mark.parametrize("name", ["summary/00002.parquet", "chunks/00002.json", "columns.json", "design.parquet"])
def test_what_is_damaged_is_done_again(small, whole, tmp_path, serial, harm, name):
    path = tmp_path / "s"
    shutil.copytree(whole, path)
    data = bytearray((path / name).read_bytes())
    data[200] ^= 0x01
    if harm == "gone":
        (path / name).unlink()
    else:
        (path / name).write_bytes(data[: len(data) // 2] if harm == "cut" else data)
    with pytest.raises(StoreError, match=rf"{name} is (damaged|missing).*; the command that filled this folder"):
        everything_read(Results.open(path))
    report = requests.sweep(small, path, serial)
    assert report.computed == (0 if "/" not in name else 2)
    assert len(report.repaired) == 1 or (harm, name) == ("gone", "chunks/00002.json")
    assert digests(path) == digests(whole)


def everything_read(results):
    results.summary()
    results.series()
    results.notes  # noqa: B018 - a property that reads


def test_the_manifest_tells_all_that_is_needed(whole):
    manifest = Manifest.read(ResultsFolder(whole))
    assert manifest.values["complete"] is True
    assert manifest.values["identity"]["package"]["numpy"] == np.__version__
    assert "model/quarter.py" in manifest.values["identity"]["code"]
    assert "experiment/store/run_summary.py" in manifest.values["identity"]["code"]
    assert not any(name.startswith(("plots", "cli")) for name in manifest.values["identity"]["code"])
