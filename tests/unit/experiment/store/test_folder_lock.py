"""Folder locks: one writer at a time, also where the file system knows no locks."""

import errno
import json
import os
import socket
import subprocess
import sys

import pytest

from sim.experiment.store import folder_lock
from sim.experiment.store.atomic_files import OutputExistsError
from sim.experiment.store.folder_lock import briefly_locked, locked


@pytest.fixture(params=["locks", "no locks", "not implemented"])
def system(request, monkeypatch):
    """A file system with locks, and some that have none."""
    if request.param != "locks":
        number = errno.ENOLCK if request.param == "no locks" else errno.ENOSYS

        def refuse(*_):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("fcntl.flock", refuse)


def refused(folder, shard=None):
    with pytest.raises(OutputExistsError, match=rf"at work in {folder} .*process {os.getpid()}"), locked(folder, shard):
        pass


def test_whole_and_shards_exclude_each_other(system, tmp_path):
    with locked(tmp_path):
        refused(tmp_path)
        refused(tmp_path, (1, 2))
    with locked(tmp_path, (1, 2)), locked(tmp_path, (2, 2)):
        refused(tmp_path, (1, 2))
        with pytest.raises(OutputExistsError), locked(tmp_path):
            pass
        with briefly_locked(tmp_path):
            pass
    with locked(tmp_path):
        pass


@pytest.fixture
def without_locks(monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr("fcntl.flock", refuse)


def owner(path, host, process):
    path.write_text(json.dumps({"host": host, "process": process, "started": "2026-01-01"}))


def test_the_lock_of_a_program_that_has_ended_is_taken_over_with_a_line(without_locks, tmp_path, capfd):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    owner(tmp_path / ".lock-owner", socket.gethostname(), ended.pid)
    with locked(tmp_path):
        refused(tmp_path)
    assert f"took over {tmp_path} from process {ended.pid}" in capfd.readouterr().err
    assert not list(tmp_path.glob(".lock-owner*"))


def test_the_lock_of_another_host_is_refused_with_the_command_that_removes_it(without_locks, tmp_path):
    owner(tmp_path / ".lock-owner", "elsewhere", 1)
    with (
        pytest.raises(OutputExistsError, match=rf"process 1 on elsewhere .*rm {tmp_path}/\.lock-owner"),
        locked(tmp_path),
    ):
        pass
    assert (tmp_path / ".lock-owner").exists()


def test_a_lock_that_says_nothing_is_refused(without_locks, tmp_path):
    (tmp_path / ".lock-owner").touch()
    with pytest.raises(OutputExistsError, match=rf"rm {tmp_path}/\.lock-owner"), locked(tmp_path):
        pass


@pytest.mark.parametrize("other_is_quicker", [False, True])
def test_a_lock_that_its_program_has_just_removed_is_free_and_not_stale(
    without_locks, tmp_path, monkeypatch, other_is_quicker
):
    """Its program ends right after our attempt to make it; then we make it, or another program does."""
    path, make = tmp_path / ".lock-owner", folder_lock._made
    attempts = iter([False, True])

    def made(_):
        if not next(attempts):
            return False
        return make(path) and not other_is_quicker

    monkeypatch.setattr(folder_lock, "_made", made)
    if other_is_quicker:
        with pytest.raises(OutputExistsError), locked(tmp_path):
            pass
        assert path.exists(), "the lock of the quicker program was removed"
    else:
        with locked(tmp_path):
            assert path.exists()


RACE = """
import errno, fcntl, sys
from pathlib import Path
from sim.experiment.store.folder_lock import locked

def refuse(*_):
    raise OSError(errno.ENOLCK, "no locks")

if sys.argv[2] == "without":
    fcntl.flock = refuse
folder = Path(sys.argv[1])
inside = folder / "inside"
for _ in range(200):
    try:
        with locked(folder):
            inside.touch(exist_ok=False)
            inside.unlink()
    except Exception as error:
        if type(error).__name__ != "OutputExistsError":
            raise
"""


@pytest.mark.parametrize("locks", ["with", "without"])
def test_two_programs_are_never_in_at_once(tmp_path, locks):
    command = [sys.executable, "-c", RACE, str(tmp_path), locks]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
