"""What every engine promises, whoever does the work."""

import contextlib
import itertools
import os
import socket
import time

import pytest

from sim.experiment.execute import sweep_requests as orders
from sim.experiment.execute.executor_choice import engine
from sim.experiment.execute.executor_protocol import EngineError, Lost
from sim.experiment.execute.local_executors import Processes, Serial
from sim.experiment.execute.no_progress import NullProgress
from sim.experiment.execute.sweep_requests import Crew
from sim.experiment.store.sweep_folder import Archive
from sim.experiment.store.sweep_manifest import SweepManifest
from tests.unit.experiment import worker_tasks as jobs
from tests.unit.experiment.sweep.conftest import digests
from tests.unit.experiment.sweep.sweep_towns import KILL, faulty, town
from tests.unit.experiment.sweep.test_kills import children
from tests.unit.experiment.test_worker_pool import eventually


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster of two workers of one thread each."""
    pytest.importorskip("distributed")
    with contextlib.closing(engine(2, "local")) as hands:
        yield hands


@pytest.fixture(params=["serial", "processes", "cluster"])
def hands(request):
    """Every engine."""
    if request.param == "cluster":
        return request.getfixturevalue("cluster")
    return Serial() if request.param == "serial" else Processes(2)


@pytest.fixture(params=["processes", "cluster"])
def apart(request):
    """Every engine whose tasks may end their process."""
    return request.getfixturevalue("cluster") if request.param == "cluster" else Processes(2)


def test_every_chunk_is_answered(hands):
    hands.warm_up()
    assert sorted(hands.answers(jobs.square, range(20), 3)) == [(i, i * i) for i in range(20)]
    assert list(hands.answers(jobs.square, [], 3)) == []


def test_an_error_comes_through_and_the_engine_goes_on(hands):
    with pytest.raises(ValueError, match="two is not allowed"):
        list(hands.answers(jobs.fail, range(5), 3))
    assert sorted(hands.answers(jobs.square, range(3), 3)) == [(0, 0), (1, 1), (2, 4)]


def test_chunks_are_taken_when_somebody_is_free(hands):
    """A million runs are never in memory at once."""
    taken = []

    def endless():
        for number in itertools.count():
            taken.append(number)
            yield number

    with contextlib.closing(hands.answers(jobs.square, endless(), 3)) as answers:
        for _ in range(3):
            next(answers)
    # Three that were answered, and at most two for each of two workers.
    assert 3 <= len(taken) <= 7


def test_a_chunk_that_kills_is_given_up_and_others_are_not(apart, tmp_path):
    """Dask blames a death on the chunk that waited behind the guilty one too, and tells of four at a time."""
    most = 3 if isinstance(apart, Processes) else 12
    answers = dict(apart.answers(jobs.Killer(tmp_path, 1000), range(8), most))
    lost = answers.pop(3)
    assert isinstance(lost, Lost)
    assert "workers died of it" in lost.reason
    assert answers == {i: i for i in range(8) if i != 3}
    assert most <= len(list(tmp_path.iterdir())) <= most + 1


def test_a_chunk_that_kills_now_and_then_is_done_in_the_end(apart, tmp_path):
    """Dask gives up after four deaths; the chunk is then given anew."""
    assert dict(apart.answers(jobs.Killer(tmp_path, 5), range(8), 9)) == {i: i for i in range(8)}
    assert len(list(tmp_path.iterdir())) == 5


def test_runs_that_kill_their_worker_end_in_the_book_and_others_go_on(apart, tmp_path):
    design = faulty(town(replications=1), {1: KILL})
    report = orders.sweep(design, tmp_path / "s", Crew(apart, NullProgress()))
    assert (report.status, report.done, report.failed) == ("failed", 3, 1)
    (failure,) = SweepManifest.read(Archive(tmp_path / "s")).open_failures()
    assert (failure.point, failure.error) == (1, "3 workers died of it")
    # Once it no longer kills, the sweep comes to what it would have been.
    assert orders.retry(tmp_path / "s", town(replications=1), Crew(apart, NullProgress())).status == "complete"


def test_same_bits_whoever_does_it(hands, small, whole, tmp_path):
    assert orders.sweep(small, tmp_path / "s", Crew(hands, NullProgress())).status == "complete"
    assert digests(tmp_path / "s") == digests(whole)


def test_a_worker_of_several_threads_is_not_ended_and_the_time_limit_works(small, whole, tmp_path):
    """Somebody else's run may be under way beside ours, so a run that is too long is stopped between quarters."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        with contextlib.closing(engine(None, cluster.scheduler_address)) as hands:
            assert (hands.isolated, hands.workers) == (False, 2)
            pids = hands.client.run(os.getpid)
            orders.sweep(small, tmp_path / "s", Crew(hands, NullProgress()))
            assert digests(tmp_path / "s") == digests(whole)
            hasty = town(replications=1, quarters=8, failures={"time_limit": 1e-6})
            assert orders.sweep(hasty, tmp_path / "hasty", Crew(hands, NullProgress())).failed == 4
            failures = SweepManifest.read(Archive(tmp_path / "hasty")).open_failures()
            assert {failure.error for failure in failures} == {"TimeoutError: it took longer than 1e-06 s"}
            assert {failure.quarter for failure in failures} == {4}
            assert hands.client.run(os.getpid) == pids
        # The cluster is not ours to end.
        with contextlib.closing(engine(None, cluster.scheduler_address)) as hands:
            assert sorted(hands.answers(jobs.square, range(3), 3)) == [(0, 0), (1, 1), (2, 4)]


@pytest.mark.parametrize("address", ["local", None])
def test_nobody_stays_behind(address):
    if address is not None:
        pytest.importorskip("distributed")
    before = set(children(os.getpid()))
    with contextlib.closing(engine(2, address)) as hands:
        pids = {pid for _, pid in hands.answers(jobs.who, range(6), 3)}
        assert os.getpid() not in pids
    assert eventually(lambda: not pids & set(children(os.getpid())), 10)
    # The fork server and its like serve the whole process and end with it.
    left = [pid for pid in set(children(os.getpid())) - before if "forkserver" not in words(pid)]
    assert [words(pid) for pid in left if "resource_tracker" not in words(pid)] == []


def words(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline") as line:
        return line.read().replace("\0", " ")
    return "resource_tracker"


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:CLOSED", "refused"),
        ("nonsense", "tcp://localhost:8000"),
        ("tcp://127.0.0.1:many", "invalid literal"),
        ("carrier-pigeon://home:1", "unknown address scheme"),
    ],
)
def test_an_address_where_nobody_answers_is_told_at_once(address, message):
    address = address.replace("CLOSED", str(closed_port()))
    pytest.importorskip("distributed")
    began = time.monotonic()
    with pytest.raises(EngineError, match=f"no Dask scheduler answers at .*{message}"):
        engine(None, address)
    assert time.monotonic() - began < 10
