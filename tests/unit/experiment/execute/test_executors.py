"""Executors: what every one of them promises."""

import concurrent.futures
import contextlib
import itertools
import os
import socket
import time
from pathlib import Path

import pytest

from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_choice import opened_executor
from sim.experiment.execute.executor_protocol import ExecutorError, Lost, SerialExecutor, completed
from sim.experiment.execute.process_executor import ProcessExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from tests.unit.experiment import worker_tasks as jobs
from tests.unit.experiment.sweep.conftest import digests, failures
from tests.unit.experiment.sweep.sweep_towns import KILL, faulty, town
from tests.unit.experiment.sweep.test_kills import children
from tests.unit.experiment.test_process_executor import eventually


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster of two workers of one thread each."""
    pytest.importorskip("distributed")
    with opened_executor(2, "local") as executor:
        yield executor


@pytest.fixture(scope="module")
def processes():
    """Two worker processes of ours."""
    with opened_executor(2) as executor:
        yield executor


@pytest.fixture(params=["serial", "processes", "cluster", "threads"])
def executor(request):
    """Every executor, and one of the standard library's for those that users bring."""
    if request.param == "threads":
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            yield pool
    else:
        yield SerialExecutor() if request.param == "serial" else request.getfixturevalue(request.param)


# That a cluster survives the death of a worker is tried in every `make test` by a kill test of sweeps.
@pytest.fixture(params=["processes", pytest.param("cluster", marks=pytest.mark.slow)])
def apart(request):
    """Every executor whose tasks may end their process."""
    return request.getfixturevalue(request.param)


def test_every_chunk_is_answered(executor):
    assert sorted(completed(executor, jobs.square, range(20))) == [(i, i * i) for i in range(20)]
    assert list(completed(executor, jobs.square, [])) == []


def test_an_error_comes_through_and_the_executor_goes_on(executor):
    with pytest.raises(ValueError, match="two is not allowed"):
        list(completed(executor, jobs.fail, range(5)))
    assert sorted(completed(executor, jobs.square, range(3))) == [(0, 0), (1, 1), (2, 4)]


def test_chunks_are_taken_when_a_worker_is_free(executor):
    """A million runs are never in memory at once."""
    taken = []

    def endless():
        for number in itertools.count():
            taken.append(number)
            yield number

    with contextlib.closing(completed(executor, jobs.square, endless())) as answers:
        for _ in range(3):
            next(answers)
    # Three that were answered, and at most two for each of two workers.
    assert 3 <= len(taken) <= 7


def test_a_chunk_that_kills_is_given_up_and_others_are_not(apart, tmp_path):
    """Dask also blames the chunk that waited behind the one that killed a worker, and reports four at a time."""
    most = 3 if isinstance(apart, ProcessExecutor) else 12
    answers = dict(completed(apart, jobs.Killer(tmp_path, 1000), range(8), most))
    lost = answers.pop(3)
    assert isinstance(lost, Lost)
    assert "workers died of it" in lost.reason
    assert answers == {i: i for i in range(8) if i != 3}
    assert most <= len(list(tmp_path.iterdir())) <= most + 1


def test_a_chunk_that_kills_now_and_then_is_done_in_the_end(apart, tmp_path):
    """Dask gives up after four deaths; the chunk is then given anew."""
    assert dict(completed(apart, jobs.Killer(tmp_path, 5), range(8), 9)) == {i: i for i in range(8)}
    assert len(list(tmp_path.iterdir())) == 5


def test_runs_that_kill_their_worker_are_recorded_and_others_go_on(apart, tmp_path):
    design = faulty(town(replications=1), {1: KILL})
    report = requests.sweep(design, tmp_path / "s", Context(apart, NullProgress()))
    assert (report.status, report.done, report.failed) == ("failed", 3, 1)
    (failure,) = failures(tmp_path / "s")
    assert (failure.point, failure.error) == (1, "3 workers died of it")
    # Once it no longer kills, the sweep gives what it would have given.
    assert requests.retry(tmp_path / "s", town(replications=1), Context(apart, NullProgress())).status == "complete"


def test_every_executor_gives_the_same_bits(executor, small, whole, tmp_path):
    assert requests.sweep(small, tmp_path / "s", Context(executor, NullProgress())).status == "complete"
    assert digests(tmp_path / "s") == digests(whole)


@pytest.mark.slow
def test_a_worker_of_several_threads_is_not_ended_and_the_time_limit_works(small, whole, tmp_path):
    """Somebody else's run may be under way beside ours, so a run that is too long is stopped between quarters."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        with opened_executor(None, cluster.scheduler_address) as executor:
            assert (executor.isolated, executor.workers) == (False, 2)
            pids = executor.client.run(os.getpid)
            requests.sweep(small, tmp_path / "s", Context(executor, NullProgress()))
            assert digests(tmp_path / "s") == digests(whole)
            hasty = town(replications=1, quarters=8, failures={"time_limit": 1e-6})
            assert requests.sweep(hasty, tmp_path / "hasty", Context(executor, NullProgress())).failed == 4
            failed = failures(tmp_path / "hasty")
            assert {failure.error for failure in failed} == {"TimeoutError: it took longer than 1e-06 s"}
            assert {failure.quarter for failure in failed} == {4}
            assert executor.client.run(os.getpid) == pids
        # The cluster is not ours to end.
        with opened_executor(None, cluster.scheduler_address) as executor:
            assert sorted(completed(executor, jobs.square, range(3))) == [(0, 0), (1, 1), (2, 4)]


@pytest.mark.parametrize("address", ["local", None])
def test_no_process_is_left(address):
    if address is not None:
        pytest.importorskip("distributed")
    before = set(children(os.getpid()))
    with opened_executor(2, address) as executor:
        pids = {pid for _, pid in completed(executor, jobs.who, range(6))}
        assert os.getpid() not in pids
    assert eventually(lambda: not pids & set(children(os.getpid())), 10)
    # The fork server and its like serve the whole process and end with it.
    left = [pid for pid in set(children(os.getpid())) - before if "forkserver" not in words(pid)]
    assert [words(pid) for pid in left if "resource_tracker" not in words(pid)] == []


def words(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline") as line:
        return line.read().replace("\0", " ")
    return "resource_tracker"


def test_a_cluster_of_our_own_is_reached_from_this_machine_only(cluster):
    ports = {int(address.rpartition(":")[2]) for address in cluster.client.scheduler_info()["workers"]}
    ports |= {int(cluster.client.scheduler.address.rpartition(":")[2])}
    ports |= set(cluster.client.scheduler_info()["services"].values())
    tables = [Path("/proc/net", name).read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    listening = [line.split() for table in tables for line in table]
    found = {int(row[1].split(":")[1], 16): row[1].split(":")[0] for row in listening if row[3] == "0A"}
    assert ports <= found.keys()
    assert {found[port] for port in ports} == {"0100007F"}


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
def test_an_unreachable_address_is_reported_at_once(address, message):
    address = address.replace("CLOSED", str(closed_port()))
    pytest.importorskip("distributed")
    began = time.monotonic()
    with pytest.raises(ExecutorError, match=f"no Dask scheduler answers at .*{message}"):
        opened_executor(None, address).__enter__()
    assert time.monotonic() - began < 10
