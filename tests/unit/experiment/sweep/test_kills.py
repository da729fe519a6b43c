"""Kill -9 at any moment: nothing is lost, nothing is double, the bits are the same, and no process is left.

Twenty kills in all: of the sweep itself, of its workers, and of Dask's.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from sim.experiment.store.results_folder import ResultsFolder
from tests.support.interruptible_programs import restore_interrupts
from tests.unit.experiment.made_up_sweeps import read_part
from tests.unit.experiment.sweep.conftest import digests
from tests.unit.experiment.test_process_executor import alive, eventually

EXPERIMENT = """
title: Long enough to be killed
scenarios: [beijing-2010]
quarters: 12
axes:
  drive: {path: rules.strategy.drive, low: 0.0, high: 1.0, steps: 8}
replications: 40
keep: {series: [agencies]}
"""
RUNS = 8 * 40
CHUNKS = 16
CASES = [
    *(("parent", 2), ("worker", 3), ("dask parent", 1), ("dask worker", 1)),
    *(pytest.param(*case, marks=pytest.mark.slow) for case in (("parent", 5), ("dask parent", 4), ("dask worker", 6))),
]
"""Who is killed, and how often; `make test-all` kills clusters and parents again and again."""


def command(file, out, dask):
    where = ["--dask", "local"] if dask else []
    return [sys.executable, "-m", "sim", "sweep", str(file), "--out", str(out), "--workers", "2", *where]


def children(pid):
    """Every process below one, as the system tells."""
    found = []
    for entry in os.listdir("/proc"):
        with contextlib.suppress(OSError, ValueError), open(f"/proc/{entry}/stat") as stat:
            if int(stat.read().rsplit(")", 1)[1].split()[1]) == pid:
                found += [int(entry), *children(int(entry))]
    return found


def working(pid):
    """Processes that hold a chunk's notes open: the workers that are at it."""
    found = []
    for child in children(pid):
        with contextlib.suppress(OSError), open(f"/proc/{child}/maps") as maps:
            if "/running/" in maps.read():
                found.append(child)
    return found


def begin(file, out, dask):
    return subprocess.Popen(
        command(file, out, dask),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restore_interrupts,
    )


def finish(process):
    _, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors


def done(out):
    return len(ResultsFolder(out).done())


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("kills") / "experiment.yaml"
    path.write_text(EXPERIMENT)
    return path


@pytest.fixture(scope="module")
def reference(file, tmp_path_factory):
    """The same sweep, never interrupted."""
    out = tmp_path_factory.mktemp("uninterrupted") / "sweep"
    finish(begin(file, out, dask=False))
    assert done(out) == CHUNKS
    return digests(out)


def check(out, reference):
    archive = ResultsFolder(out)
    runs = [
        (r["point"], r["replication"])
        for n in archive.done()
        for r in read_part(archive.part("summary", n)).to_pylist()
    ]
    assert len(runs) == len(set(runs)) == RUNS
    assert digests(out) == reference
    manifest = json.loads((out / "manifest.json").read_text())
    assert (manifest["status"], manifest["done"], manifest["failed"]) == ("complete", RUNS, 0)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for processes in /proc")
@pytest.mark.parametrize(("whom", "kills"), CASES)
@pytest.mark.timeout(600)
def test_killed_at_any_moment(file, reference, tmp_path, whom, kills):
    out = tmp_path / "sweep"
    dask = whom.startswith("dask")
    if dask:
        pytest.importorskip("distributed")
    if whom.endswith("parent"):
        for kill in range(kills):
            kill_parent(begin(file, out, dask), out, kill, kills)
        finish(begin(file, out, dask))
    else:
        process = begin(file, out, dask)
        kill_workers(process, out, kills)
        finish(process)
    check(out, reference)


def kill_parent(process, out, kill, kills):
    """Kill a sweep when a little more is done than at the last kill; all its processes must end with it."""
    wanted = kill * (CHUNKS - 2) // kills + 1
    assert eventually(lambda: done(out) >= wanted or process.poll() is not None, 200)
    assert process.poll() is None, process.stderr.read()
    family = children(process.pid)
    assert family
    process.kill()
    process.communicate()
    assert eventually(lambda: not any(map(alive, family)), 30), "processes were left behind"
    # What is there is whole, whenever it was cut off.
    archive = ResultsFolder(out)
    assert all(len(read_part(archive.part("summary", n))) == RUNS // CHUNKS for n in archive.done())


def kill_workers(process, out, kills):
    """Kill a worker that is at work, again and again; the sweep goes on by itself."""
    for kill in range(kills):
        wanted = kill * (CHUNKS - 2) // kills + 1
        end = time.monotonic() + 200
        victim = None
        while victim is None and time.monotonic() < end and process.poll() is None:
            victims = working(process.pid) if done(out) >= wanted else []
            victim = victims[kill % len(victims)] if victims else None
        assert victim is not None, "no worker was at work"
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)


@pytest.mark.timeout(600)
def test_ctrl_c_stops_the_sweep_and_says_how_to_go_on(file, reference, tmp_path):
    process = begin(file, tmp_path / "sweep", dask=False)
    assert eventually(lambda: done(tmp_path / "sweep") >= 2, 200)
    family = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert f"To go on: sim sweep {file} --out {tmp_path / 'sweep'} --workers 2" in errors
    assert eventually(lambda: not any(map(alive, family)), 30)
    finish(begin(file, tmp_path / "sweep", dask=False))
    check(tmp_path / "sweep", reference)
