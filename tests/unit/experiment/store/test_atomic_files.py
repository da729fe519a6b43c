"""Atomic files: whole ones or none."""

import errno
import os
import resource
import subprocess
import sys

import pytest

from sim.experiment.store.atomic_files import StoreError, write_file


def everything(path):
    return sorted(str(p.relative_to(path)) for p in path.rglob("*"))


def test_a_file_is_written_whole(tmp_path):
    write_file(tmp_path / "a.json", b"one")
    write_file(tmp_path / "a.json", b"two")
    assert (tmp_path / "a.json").read_bytes() == b"two"
    assert everything(tmp_path) == ["a.json"]


@pytest.mark.parametrize("where", ["fsync", "replace"])
@pytest.mark.parametrize("kind", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch, where, kind):
    write_file(tmp_path / "a.json", b"old")

    def full(*_):
        raise kind

    monkeypatch.setattr(os, where, full)
    with pytest.raises((StoreError, KeyboardInterrupt)) as caught:
        write_file(tmp_path / "a.json", b"new")
    if isinstance(kind, OSError):
        assert str(caught.value) == f"cannot write {tmp_path / 'a.json'}: No space left on device"
    assert everything(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"old"


def test_a_disk_that_fills_up(tmp_path):
    """A real one: the system refuses to write on after 10 kB."""
    script = (
        "import sys; from pathlib import Path; from sim.experiment.store.atomic_files import write_file, StoreError\n"
        "try: write_file(Path(sys.argv[1]) / 'big', bytes(100_000))\n"
        "except StoreError as error: sys.exit(str(error))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )
    assert done.stderr.strip() == f"cannot write {tmp_path / 'big'}: File too large"
    assert everything(tmp_path) == []


def test_the_entry_of_a_file_is_forced_to_the_disk_behind_it(tmp_path, monkeypatch):
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda number: synced.append(os.path.isdir(f"/proc/self/fd/{number}")) or fsync(number)
    )
    write_file(tmp_path / "a.json", b"one")
    assert synced == [False, True]
