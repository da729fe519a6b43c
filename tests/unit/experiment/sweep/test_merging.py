"""Shards joined, whatever happens to whoever joins them."""

import errno
import os
import subprocess
import sys

import pytest

from sim.experiment.execute import sweep_requests as orders
from sim.experiment.execute.merging import merge
from sim.experiment.execute.no_progress import NullProgress
from sim.experiment.execute.sweep_requests import Crew
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.run_folder import OutputExistsError
from sim.experiment.store.sweep_folder import Archive
from tests.unit.experiment.sweep.conftest import digests
from tests.unit.experiment.sweep.stopping_executors import Counting
from tests.unit.experiment.sweep.sweep_towns import town


def test_shards_make_the_whole(small, whole, serial, tmp_path):
    folders = [tmp_path / str(i) for i in (1, 2, 3)]
    reports = [orders.sweep(small, path, serial, (i, 3)) for i, path in enumerate(folders, start=1)]
    assert sum(report.runs for report in reports) == 24
    standing = merge(folders, tmp_path / "whole")
    assert standing == (24, 24, 0)
    assert digests(tmp_path / "whole") == digests(whole)
    engine = Counting()
    assert orders.sweep(small, tmp_path / "whole", Crew(engine, NullProgress())).computed == 0


def test_what_no_shard_did_is_done_in_the_merged_folder(small, whole, serial, tmp_path):
    orders.sweep(small, tmp_path / "1", serial, (1, 3))
    orders.sweep(small, tmp_path / "3", serial, (3, 3))
    standing = merge([tmp_path / "1", tmp_path / "3"], tmp_path / "s")
    assert 0 < standing.done < 24
    assert orders.sweep(small, tmp_path / "s", serial).status == "complete"
    assert digests(tmp_path / "s") == digests(whole)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"seed": 2}, "experiment seed: 1 before, 2 now"),
        ({"quarters": 4}, "experiment quarters: 3 before, 4 now"),
        ({}, "are both shard 1"),
    ],
)
def test_shards_that_do_not_belong_together_are_refused(small, serial, tmp_path, second, message):
    orders.sweep(small, tmp_path / "1", serial, (1, 2))
    orders.sweep(town(**second), tmp_path / "2", serial, (2, 2) if second else (1, 2))
    with pytest.raises(StoreError, match=message):
        merge([tmp_path / "1", tmp_path / "2"], tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_whole_sweep_is_no_shard(whole, tmp_path):
    with pytest.raises(StoreError, match="is no shard"):
        merge([whole], tmp_path / "s")


KILLED = """
import os, signal, sys
from pathlib import Path
from sim.experiment.execute.merging import merge

out, *shards = map(Path, sys.argv[1:])
left = 0

def end(_file):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

os.fsync = end
for n in range(1000):
    child = os.fork()
    if child == 0:
        left = n
        merge(shards, out / str(n))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(n)
"""
"""Merges again and again, each killed at a later file, while that is on its way to the disk; tells how many were."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that were forked")
def test_a_merge_that_was_killed_is_begun_again(halves, whole, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(out), *map(str, halves)], capture_output=True, text=True, check=True
    )
    kills = int(done.stdout)
    # A mark, a file for each of the whole, and the manifest.
    assert kills == len(digests(whole)) + 2
    for n in range(kills):
        with pytest.raises(StoreError, match="cut short; merge again" if n else "there is no manifest"):
            Archive(out / str(n)).manifest()
        if n % 5 == 1:
            # Whatever is merged now, nothing of the first attempt is left in it.
            merge(halves[1:], out / str(n))
            assert digests(out / str(n)) == digests(halves[1])
        else:
            merge(halves, out / str(n))
            assert digests(out / str(n)) == digests(whole)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_a_merge_that_fails_leaves_nothing(halves, whole, tmp_path, monkeypatch, error):
    out = tmp_path / "out"
    for n in range(len(digests(whole)) + 2):
        written = iter([None] * n)

        def sync(_file, written=written):
            if next(written, error) is error:
                raise error

        monkeypatch.setattr(os, "fsync", sync)
        with pytest.raises((StoreError, KeyboardInterrupt)) as caught:
            merge(halves, out)
        assert isinstance(caught.value, KeyboardInterrupt) or "No space left on device" in str(caught.value)
        assert os.listdir(out) == [".lock"]
    monkeypatch.undo()
    merge(halves, out)
    assert digests(out) == digests(whole)


def test_what_was_merged_or_is_somebody_elses_is_left_alone(halves, whole, tmp_path, serial):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputExistsError, match="is not empty"):
        merge(halves, tmp_path)
    out = tmp_path / "out"
    merge(halves, out)
    # Killed after its last file.
    (out / ".merging").touch()
    with pytest.raises(OutputExistsError, match="is not empty"):
        merge(halves, out)
    assert orders.sweep(town(), out, serial).computed == 0
    assert digests(out).items() >= digests(whole).items()


def test_one_merge_at_a_time(halves, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / ".merging").touch()
    with Archive(out).locked(), pytest.raises(OutputExistsError, match="another"):
        merge(halves, out)
    assert merge(halves, out).done == 24
