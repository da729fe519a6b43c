"""What tests of sweeps share."""

import contextlib
import hashlib

import numpy as np
import pytest

from sim.experiment.execute import sweep_requests as orders
from sim.experiment.execute.local_executors import Processes, Serial
from sim.experiment.execute.no_progress import NullProgress
from sim.experiment.execute.sweep_requests import Crew
from sim.experiment.store.sweep_folder import Archive, read_parquet
from tests.unit.experiment.sweep.sweep_towns import town

NOT_RESULTS = ("manifest.json", ".lock")


def digests(path):
    """Digest of every file of results."""
    files = (p for p in path.rglob("*") if p.is_file() and p.name not in NOT_RESULTS)
    return {str(p.relative_to(path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def rows(path):
    archive = Archive(path)
    found = [read_parquet(archive.part("summary", n)).to_pylist() for n in sorted(archive.done())]
    return {(row["point"], row["replication"]): row for part in found for row in part}


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
    """A crew of nobody but ourselves."""
    return Crew(Serial(), NullProgress())


@pytest.fixture
def two():
    """A crew of two processes."""
    with contextlib.closing(Processes(2)) as engine:
        yield Crew(engine, NullProgress())


@pytest.fixture(scope="session")
def whole(small, tmp_path_factory):
    """The folder of the small experiment, done without interruption."""
    path = tmp_path_factory.mktemp("whole") / "sweep"
    assert orders.sweep(small, path, Crew(Serial(), NullProgress())).status == "complete"
    return path


@pytest.fixture(scope="session")
def halves(small, tmp_path_factory):
    """Folders of the two shards of the small experiment."""
    folders = [tmp_path_factory.mktemp("halves") / str(i) for i in (1, 2)]
    for i, path in enumerate(folders, start=1):
        orders.sweep(small, path, Crew(Serial(), NullProgress()), (i, 2))
    return folders
