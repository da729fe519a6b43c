"""Dask endings: a scheduler or all workers of a cluster that go away while a command computes on it."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.end_to_end.test_endings import LINUX, STARTED, begin, nothing_goes_on, shell, wait_for

pytest.importorskip("distributed")
__all__ = ["nothing_goes_on"]
WORDS = ("compare", "beijing-2010", "austerity", "--quarters", "2", "--out", "out")


def cluster(tmp_path, workers=1):
    """A scheduler and workers as programs of their own; where it listens, and the scheduler."""
    file = tmp_path / "scheduler.json"
    scheduler = daemon(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", file)
    wait_for(file.exists)
    for _ in range(workers):
        daemon(tmp_path, "worker", "--scheduler-file", file, "--nthreads", 1, "--host", "127.0.0.1")
    return json.loads(file.read_text())["address"], scheduler


def daemon(cwd, what, *words):
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *map(str, words), "--no-dashboard"]
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    STARTED.append(process)
    return process


@LINUX
@pytest.mark.timeout(400)
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_scheduler_that_ends_is_a_sentence_and_the_command_to_go_on(tmp_path, sent):
    address, scheduler = cluster(tmp_path)
    process = begin(tmp_path, *WORDS, "--replications", 20000, "--dask", address)
    wait_for(lambda: list(tmp_path.glob("out/chunks/[0-9]*.json")))
    STARTED.remove(scheduler)
    os.killpg(scheduler.pid, sent)
    scheduler.wait(timeout=60)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (1, "")
    found = json.loads((tmp_path / "out" / "manifest.json").read_text())
    again = f"sim compare beijing-2010 austerity --quarters 2 --out out --replications 20000 --dask {address}"
    where = f"the Dask scheduler at {address} has ended, or cannot be reached any more"
    kept = f"{found['done']:,} of 40,000 runs are kept in out"
    assert found["done"] > 0
    assert errors.splitlines()[-1] == f"sim: {where}; {kept}. To go on: {again}"
    assert "Traceback" not in errors
    # Nobody answers at that address any more; the folder is sound, and is gone on with elsewhere.
    done = shell(tmp_path, again)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"no Dask scheduler answers at {address}" in done.stderr
    assert shell(tmp_path, "sim verify out").returncode == 0
