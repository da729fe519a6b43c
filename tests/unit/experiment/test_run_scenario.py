"""The runner: same bits however the work is spread, and an honest manifest however it ends."""

import contextlib
import hashlib
import json
from dataclasses import dataclass, field

import pytest

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.execute import run_chunk as chunk
from sim.experiment.execute import run_scenario as runner
from sim.experiment.execute.worker_pool import Lost
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.run_folder import Folder, Results, chosen_folder
from sim.experiment.store.run_manifest import Order, closing, opening, ranges
from sim.output.table_columns import TABLES
from sim.scenario import load_scenario


@dataclass
class Notes:
    """A watcher that remembers."""

    compiled: int = 0
    expected: tuple = ()
    steps: list = field(default_factory=list)

    @contextlib.contextmanager
    def compiling(self):
        self.compiled += 1
        yield

    def expect(self, runs, done):
        assert not self.steps
        self.expected = (runs, done)

    def done(self, runs):
        self.steps.append(runs)


@pytest.fixture(scope="module")
def loaded():
    return load_scenario("beijing-2010")


@pytest.fixture
def order(loaded):
    return Order(loaded, replications=10, seed=3, quarters=4, workers=1)


def digests(path):
    files = [p for p in path.rglob("*") if p.is_file() and p.name != "manifest.json"]
    return {str(p.relative_to(path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def manifest_of(path):
    return json.loads((path / "manifest.json").read_text())


def test_a_run_fills_its_folder(order, tmp_path):
    notes = Notes()
    report, results = runner.run(order, Folder(tmp_path), notes)
    assert report.status == "complete"
    assert report.finished == list(range(10))
    assert notes.expected == (10, 0)
    assert sum(notes.steps) == 10
    assert results.sector(["agencies"])["agencies"].shape == (10, 4)
    assert results.table("sector").num_rows == 40
    tables = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert tables == set(TABLES)
    rows = sum(results.table(name).num_rows for name in tables)
    assert results.manifest["rows"] == report.rows == rows


def test_columns_are_described(order, tmp_path):
    _, results = runner.run(order, Folder(tmp_path), Notes())
    notes = json.loads((tmp_path / "columns.json").read_text())
    described = {column["name"] for column in notes["sector"]}
    assert described == set(results.table("sector").column_names)
    assert described >= {outcome.name for outcome in SECTOR}
    assert all(column["meaning"] for columns in notes.values() for column in columns)


def test_same_bits_with_one_and_two_workers(order, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "WORTH_A_POOL", 2)
    monkeypatch.setattr(runner, "_ROWS_WORTH_A_POOL", 0)
    pools = []
    real = runner.work_off
    monkeypatch.setattr(runner, "work_off", lambda *args: pools.append(args[2]) or real(*args))
    for workers in (1, 2):
        two = Order(order.loaded, order.replications, order.seed, order.quarters, workers)
        runner.run(two, chosen_folder(tmp_path / str(workers)), Notes())
    assert pools == [1, 2]
    assert digests(tmp_path / "1") == digests(tmp_path / "2")


def test_a_replication_does_not_depend_on_how_many_there_are(order, tmp_path):
    few = Order(order.loaded, 3, order.seed, order.quarters, 1)
    _, results = runner.run(few, chosen_folder(tmp_path / "few"), Notes())
    _, more = runner.run(order, chosen_folder(tmp_path / "more"), Notes())
    name = "agencies"
    assert (more.sector([name])[name][:3] == results.sector([name])[name]).all()


def test_first_compilation_is_announced(order, tmp_path, monkeypatch):
    for ready in (False, True):
        monkeypatch.setattr("sim.engine.rules_cache.is_compiled", lambda ready=ready: ready)
        notes = Notes()
        runner.run(Order(order.loaded, 1, 1, 2, 1), chosen_folder(tmp_path / str(ready)), notes)
        assert notes.compiled == (not ready)


def interrupting(after):
    real = chunk.simulated_tables

    def simulated(compiled, seed, replication):
        if replication == after:
            raise KeyboardInterrupt
        return real(compiled, seed, replication)

    return simulated


@pytest.mark.parametrize(("after", "finished"), [(5, [[0, 4]]), (0, [])])
def test_ctrl_c_keeps_what_is_finished(order, tmp_path, monkeypatch, after, finished):
    monkeypatch.setattr(chunk, "simulated_tables", interrupting(after))
    report, results = runner.run(order, Folder(tmp_path), Notes())
    assert report.status == "interrupted"
    told = manifest_of(tmp_path)
    assert (told["status"], told["complete"], told["finished"]) == ("interrupted", False, finished)
    assert len(results.sector(["agencies"])["agencies"]) == after
    assert not list(tmp_path.rglob(".part-*"))


def test_failed_replications_are_listed_and_others_kept(order, tmp_path, monkeypatch):
    real = chunk.simulated_tables

    def simulated(compiled, seed, replication):
        if replication in (2, 7):
            raise ZeroDivisionError("nobody left")
        return real(compiled, seed, replication)

    monkeypatch.setattr(chunk, "simulated_tables", simulated)
    report, results = runner.run(order, Folder(tmp_path), Notes())
    assert report.status == "failed"
    told = manifest_of(tmp_path)
    assert told["finished"] == [[0, 1], [3, 6], [8, 9]]
    assert [failure["replication"] for failure in told["failures"]] == [2, 7]
    assert "nobody left" in told["failures"][0]["traceback"]
    assert len(results.sector(["agencies"])["agencies"]) == 8


def test_a_chunk_that_was_given_up_is_a_failure(order, tmp_path, monkeypatch):
    def losing(task, chunks, workers):
        for each in chunks:
            yield each, Lost("3 workers died of it") if each.first == 3 else task(each)

    monkeypatch.setattr(runner, "work_off", losing)
    report, _ = runner.run(order, Folder(tmp_path), Notes())
    assert report.status == "failed"
    assert {failure.error for failure in report.failures} == {"3 workers died of it"}
    assert sorted([*report.finished, *(f.replication for f in report.failures)]) == list(range(10))


def test_a_disk_that_fills_up_leaves_whole_chunks(order, tmp_path, monkeypatch):
    real = Folder.write_part

    def filling(folder, number, replications):
        if number == 2:
            raise StoreError("cannot write it: No space left on device")
        return real(folder, number, replications)

    monkeypatch.setattr(Folder, "write_part", filling)
    with pytest.raises(StoreError, match=r"No space left on device; \d of 10 replications are kept"):
        runner.run(order, Folder(tmp_path), Notes())
    told = manifest_of(tmp_path)
    assert (told["status"], told["complete"]) == ("failed", False)
    kept = sum(last - first + 1 for first, last in told["finished"])
    assert len(Results.open(tmp_path).sector(["agencies"])["agencies"]) == kept > 0


def test_the_manifest_is_enough_to_run_it_again(order, tmp_path):
    from sim.scenario import make_scenario

    manifest = opening(order)
    again = make_scenario(manifest["scenario"])
    assert again == order.loaded.scenario
    assert manifest["quarters"] == 4
    assert manifest["seeds"] == [chunk.replication_seed(3, i) for i in range(10)]
    assert manifest["versions"]["python"]
    (source,) = manifest["sources"]
    assert source["path"].endswith("beijing-2010.yaml")
    assert len(source["sha256"]) == 64


def test_the_manifest_closes_with_times(order):
    closed = closing(opening(order), status="complete", finished=[0, 1, 2], failures=[], rows=9)
    assert closed["complete"]
    assert closed["finished"] == [[0, 2]]
    assert closed["seconds"] >= 0
    json.dumps(closed)


def test_ranges():
    assert ranges([]) == []
    assert ranges([3, 1, 2, 9]) == [[1, 3], [9, 9]]
