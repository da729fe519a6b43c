"""Requests for runs of one scenario: same bits however the work is spread, continued after any end, a true manifest."""

import contextlib
import json
import os
import signal
from dataclasses import dataclass, field

import numpy as np
import pytest

from sim import replication_seed
from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.design.run_design import run_design
from sim.experiment.execute import chunk_job, requests
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.execute.replay import replay
from sim.experiment.execute.requests import ChangedError
from sim.experiment.execute.result_collector import ResultCollector
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.results_folder import ResultsFolder
from sim.output.table_columns import TABLES
from sim.run import RunResult
from sim.scenario import load_scenario_file, make_scenario
from tests.unit.experiment.sweep.conftest import digests


@dataclass
class Notes:
    """A reporter that remembers."""

    compiled: int = 0
    expected: list = field(default_factory=list)
    steps: list = field(default_factory=list)

    @contextlib.contextmanager
    def compiling(self):
        self.compiled += 1
        yield

    def expect(self, runs, done):
        self.expected.append((runs, done))

    def done(self, runs):
        self.steps.append(runs)


@pytest.fixture(scope="module")
def loaded():
    return load_scenario_file("beijing-2010")


@pytest.fixture
def ten(loaded):
    return run_design(loaded, "beijing-2010", replications=10, seed=3, quarters=4)


@pytest.fixture(scope="module")
def whole(loaded, tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "r"
    run(run_design(loaded, "beijing-2010", replications=10, seed=3, quarters=4), path)
    return path


def run(design, path, workers=1, reporter=None):
    return requests.run(design, path, workers, reporter or NullProgress())


def manifest_of(path):
    return json.loads((path / "manifest.json").read_text())


def test_a_run_fills_its_folder(ten, whole, tmp_path):
    notes = Notes()
    report = run(ten, tmp_path / "r", reporter=notes)
    assert (report.status, report.runs, report.done, report.computed) == ("complete", 10, 10, 10)
    assert notes.expected == [(10, 0), (10, 1)]
    assert sum(notes.steps) == 10
    assert digests(tmp_path / "r") == digests(whole)
    results = Results.open(tmp_path / "r")
    assert results.trajectories(["agencies"])["agencies"].shape == (10, 4)
    assert set(results.tables) == set(TABLES)
    sector = results.table("sector")
    assert sector[["point", "replication"]].drop_duplicates().values.tolist() == [[0, r] for r in range(10)]
    assert results.runs("agencies")["agencies_mean"].to_numpy() == pytest.approx(
        sector.groupby("replication")["agencies"].mean().to_numpy()
    )


def test_columns_are_described(whole):
    notes = json.loads((whole / "columns.json").read_text())
    described = {column["name"] for column in notes["sector"]}
    assert described == set(Results.open(whole).table("sector").columns)
    assert described >= {outcome.name for outcome in SECTOR}
    assert all(column["meaning"] for columns in notes.values() for column in columns)


def test_same_bits_with_one_and_two_workers(ten, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(requests, "_WORTH_A_POOL", 0)
    assert run(ten, tmp_path / "2", workers=2).status == "complete"
    assert digests(tmp_path / "2") == digests(whole)


def test_more_replications_extend(loaded, ten, whole, tmp_path):
    few = run_design(loaded, "beijing-2010", replications=4, seed=3, quarters=4)
    run(few, tmp_path / "r")
    before = digests(tmp_path / "r")
    report = run(ten, tmp_path / "r")
    assert (report.status, report.done, report.computed) == ("complete", 10, 6)
    assert digests(tmp_path / "r").items() >= {k: v for k, v in before.items() if k != "columns.json"}.items()
    name = "agencies"
    more = Results.open(tmp_path / "r").trajectories([name])[name]
    np.testing.assert_array_equal(more, Results.open(whole).trajectories([name])[name])


def test_a_complete_run_computes_nothing(ten, whole):
    before = digests(whole)
    assert (run(ten, whole).status, run(ten, whole).computed) == ("complete", 0)
    assert digests(whole) == before


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"replications": 9}, "has 10 replications, and only 9 are asked for"),
        ({"seed": 4}, "experiment seed: 3 before, 4 now"),
        ({"quarters": 5}, "experiment quarters: 4 before, 5 now"),
        ({"name": "late-payment"}, "scenario late-payment .new."),
    ],
)
def test_anything_else_is_refused_with_what_differs(whole, asked, message):
    asked = {"name": "beijing-2010", "replications": 10, "seed": 3, "quarters": 4} | asked
    name = asked.pop("name")
    before = (whole / "manifest.json").read_bytes()
    with pytest.raises(ChangedError, match=message):
        run(run_design(load_scenario_file(name), name, **asked), whole)
    assert (whole / "manifest.json").read_bytes() == before


def test_a_run_and_a_sweep_do_not_mix(whole, ten):
    with pytest.raises(ChangedError, match="holds a run, not a sweep"):
        requests.sweep(ten, whole, requests.Context(requests.SerialExecutor(), NullProgress()))


def test_first_compilation_is_announced(loaded, tmp_path, monkeypatch):
    for ready in (False, True):
        monkeypatch.setattr("sim.engine.rules_cache.is_compiled", lambda ready=ready: ready)
        notes = Notes()
        run(run_design(loaded, "x", replications=1, quarters=2), tmp_path / str(ready), reporter=notes)
        assert notes.compiled == (not ready)


