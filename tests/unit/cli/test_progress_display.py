"""Progress display: what is shown while runs are in progress."""

import io

import pytest
from rich.console import Console

from sim.cli.terminal import progress_display as progress


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setattr(progress, "EVERY", -1.0)
    return Console(file=io.StringIO(), width=200)


def lines(console):
    return console.file.getvalue().splitlines()


def test_the_log_of_a_batch_job_gets_a_line_now_and_then(log):
    with progress.RichProgress(log) as watcher:
        watcher.expect(1000, 200)
        watcher.done(300)
    (line,) = lines(log)
    assert line.startswith("500 of 1,000 runs, ")
    assert line.endswith(" s left")


def test_runs_of_before_are_not_of_this_speed(log, monkeypatch):
    watcher = progress.RichProgress(log, "replications")
    monkeypatch.setattr(progress.time, "monotonic", lambda: 0.0)
    watcher.expect(1000, 900)
    monkeypatch.setattr(progress.time, "monotonic", lambda: 10.0)
    watcher.done(20)
    assert lines(log) == ["920 of 1,000 replications, 2 replications/s, 40 s left"]


def test_compiling_is_said_and_is_no_part_of_the_speed(log, monkeypatch):
    watcher = progress.RichProgress(log)
    monkeypatch.setattr(progress.time, "monotonic", lambda: 0.0)
    watcher.expect(100, 0)
    with watcher.compiling():
        watcher.done(1)
        monkeypatch.setattr(progress.time, "monotonic", lambda: 45.0)
    monkeypatch.setattr(progress.time, "monotonic", lambda: 46.0)
    watcher.done(9)
    said = lines(log)
    assert said[0] == progress.COMPILING
    assert said[-1] == "10 of 100 runs, 9 runs/s, 10 s left"


def test_a_terminal_gets_a_bar():
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    with progress.RichProgress(console) as watcher:
        watcher.expect(10, 0)
        watcher.done(5)
    assert "5/10" in console.file.getvalue()
