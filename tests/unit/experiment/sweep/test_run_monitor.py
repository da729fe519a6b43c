"""Run monitor: the death of a worker is attributed to the run that was in progress."""

import os
import subprocess
import sys
import time

import pytest

from sim.experiment.execute.run_monitor import MOST_DEATHS, RunMonitor

DIE = """
import os, signal, sys, time
from pathlib import Path
from sim.experiment.execute.run_monitor import RunMonitor

path, number, how, limit = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
with RunMonitor(path, 4, float(limit) if limit != "none" else None, isolated=True) as flight:
    with flight.run(number):
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "crash":
            import ctypes
            ctypes.string_at(0)
        time.sleep(30)
"""


def die_of(path, number, how, limit="none"):
    done = subprocess.run([sys.executable, "-c", DIE, str(path), str(number), how, limit], timeout=60, check=False)
    return done.returncode


def look(path):
    with RunMonitor(path, 4, 1.0, isolated=False) as flight:
        return [flight.skip_reason(number) for number in range(4)]


def test_a_run_that_kills_again_and_again_is_passed_over(tmp_path):
    path = tmp_path / "00000"
    for death in range(MOST_DEATHS):
        assert die_of(path, 2, "kill") == -9
        verdicts = look(path)
        assert [v is None for v in verdicts] == [True, True, death + 1 < MOST_DEATHS, True]
    assert verdicts[2].error == "3 workers died of it"
    assert verdicts[2].traceback == ""


def test_a_crash_leaves_its_traceback(tmp_path):
    path = tmp_path / "00000"
    for _ in range(MOST_DEATHS):
        assert die_of(path, 1, "crash") < 0
    assert "Segmentation fault" in look(path)[1].traceback


def test_a_run_that_takes_too_long_ends_its_worker_and_is_passed_over_at_once(tmp_path):
    path = tmp_path / "00000"
    began = time.monotonic()
    assert die_of(path, 3, "sleep", "0.5") == 3
    assert time.monotonic() - began < 20
    verdict = look(path)[3]
    assert verdict.error == "it took longer than 1 s"
    assert "Thread" in verdict.traceback
    assert look(path)[:3] == [None, None, None]


def test_a_run_that_ended_is_not_blamed(tmp_path):
    path = tmp_path / "00000"
    for _ in range(MOST_DEATHS + 1):
        with RunMonitor(path, 2, None, isolated=False) as flight, flight.run(0):
            pass
    with RunMonitor(path, 2, None, isolated=False) as flight:
        assert flight.skip_reason(0) is None


def test_an_error_is_not_blamed_either(tmp_path):
    path = tmp_path / "00000"
    for _ in range(MOST_DEATHS + 1):
        with (
            pytest.raises(ValueError, match="no"),
            RunMonitor(path, 2, None, isolated=False) as flight,
            flight.run(0),
        ):
            raise ValueError("no")
    with RunMonitor(path, 2, None, isolated=False) as flight:
        assert flight.skip_reason(0) is None


def test_notes_of_another_cut_are_thrown_away(tmp_path):
    path = tmp_path / "00000"
    die_of(path, 2, "kill")
    with RunMonitor(path, 9, None, isolated=False) as flight:
        assert not flight.pages["deaths"].any()


def test_notes_go_when_the_chunk_is_done(tmp_path):
    path = tmp_path / "running" / "00000"
    die_of(path, 2, "kill")
    with RunMonitor(path, 4, None, isolated=True) as flight:
        pass
    assert os.listdir(path.parent)
    flight.forget()
    assert os.listdir(path.parent) == []