def interrupting(after, kind):
    real = ResultCollector.initialise

    def initialise(self, each, row):
        if each[1] == after:
            raise kind
        return real(self, each, row)

    return initialise


class Deadly:
    """What stands for `os.fsync` so often, and then kills the process."""

    def __init__(self, times):
        self.left = times

    def __call__(self, _number):
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("after", [0, 1, 5])
def test_ctrl_c_keeps_what_is_finished_and_the_same_goes_on(ten, whole, tmp_path, monkeypatch, after):
    monkeypatch.setattr(ResultCollector, "initialise", interrupting(after, KeyboardInterrupt))
    report = run(ten, tmp_path / "r")
    assert (report.status, report.runs, report.done) == ("interrupted", 10, after)
    manifest = manifest_of(tmp_path / "r")
    assert (manifest["status"], manifest["complete"], manifest["done"]) == ("interrupted", False, after)
    assert not list(tmp_path.rglob(".part-*"))
    monkeypatch.undo()
    assert run(ten, tmp_path / "r").computed == 10 - after
    assert digests(tmp_path / "r") == digests(whole)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that were forked")
def test_killed_at_any_moment_the_same_goes_on(ten, whole, tmp_path, monkeypatch):
    for kills in range(100):
        child = os.fork()
        if child == 0:
            # Something is forced to the disk a number of times, more at every attempt, and then the process is killed.
            monkeypatch.setattr(os, "fsync", Deadly(3 + 17 * kills))
            run(ten, tmp_path / "r")
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            break
    assert 3 < kills < 100
    assert digests(tmp_path / "r") == digests(whole)


def failing(monkeypatch, *replications):
    real = RunResult.run_to

    def run_to(self, quarter):
        if self.seed in [replication_seed(3, r) for r in replications]:
            raise ZeroDivisionError("nobody left")
        real(self, quarter)

    monkeypatch.setattr(RunResult, "run_to", run_to)


def test_failed_replications_are_listed_and_others_kept(ten, whole, tmp_path, monkeypatch):
    failing(monkeypatch, 2, 7)
    report = run(ten, tmp_path / "r")
    assert (report.status, report.done, report.failed) == ("failed", 8, 2)
    results = Results.open(tmp_path / "r")
    assert results.failures()["replication"].tolist() == [2, 7]
    assert "nobody left" in results.failures()["traceback"][0]
    assert len(results.trajectories(["agencies"])["agencies"]) == 8
    monkeypatch.undo()
    report = requests.retry(tmp_path / "r", ten, requests.Context(requests.SerialExecutor(), NullProgress()))
    assert (report.status, report.computed) == ("complete", 2)
    assert len(Results.open(tmp_path / "r").runs()) == 10


def test_a_run_that_fails_half_written_is_left_out(ten, whole, tmp_path, monkeypatch):
    real = RunResult.pieces

    def pieces(self, replication=0, point=0):
        found = real(self, replication, point)
        return found | {"money": breaking(found["money"])} if replication == 6 else found

    def breaking(good):
        yield from good
        raise MemoryError("no room for the second piece")

    monkeypatch.setattr(RunResult, "pieces", pieces)
    report = run(ten, tmp_path / "r")
    assert (report.done, report.failed) == (9, 1)
    results = Results.open(tmp_path / "r")
    assert results.failures()["error"].tolist() == ["MemoryError: no room for the second piece"]
    assert "breaking" in results.failures()["traceback"][0]
    for name in results.tables:
        assert 6 not in set(results.table(name)["replication"]), name
    assert not list(tmp_path.rglob(".part-*"))


def test_a_disk_that_fills_up_leaves_whole_chunks(ten, tmp_path, monkeypatch):
    real = chunk_job.PartWriter.publish

    def filling(self):
        if self.name == "00003.parquet":
            raise StoreError("cannot write it: No space left on device")
        return real(self)

    monkeypatch.setattr(chunk_job.PartWriter, "publish", filling)
    with pytest.raises(StoreError, match="No space left on device"):
        run(ten, tmp_path / "r")
    manifest = manifest_of(tmp_path / "r")
    assert (manifest["status"], manifest["complete"], manifest["done"]) == ("broken", False, 3)
    assert len(Results.open(tmp_path / "r").trajectories(["agencies"])["agencies"]) == 3


def test_the_manifest_is_enough_to_run_it_again(loaded, whole):
    manifest = manifest_of(whole)
    # As it was run: four quarters of it.
    as_run = {"quarters": 4, "dates_outside_run": True}
    assert make_scenario(manifest["scenario"]) == loaded.scenario.model_copy(update=as_run)
    assert (manifest["quarters"], manifest["seed"]) == (4, 3)
    assert manifest["versions"]["python"]
    (source,) = manifest["sources"]
    assert source["path"].endswith("beijing-2010.yaml")
    assert len(source["sha256"]) == 64


def test_a_run_is_replayed_into_a_folder_of_its_own(whole, tmp_path):
    result = replay(ResultsFolder(whole), 0, 4, tmp_path / "why")
    again = Results.open(tmp_path / "why")
    assert again.progress() == (1, 1, 0)
    for name in TABLES:
        there = Results.open(whole).table(name)
        there = there[there["replication"] == 4].reset_index(drop=True)
        assert again.table(name).to_csv() == there.to_csv(), name
    assert result.seed == replication_seed(3, 4)
    with pytest.raises(StoreError, match="is not empty"):
        replay(ResultsFolder(whole), 0, 4, tmp_path / "why")
