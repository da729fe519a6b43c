"""Failures: runs that go wrong are recorded, and the others are kept."""

import pytest

from sim.experiment.execute import requests
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.sweep.conftest import digests, failures, rows, same
from tests.unit.experiment.sweep.sweep_towns import ERROR, HANG, KILL, KILL_ONCE, faulty, town


def test_one_in_a_thousand_raises_and_999_are_kept(two, tmp_path):
    design = faulty(town(points=1000, replications=1, quarters=1), {617: ERROR})
    report = requests.sweep(design, tmp_path / "s", two)
    assert (report.status, report.done, report.failed) == ("failed", 999, 1)
    assert len(rows(tmp_path / "s")) == 999
    (failure,) = failures(tmp_path / "s")
    assert (failure.point, failure.replication, failure.quarter) == (617, 0, None)
    assert failure.error == "ZeroDivisionError: point 617 cannot be"
    assert "in compiled" in failure.traceback
    assert failure.values == {"drive": pytest.approx(617 / 999)}


def test_runs_that_kill_their_worker_are_given_up_and_no_others(two, whole, tmp_path):
    design = faulty(town(), {1: KILL})
    report = requests.sweep(design, tmp_path / "s", two)
    assert (report.status, report.done, report.failed) == ("failed", 18, 6)
    assert {failure.point for failure in failures(tmp_path / "s")} == {1}
    assert {failure.error for failure in failures(tmp_path / "s")} == {"3 workers died of it"}
    there = rows(tmp_path / "s")
    assert sorted(there) == [(point, r) for point in (0, 2, 3) for r in range(6)]
    assert same(there, rows(whole))
    assert not any((tmp_path / "s" / "running").iterdir())


def test_a_worker_that_is_killed_once_costs_nothing(two, whole, tmp_path):
    design = faulty(town(), {0: KILL_ONCE, 3: KILL_ONCE}, tmp_path)
    report = requests.sweep(design, tmp_path / "s", two)
    assert (report.status, report.done) == ("complete", 24)
    assert digests(tmp_path / "s") == digests(whole)


def test_a_run_that_takes_too_long_is_stopped(two, tmp_path):
    design = faulty(town(replications=1, failures={"time_limit": 1.0}), {2: HANG})
    report = requests.sweep(design, tmp_path / "s", two)
    assert (report.done, report.failed) == (3, 1)
    (failure,) = failures(tmp_path / "s")
    assert failure.error == "it took longer than 1 s"
    assert "in compiled" in failure.traceback


def test_too_many_failures_stop_the_sweep(serial, tmp_path):
    design = faulty(town(failures={"stop_after": 3}), dict.fromkeys(range(4), ERROR))
    report = requests.sweep(design, tmp_path / "s", serial)
    assert report.status == "stopped"
    assert 3 <= report.failed < 24


def test_what_failed_is_tried_again_and_nothing_else(serial, whole, tmp_path):
    path = tmp_path / "s"
    bad = faulty(town(), {1: ERROR, 2: ERROR})
    assert requests.sweep(bad, path, serial).failed == 12
    better = faulty(town(), {2: ERROR})
    report = requests.retry(path, better, serial)
    assert (report.status, report.computed, report.done, report.failed) == ("failed", 12, 18, 6)
    assert {failure.point for failure in failures(path)} == {2}
    report = requests.retry(path, town(), serial)
    assert (report.status, report.computed, report.done, report.failed) == ("complete", 6, 24, 0)
    assert len(rows(path)) == 24
    assert same(rows(path), rows(whole))
    assert requests.retry(path, town(), serial).computed == 0
    assert requests.sweep(town(), path, serial).computed == 0


def test_errors_in_the_middle_of_a_run_tell_the_quarter(serial, tmp_path, monkeypatch):
    from sim import run as record

    real = record.advance

    def breaks(world, until):
        reached = real(world, min(until, 2))
        if reached == 2:
            raise FloatingPointError("something is not a number")
        return reached

    monkeypatch.setattr(record, "advance", breaks)
    requests.sweep(town(points=2, replications=1, quarters=5), tmp_path / "s", serial)
    assert [failure.quarter for failure in failures(tmp_path / "s")] == [2, 2]
    assert (
        failures(tmp_path / "s")[0].words().endswith("in its quarter 3: FloatingPointError: something is not a number")
    )


def test_what_a_killed_attempt_left_of_a_chunk_does_not_stay(serial, tmp_path):
    """Its tables were written, its receipt was not; the next attempt goes another way."""
    path = tmp_path / "s"
    requests.sweep(faulty(town(replications=1), {1: ERROR}), path, serial)
    archive = ResultsFolder(path)
    for number in (1, 2):
        archive.receipt_path(number).unlink()
    report = requests.sweep(faulty(town(replications=1), {2: ERROR}), path, serial)
    assert (report.done, report.failed) == (3, 1)
    assert [failure.point for failure in failures(path)] == [2]
    assert list(archive.receipt(1).files) == ["summary", "series"]
    assert archive.receipt(2).files == {}
    assert len(rows(path)) == 3
