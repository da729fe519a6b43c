"""A sweep from beginning to end: same bits however it is done, grown, shared out or taken up again."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.chunk import replication_seed
from sim.experiment.design.checks import KEPT_TABLES
from sim.experiment.engines.local import Serial
from sim.experiment.files import StoreError
from sim.experiment.quiet import Quiet
from sim.experiment.store import FolderTakenError
from sim.experiment.sweep import orders
from sim.experiment.sweep.archive import Archive, read_parquet
from sim.experiment.sweep.job import Receipt
from sim.experiment.sweep.logbook import Logbook
from sim.experiment.sweep.merge import merge
from sim.experiment.sweep.orders import ChangedError, Crew
from sim.experiment.sweep.reduce import reduce
from sim.experiment.sweep.replay import replay
from sim.record import simulate
from tests.experiment.sweep.conftest import digests
from tests.experiment.sweep.towns import town


class Counting(Serial):
    """Counts the chunks that it does, and stops as Ctrl-C would after some."""

    def __init__(self, most=10**9):
        self.chunks = []
        self.most = most

    def answers(self, task, chunks, most_deaths):
        for chunk, answer in super().answers(task, chunks, most_deaths):
            yield chunk, answer
            if not isinstance(answer, Receipt):
                continue  # of the pilot
            self.chunks.append(chunk.chunk.number)
            if len(self.chunks) >= self.most:
                raise KeyboardInterrupt


def rows(path):
    archive = Archive(path)
    found = [read_parquet(archive.part("summary", n)).to_pylist() for n in sorted(archive.done())]
    return {(row["point"], row["replication"]): row for part in found for row in part}


def same(there, other):
    """Whether every run of one is in the other, with the same bits."""
    return all(
        np.array_equal(list(row.values()), list(other[run].values()), equal_nan=True) for run, row in there.items()
    )


def test_a_sweep_holds_what_single_runs_come_to(small, whole):
    table = small.table()
    found = rows(whole)
    assert sorted(found) == [(point, r) for point in range(4) for r in range(6)]
    for point, replication in [(0, 0), (3, 5), (1, 2)]:
        seed = replication_seed(1, replication)
        record = simulate(small.blueprint(small.row(table, point)), seed)
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
    seen = {pair for part in parts for pair in zip(part["point"].to_pylist(), part["run"].to_pylist(), strict=True)}
    assert seen == {(0, 0), (0, 1), (1, 0), (1, 1)}
    notes = json.loads((tmp_path / "s" / "columns.json").read_text())
    assert [column["name"] for column in notes["events"]] == read_parquet(archive.part("events", 0)).column_names


@pytest.mark.parametrize("name", KEPT_TABLES)
def test_any_table_alone_is_as_in_a_run_that_keeps_all(name, serial, tmp_path):
    design = town(points=2, replications=1, quarters=2, keep={"tables": [name]})
    orders.sweep(design, tmp_path / "s", serial)
    archive = Archive(tmp_path / "s")
    part = read_parquet(archive.part(name, 1))
    whole = simulate(design.blueprint(design.row(design.table(), 1)), replication_seed(1, 0)).tables(0)[name]
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
        report = orders.sweep(small, path, Crew(engine, Quiet()))
        assert report.status == "interrupted"
        done += engine.chunks
        assert report.done == sum(len(read_parquet(Archive(path).part("summary", n))) for n in done)
        assert json.loads((path / "manifest.json").read_text())["status"] == "interrupted"
    last = Counting()
    report = orders.sweep(small, path, Crew(last, Quiet()))
    assert (report.status, report.done, report.runs) == ("complete", 24, 24)
    done += last.chunks
    assert sorted(done) == list(range(len(done)))
    assert digests(path) == digests(whole)


def test_a_sweep_that_is_complete_computes_nothing(small, whole):
    engine = Counting()
    report = orders.sweep(small, whole, Crew(engine, Quiet()))
    assert (report.status, report.computed, engine.chunks) == ("complete", 0, [])


def test_shards_make_the_whole(small, whole, serial, tmp_path):
    folders = [tmp_path / str(i) for i in (1, 2, 3)]
    reports = [orders.sweep(small, path, serial, (i, 3)) for i, path in enumerate(folders, start=1)]
    assert sum(report.runs for report in reports) == 24
    standing = merge(folders, tmp_path / "whole")
    assert standing == (24, 24, 0)
    assert digests(tmp_path / "whole") == digests(whole)
    engine = Counting()
    assert orders.sweep(small, tmp_path / "whole", Crew(engine, Quiet())).computed == 0


def test_what_no_shard_did_is_done_in_the_merged_folder(small, whole, serial, tmp_path):
    orders.sweep(small, tmp_path / "1", serial, (1, 3))
    orders.sweep(small, tmp_path / "3", serial, (3, 3))
    standing = merge([tmp_path / "1", tmp_path / "3"], tmp_path / "s")
    assert 0 < standing.done < 24
    assert orders.sweep(small, tmp_path / "s", serial).status == "complete"
    assert digests(tmp_path / "s") == digests(whole)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"seed": 2}, "experiment seed: 1 before, 2 now"),
        ({"quarters": 4}, "experiment quarters: 3 before, 4 now"),
        ({}, "are both shard 1"),
    ],
)
def test_shards_that_do_not_belong_together_are_refused(small, serial, tmp_path, second, message):
    orders.sweep(small, tmp_path / "1", serial, (1, 2))
    orders.sweep(town(**second), tmp_path / "2", serial, (2, 2) if second else (1, 2))
    with pytest.raises(StoreError, match=message):
        merge([tmp_path / "1", tmp_path / "2"], tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_whole_sweep_is_no_shard(whole, tmp_path):
    with pytest.raises(StoreError, match="is no shard"):
        merge([whole], tmp_path / "s")


def test_more_replications_leave_the_old_ones_alone(small, serial, tmp_path):
    path = tmp_path / "s"
    orders.sweep(town(replications=4), path, serial)
    before = digests(path)
    report = orders.extend(path, town(replications=4), serial, replications=6)
    assert (report.status, report.runs, report.computed) == ("complete", 24, 8)
    assert digests(path).items() >= before.items()
    orders.sweep(small, tmp_path / "at once", serial)
    there, at_once = rows(path), rows(tmp_path / "at once")
    assert there.keys() == at_once.keys()
    assert same(there, at_once)


def test_more_points_leave_the_old_ones_alone(serial, tmp_path):
    path = tmp_path / "s"
    orders.sweep(town(replications=2, **_sampled(4)), path, serial)
    before = {name: digest for name, digest in digests(path).items() if name != "design.parquet"}
    more = town(replications=2, **_sampled(8))
    report = orders.extend(path, more, serial)
    assert (report.runs, report.computed) == (16, 8)
    assert digests(path).items() >= before.items()
    at_once = tmp_path / "at once"
    orders.sweep(more, at_once, serial)
    assert same(rows(path), rows(at_once))
    # The folder is the grown experiment's now.
    assert orders.sweep(more, path, serial).computed == 0


def _sampled(points):
    axes = {"drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0}}
    return {"axes": axes, "design": {"kind": "sobol", "points": points}}


def test_another_value_on_an_axis_is_another_point(serial, tmp_path):
    path = tmp_path / "s"
    axis = {"path": "rules.strategy.drive"}
    orders.sweep(town(replications=2, axes={"drive": axis | {"values": [0.0, 1.0]}}), path, serial)
    report = orders.extend(path, town(replications=2, axes={"drive": axis | {"values": [0.0, 0.5, 1.0]}}), serial)
    assert (report.runs, report.computed) == (6, 2)
    assert Archive(path).design()["drive"].to_pylist() == [0.0, 1.0, 0.5]


def test_an_extension_is_nothing_but_that(serial, tmp_path):
    path = tmp_path / "s"
    orders.sweep(town(replications=2), path, serial)
    other = {"drive": {"path": "rules.strategy.imitation", "low": 0.0, "high": 1.0, "steps": 4}}
    with pytest.raises(ChangedError, match=r"axis drive: .*strategy\.drive.* before, .*strategy\.imitation.* now"):
        orders.extend(path, town(replications=2, axes=other), serial, replications=3)


def test_more_replications_in_the_file_ask_for_an_extension(serial, tmp_path):
    path = tmp_path / "s"
    orders.sweep(town(replications=2), path, serial)
    with pytest.raises(ChangedError, match=re.escape(f"sim extend {path} --replications 3")):
        orders.sweep(town(replications=3), path, serial)


def test_a_changed_experiment_is_refused_and_named(small, whole, serial):
    manifest = (whole / "manifest.json").read_bytes()
    for changes, told in [
        ({"seed": 5}, "experiment seed: 1 before, 5 now"),
        ({"quarters": 2}, "experiment quarters"),
        ({"points": 5}, "points of drive"),
        ({"scenarios": ["late-payment"]}, "scenario beijing-2010 .gone.; scenario late-payment .new."),
        ({"keep": {"series": ["closures"]}}, "experiment keep"),
    ]:
        with pytest.raises(ChangedError, match=told):
            orders.sweep(town(**changes), whole, serial)
    assert (whole / "manifest.json").read_bytes() == manifest


def test_changed_code_or_packages_are_refused_or_remembered(small, tmp_path, serial):
    path = tmp_path / "s"
    orders.sweep(small, path, Crew(Counting(2), Quiet()))
    values = json.loads((path / "manifest.json").read_text())
    values["identity"]["package"]["numpy"] = "1.0.0"
    values["identity"]["code"]["quarter.py"] = "other"
    (path / "manifest.json").write_text(json.dumps(values))
    with pytest.raises(ChangedError, match=r"code quarter\.py; package numpy: 1\.0\.0 before, .* now.*--allow-changed"):
        orders.sweep(small, path, serial)
    report = orders.sweep(small, path, replace(serial, allow_changed=True))
    assert report.status == "complete"
    (change,) = json.loads((path / "manifest.json").read_text())["changes"]
    assert change["what"][0] == "code quarter.py"
    assert orders.sweep(small, path, serial).computed == 0


def test_one_sweep_at_a_time(small, tmp_path, serial):
    path = tmp_path / "s"
    orders.sweep(small, path, Crew(Counting(2), Quiet()))
    with (
        Archive(path).locked(),
        pytest.raises(FolderTakenError, match=r"another sweep is at work in .* \(process \d+\)"),
    ):
        orders.sweep(small, path, serial)
    assert orders.sweep(small, path, serial).status == "complete"


def test_a_folder_with_something_else_is_left_alone(small, tmp_path, serial):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FolderTakenError, match="is not empty"):
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
    logbook = Logbook.read(Archive(whole))
    assert logbook.values["complete"] is True
    assert logbook.values["identity"]["package"]["numpy"] == np.__version__
    assert "quarter.py" in logbook.values["identity"]["code"]
    assert "experiment/sweep/reduce.py" in logbook.values["identity"]["code"]
    assert not any(name.startswith(("view", "cli")) for name in logbook.values["identity"]["code"])
