"""Results on a read-only disk: what is finished is read, what is not is refused; other odd disks and clocks."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from sim.experiment.design.experiment_loading import load_experiment
from sim.experiment.design.run_design import run_design
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store import atomic_files, manifest
from sim.experiment.store.atomic_files import StoreError, write_file
from sim.experiment.store.folder_lock import ReadOnlyError
from sim.experiment.store.results_folder import ResultsFolder
from sim.scenario import load_scenario_file

INPUTS = Path(__file__).parent / "read-only"


def sweep(path):
    return requests.sweep(load_experiment(str(INPUTS / "sw.yaml")), path, Context(SerialExecutor(), NullProgress()))


def run(path, replications=2):
    design = run_design(load_scenario_file(str(INPUTS / "tiny.yaml")), "tiny", replications=replications, quarters=2)
    return requests.run(design, path, 1, NullProgress())


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished sweep and a finished run."""
    root = tmp_path_factory.mktemp("finished")
    assert (sweep(root / "sweep").status, run(root / "run").status) == ("complete", "complete")
    return root


@pytest.fixture
def read_only(monkeypatch):
    """Every file system is read-only, to those who may write anywhere too."""
    opened = Path.open

    def refuse(path, mode="r", *more, **options):
        if set(mode) & set("wax+"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, mode, *more, **options)

    monkeypatch.setattr(Path, "open", refuse)


def test_a_finished_folder_is_read(finished, read_only):
    report = sweep(finished / "sweep")
    assert (report.status, report.runs, report.done, report.computed, report.read_only) == ("complete", 40, 40, 0, True)
    report = run(finished / "run")
    assert (report.status, report.runs, report.done, report.computed, report.read_only) == ("complete", 2, 2, 0, True)


def test_what_is_not_finished_is_refused(finished, tmp_path, read_only):
    with pytest.raises(ReadOnlyError, match="cannot write"):
        run(finished / "run", replications=3)
    with pytest.raises(StoreError, match="cannot write"):
        sweep(tmp_path)
    shutil.copytree(finished / "sweep", tmp_path / "copy")
    next((tmp_path / "copy" / "summary").iterdir()).unlink()
    with pytest.raises(StoreError, match="is missing"):
        sweep(tmp_path / "copy")


def test_a_disk_without_inodes_is_told_from_a_full_one(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "a"))

    class Disk:
        f_files, f_favail, f_bavail = 10, 0, 1000

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(StoreError, match=r"device$"):
        write_file(tmp_path / "a", b"")
    monkeypatch.setattr(atomic_files.os, "statvfs", lambda _: Disk)
    with pytest.raises(StoreError, match="no inode is free"):
        write_file(tmp_path / "a", b"")


def test_a_clock_that_was_set_back_makes_no_negative_duration(tmp_path, monkeypatch):
    times = iter(f"20{99 - n}-01-01T00:00:00+00:00" for n in range(90))
    monkeypatch.setattr(manifest, "now", lambda: next(times))
    run(tmp_path / "run")
    values = ResultsFolder(tmp_path / "run").read_manifest()
    assert values["ended"] >= values["started"] == "2099-01-01T00:00:00+00:00"
