"""Temporary folder: it goes as a whole, whatever helpers still write there, and so does what killed commands left."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.cli import temporary_folder

fcntl = pytest.importorskip("fcntl", reason="where there are no such locks, commands have no folder of their own")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a command has it."""
    made = tmp_path / "sim-tmp-mine"
    made.mkdir()
    (made / "lock").touch()
    monkeypatch.setattr(temporary_folder._Held, "folder", made)
    return made


WRITER = """
import itertools, pathlib, sys
for n in itertools.count():
    try:
        (pathlib.Path(sys.argv[1]) / str(n)).touch()
    except FileNotFoundError:
        break
"""


@pytest.mark.parametrize("again", range(10))
def test_nothing_is_left_though_a_helper_goes_on_writing(folder: Path, again: int):
    helper = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)])
    while not (folder / "100").exists():
        time.sleep(0.001)
    temporary_folder.remove_temporary_folder()
    left = list(folder.parent.iterdir())
    if left:
        helper.kill()
    helper.wait()
    assert not left


def test_it_may_be_removed_twice(folder: Path):
    temporary_folder.remove_temporary_folder()
    temporary_folder.remove_temporary_folder()
    assert not list(folder.parent.iterdir())


def test_what_killed_commands_left_is_removed_and_what_is_in_use_stays(folder: Path):
    for name in ("sim-tmp-killed", "sim-tmp-half.gone"):
        (folder.parent / name).mkdir()
        (folder.parent / name / "file").touch()
    (folder.parent / "sim-tmp-killed" / "lock").touch()
    with (folder / "lock").open("r") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        temporary_folder._remove_left(folder.parent)
    assert list(folder.parent.iterdir()) == [folder]
