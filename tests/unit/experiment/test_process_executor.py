"""Process executor: every task is answered when workers die, and no process is left."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.experiment.execute.executor_protocol import (
    MOST_DEATHS,
    Lost,
    SerialExecutor,
    WorkerLostError,
    completed,
    usable_cores,
)
from sim.experiment.execute.process_executor import ProcessExecutor, Worker
from tests.unit.experiment import worker_tasks as jobs


def work_off(task, chunks, workers):
    """Answers of a pool of so many workers, or of this process."""
    executor = ProcessExecutor(workers) if workers > 1 else SerialExecutor()
    try:
        yield from completed(executor, task, chunks)
    finally:
        executor.shutdown()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie has ended; only its parent has not asked yet.
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    return True


def eventually(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


@pytest.mark.parametrize("workers", [1, 2, 20])
def test_every_chunk_is_answered(workers):
    assert sorted(work_off(jobs.square, range(12), workers)) == [(i, i * i) for i in range(12)]


def test_no_chunks_no_answers():
    assert list(work_off(jobs.square, [], 2)) == []


def test_work_is_done_by_other_processes_only_where_there_are_several():
    assert {pid for _, pid in work_off(jobs.who, range(3), 1)} == {os.getpid()}
    others = {pid for _, pid in work_off(jobs.who, range(6), 2)}
    assert len(others) == 2
    assert os.getpid() not in others
    assert eventually(lambda: not any(map(alive, others)))


def test_chunk_of_a_killed_worker_is_done_again(tmp_path):
    answers = dict(work_off(jobs.Killer(tmp_path, MOST_DEATHS - 1), range(8), 2))
    assert answers == {i: i for i in range(8)}


def test_chunk_that_kills_is_given_up_and_others_are_not(tmp_path):
    answers = dict(work_off(jobs.Killer(tmp_path, 1000), range(8), 2))
    lost = answers.pop(3)
    assert isinstance(lost, Lost)
    assert lost.reason == "3 workers died of it; the last was killed by SIGKILL"
    assert answers == {i: i for i in range(8) if i != 3}
    assert len(list(tmp_path.iterdir())) == MOST_DEATHS


def test_last_chunk_may_kill_too(tmp_path):
    answers = dict(work_off(jobs.Killer(tmp_path, 1000), [3], 2))
    assert isinstance(answers[3], Lost)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_comes_through(workers):
    with pytest.raises(ValueError, match="two is not allowed"):
        list(work_off(jobs.fail, range(4), workers))


def test_an_error_that_cannot_travel_is_told():
    with pytest.raises(RuntimeError, match="lost on the way"):
        list(work_off(jobs.fail_unportably, range(4), 2))


def test_closing_early_ends_the_workers():
    answers = work_off(jobs.who, range(100), 2)
    _, pid = next(answers)
    answers.close()
    assert eventually(lambda: not alive(pid))


def test_a_worker_of_its_own(tmp_path):
    worker = Worker(method="spawn", loads=["json"])
    worker.give((jobs.Killer(tmp_path, 1000), (1,)))
    assert worker.take() == 1
    worker.give((jobs.Killer(tmp_path, 1000), (3,)))
    with pytest.raises(WorkerLostError, match="SIGKILL"):
        worker.take()
    worker.dismiss()


@pytest.mark.skipif(sys.platform == "win32", reason="kills with signals")
def test_workers_do_not_outlive_a_killed_parent(tmp_path):
    script = (
        "from sim.experiment.execute.executor_protocol import completed\n"
        "from sim.experiment.execute.process_executor import ProcessExecutor\n"
        "from tests.unit.experiment.worker_tasks import note_and_sleep\n"
        f"list(completed(ProcessExecutor(2), note_and_sleep, [{str(tmp_path)!r}] * 2))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    assert eventually(lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert eventually(lambda: not any(map(alive, workers)))


def test_there_is_at_least_one_core():
    assert usable_cores() >= 1


def test_workers_are_born_with_the_compiled_rules():
    script = (
        "from sim.experiment.execute.chunk_job import load_rules\n"
        "from sim.experiment.execute.executor_protocol import completed\n"
        "from sim.experiment.execute.process_executor import ProcessExecutor\n"
        "from sim.engine.rules_cache import mark_compiled\n"
        "from tests.unit.experiment import worker_tasks as jobs\n"
        "load_rules(); mark_compiled()\n"
        "print(list(completed(ProcessExecutor(1), jobs.readiness, [0])))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[(0, (True, False))]"


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_workers_do_not_run_the_script_again(tmp_path, method):
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from sim.experiment.execute.process_executor import Worker\n"
        "from tests.unit.experiment import worker_tasks as jobs\n"
        f"worker = Worker(method={method!r})\n"
        "worker.give((jobs.square, (7,)))\n"
        "print(worker.take())\n"
        "worker.dismiss()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout, done.stderr) == ("49\n", "")
