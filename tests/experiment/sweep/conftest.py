"""What tests of sweeps share."""

import contextlib
import hashlib

import pytest

from sim.experiment.engines.local import Processes, Serial
from sim.experiment.quiet import Quiet
from sim.experiment.sweep import orders
from sim.experiment.sweep.orders import Crew
from tests.experiment.sweep.towns import town

NOT_RESULTS = ("manifest.json", ".lock")


def digests(path):
    """Digest of every file of results."""
    files = (p for p in path.rglob("*") if p.is_file() and p.name not in NOT_RESULTS)
    return {str(p.relative_to(path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="session")
def small():
    """A small experiment."""
    return town()


@pytest.fixture
def serial():
    """A crew of nobody but ourselves."""
    return Crew(Serial(), Quiet())


@pytest.fixture
def two():
    """A crew of two processes."""
    with contextlib.closing(Processes(2)) as engine:
        yield Crew(engine, Quiet())


@pytest.fixture(scope="session")
def whole(small, tmp_path_factory):
    """The folder of the small experiment, done without interruption."""
    path = tmp_path_factory.mktemp("whole") / "sweep"
    assert orders.sweep(small, path, Crew(Serial(), Quiet())).status == "complete"
    return path
