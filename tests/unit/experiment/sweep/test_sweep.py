"""A sweep from beginning to end: same bits however it is done, grown, shared out or taken up again."""

import json

import numpy as np
import pytest

from sim.experiment.design.experiment_checks import KEPT_TABLES
from sim.experiment.execute import sweep_requests as orders
from sim.experiment.execute.no_progress import NullProgress
from sim.experiment.execute.replay import replay
from sim.experiment.execute.run_chunk import replication_seed
from sim.experiment.execute.run_summary import reduce
from sim.experiment.execute.sweep_requests import Crew
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.run_folder import OutputExistsError
from sim.experiment.store.sweep_folder import Archive, read_parquet
from sim.experiment.store.sweep_manifest import SweepManifest
from sim.run import simulate
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
        again = replay(Archive(whole), small, point, replication)
        np.testing.assert_array_equal(again.world.outcome_values, record.world.outcome_values)


def test_all_points_share_their_luck(whole):
    found = rows(whole)
    assert {row["seed"] for (_, r), row in found.items() if r == 3} == {replication_seed(1, 3)}


def test_series_hold_every_quarter(whole):
    archive = Archive(whole)
    series = [read_parquet(archive.part("series", n)) for n in sorted(archive.done())]
    assert sum(len(part) for part in series) == 4 * 6 * 3
    assert series[0].column_names == ["point", "replication", "quarter", "agencies", "unmet_need"]
    assert series[0]["quarter"].to_pylist()[:3] == ["2009-Q3", "2009-Q4", "2010-Q1"]


def test_columns_are_described(whole):
    notes = json.loads((whole / "columns.json").read_text())
    for name in ("summary", "series", "design"):
        path = whole / "design.parquet" if name == "design" else Archive(whole).part(name, 0)
        assert [column["name"] for column in notes[name]] == read_parquet(path).column_names
    assert all(column["meaning"] for columns in notes.values() for column in columns)


def test_tables_are_kept_with_their_point(tmp_path, serial):
    design = town(points=2, replications=2, keep={"tables": ["agencies", "events"]})
    orders.sweep(design, tmp_path / "s", serial)
    archive = Archive(tmp_path / "s")
    parts = [read_parquet(archive.part("agencies", n)) for n in sorted(archive.done())]
    seen = {
        pair for part in parts for pair in zip(part["point"].to_pylist(), part["replication"].to_pylist(), strict=True)
    }
    assert seen == {(0, 0), (0, 1), (1, 0), (1, 1)}
    notes = json.loads((tmp_path / "s" / "columns.json").read_text())
    assert [column["name"] for column in notes["events"]] == read_parquet(archive.part("events", 0)).column_names


@pytest.mark.parametrize("name", KEPT_TABLES)
def test_any_table_alone_is_as_in_a_run_that_keeps_all(name, serial, tmp_path):
    design = town(points=2, replications=1, quarters=2, keep={"tables": [name]})
    orders.sweep(design, tmp_path / "s", serial)
    archive = Archive(tmp_path / "s")
    part = read_parquet(archive.part(name, 1))
    whole = simulate(design.compiled(design.row(design.table(), 1)), replication_seed(1, 0)).tables(0)[name]
    # As text, because no undefined value equals another.
    assert repr(part.drop_columns(["point"]).to_pylist()) == repr(whole.to_pylist())


def test_same_bits_with_processes(small, whole, two, tmp_path):
    orders.sweep(small, tmp_path / "two", two)
    assert digests(tmp_path / "two") == digests(whole)


def test_an_interrupted_sweep_is_taken_up_where_it_stopped(small, whole, tmp_path):
    path = tmp_path / "s"
    done = []
    for most in (3, 1, 5):
        engine = Counting(most)
        report = orders.sweep(small, path, Crew(engine, NullProgress()))
        assert report.status == "interrupted"
        done += engine.chunks
        assert report.done == sum(len(read_parquet(Archive(path).part("summary", n))) for n in done)
        assert json.loads((path / "manifest.json").read_text())["status"] == "interrupted"
    last = Counting()
    report = orders.sweep(small, path, Crew(last, NullProgress()))
    assert (report.status, report.done, report.runs) == ("complete", 24, 24)
    done += last.chunks
    assert sorted(done) == list(range(len(done)))
    assert digests(path) == digests(whole)


def test_a_sweep_that_is_complete_computes_nothing(small, whole):
    engine = Counting()
    report = orders.sweep(small, whole, Crew(engine, NullProgress()))
    assert (report.status, report.computed, engine.chunks) == ("complete", 0, [])


def test_one_sweep_at_a_time(small, tmp_path, serial):
    path = tmp_path / "s"
    orders.sweep(small, path, Crew(Counting(2), NullProgress()))
    with (
        Archive(path).locked(),
        pytest.raises(OutputExistsError, match=r"another sweep is at work in .* \(process \d+\)"),
    ):
        orders.sweep(small, path, serial)
    assert orders.sweep(small, path, serial).status == "complete"


def test_a_folder_with_something_else_is_left_alone(small, tmp_path, serial):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputExistsError, match="is not empty"):
        orders.sweep(small, tmp_path, serial)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("text", ["", '{"kind": "swe', "[1]", '{"kind": "run"}'])
def test_a_manifest_that_was_cut_is_told_and_results_stay_readable(small, tmp_path, serial, text):
    path = tmp_path / "s"
    orders.sweep(small, path, serial)
    (path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=r"damaged|holds no sweep"):
        orders.sweep(small, path, serial)
    assert len(rows(path)) == 24


@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_damaged_part_is_told_and_its_runs_can_be_had_again(small, whole, tmp_path, serial, harm):
    path = tmp_path / "s"
    orders.sweep(small, path, serial)
    part = Archive(path).part("summary", 2)
    data = bytearray(part.read_bytes())
    if harm == "cut":
        data = data[: len(data) // 2]
    else:
        data[200] ^= 0xFF
    part.write_bytes(data)
    with pytest.raises(StoreError, match=r"00002\.parquet is damaged .*the same sweep computes those runs again"):
        rows(path)
    part.unlink()
    assert orders.sweep(small, path, serial).computed == len(read_parquet(Archive(whole).part("summary", 2)))
    assert digests(path) == digests(whole)


def test_the_manifest_tells_all_that_is_needed(whole):
    manifest = SweepManifest.read(Archive(whole))
    assert manifest.values["complete"] is True
    assert manifest.values["identity"]["package"]["numpy"] == np.__version__
    assert "model/quarter.py" in manifest.values["identity"]["code"]
    assert "experiment/execute/run_summary.py" in manifest.values["identity"]["code"]
    assert not any(name.startswith(("plots", "cli")) for name in manifest.values["identity"]["code"])
