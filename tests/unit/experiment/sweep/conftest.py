"""Fixtures for tests of sweeps."""

import hashlib

import numpy as np
import pytest

from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.process_executor import ProcessExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.made_up_sweeps import read_part
from tests.unit.experiment.sweep.sweep_towns import town


def digests(path):
    """Digest of every file of results."""
    files = (p for p in path.rglob("*") if p.is_file() and p.name != "manifest.json" and not p.name.startswith(".lock"))
    return {str(p.relative_to(path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def parts(path, table="summary"):
    """Part files of a table of chunks that are done, in order."""
    folder = ResultsFolder(path)
    return [folder.part(table, n) for n in sorted(folder.done()) if table in folder.receipt(n).files]


def rows(path):
    found = [read_part(part).to_pylist() for part in parts(path)]
    return {(row["point"], row["replication"]): row for part in found for row in part}


def failures(path):
    manifest = Manifest.read(ResultsFolder(path))
    return manifest.open_failures(manifest.receipts())


def same(there, other):
    """Whether every run of one is in the other, with the same bits."""
    return all(
        np.array_equal(list(row.values()), list(other[run].values()), equal_nan=True) for run, row in there.items()
    )


@pytest.fixture(scope="session")
def small():
    """A small experiment."""
    return town()


@pytest.fixture
def serial():
    """This process alone."""
    return Context(SerialExecutor(), NullProgress())


@pytest.fixture
def two():
    """Two processes."""
    executor = ProcessExecutor(2)
    yield Context(executor, NullProgress())
    executor.shutdown()


@pytest.fixture(scope="session")
def whole(small, tmp_path_factory):
    """The folder of the small experiment, done without interruption."""
    path = tmp_path_factory.mktemp("whole") / "sweep"
    assert requests.sweep(small, path, Context(SerialExecutor(), NullProgress())).status == "complete"
    return path


@pytest.fixture(scope="session")
def halves(small, tmp_path_factory):
    """Separate folders of two parts of the small experiment."""
    folders = [tmp_path_factory.mktemp("halves") / str(i) for i in (1, 2)]
    for i, path in enumerate(folders, start=1):
        requests.sweep(small, path, Context(SerialExecutor(), NullProgress()), (i, 2))
    return folders
