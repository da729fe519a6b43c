"""Merging: separate folders of one sweep joined, whenever the merge is killed; and shards that share a folder."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.merging import merge
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import OutputExistsError, StoreError
from sim.experiment.store.folder_lock import locked
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.sweep.conftest import digests, rows, same
from tests.unit.experiment.sweep.stopping_executors import Counting
from tests.unit.experiment.sweep.sweep_towns import town


def test_shards_make_the_whole(small, whole, serial, tmp_path):
    folders = [tmp_path / str(i) for i in (1, 2, 3)]
    reports = [requests.sweep(small, path, serial, (i, 3)) for i, path in enumerate(folders, start=1)]
    assert sum(report.runs for report in reports) == 24
    progress = merge(folders, tmp_path / "whole")
    assert progress == (24, 24, 0)
    assert digests(tmp_path / "whole") == digests(whole)
    engine = Counting()
    assert requests.sweep(small, tmp_path / "whole", Context(engine, NullProgress())).computed == 0


def test_what_no_shard_did_is_done_in_the_merged_folder(small, whole, serial, tmp_path):
    requests.sweep(small, tmp_path / "1", serial, (1, 3))
    requests.sweep(small, tmp_path / "3", serial, (3, 3))
    progress = merge([tmp_path / "1", tmp_path / "3"], tmp_path / "s")
    assert 0 < progress.done < 24
    assert requests.sweep(small, tmp_path / "s", serial).status == "complete"
    assert digests(tmp_path / "s") == digests(whole)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"seed": 2}, "experiment seed: 1 before, 2 now"),
        ({"quarters": 4}, "experiment quarters: 3 before, 4 now"),
    ],
)
def test_shards_that_do_not_belong_together_are_refused(small, serial, tmp_path, second, message):
    requests.sweep(small, tmp_path / "1", serial, (1, 2))
    requests.sweep(town(**second), tmp_path / "2", serial, (2, 2))
    with pytest.raises(StoreError, match=message):
        merge([tmp_path / "1", tmp_path / "2"], tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_what_two_folders_have_done_is_taken_once(small, whole, serial, tmp_path):
    requests.sweep(small, tmp_path / "1", serial, (1, 3))
    requests.sweep(small, tmp_path / "s", serial, (1, 3))
    requests.sweep(small, tmp_path / "2", Context(Counting(3), NullProgress()))
    progress = merge([tmp_path / "1", tmp_path / "2"], tmp_path / "out")
    assert progress.done == len(rows(tmp_path / "out")) < 24
    assert same(rows(tmp_path / "out"), rows(whole))


def test_shards_write_into_one_folder(small, whole, serial, tmp_path):
    path = tmp_path / "s"
    reports = [requests.sweep(small, path, serial, (i, 3)) for i in (3, 1)]
    assert {report.status for report in reports} == {"complete"}
    assert Results.open(path).progress().done == sum(report.done for report in reports) < 24
    assert json.loads((path / "manifest.json").read_text())["status"] == "unfinished"
    last = requests.sweep(small, path, serial, (2, 3))
    assert sum(report.done for report in (*reports, last)) == 24
    assert Results.open(path).progress() == (24, 24, 0)
    assert json.loads((path / "manifest.json").read_text())["status"] == "complete"
    assert digests(path) == digests(whole)
    for other in (None, (1, 2)):
        with pytest.raises(OutputExistsError, match="was begun in 3 shards"):
            requests.sweep(small, path, serial, other)
    with pytest.raises(OutputExistsError, match="was begun as a whole sweep"):
        requests.sweep(small, whole, serial, (1, 2))


def test_shards_at_once_make_the_whole(whole, tmp_path):
    """Whatever their timing, and with a shard that is given twice and a whole sweep between them."""
    path = tmp_path / "s"
    commands = [[sys.executable, "-c", SHARD, str(path), shard] for shard in ("1/2", "2/2", "2/2", "0/0")]
    running = [subprocess.Popen(each, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for each in commands]
    ends = [(process.communicate()[1], process.returncode) for process in running]
    refused = [errors for errors, code in ends if code]
    assert all("OutputExistsError" in each or "ChangedError" in each for each in refused), refused
    if (path / "manifest.json").exists():
        for line in SHARD_BY_SHARD[Manifest.read(ResultsFolder(path)).values["shards"]]:
            done = subprocess.run([sys.executable, "-c", SHARD, str(path), line], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    assert digests(path) == digests(whole)


SHARD_BY_SHARD = {2: ("1/2", "2/2"), None: ("0/0",)}
SHARD = """
import sys
from pathlib import Path
from sim.experiment.execute import requests
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from tests.unit.experiment.sweep.sweep_towns import town

i, n = map(int, sys.argv[2].split("/"))
context = requests.Context(SerialExecutor(), NullProgress())
requests.sweep(town(), Path(sys.argv[1]), context, (i, n) if n else None)
"""


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


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that were forked")
def test_a_merge_that_was_killed_is_continued(halves, whole, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(out), *map(str, halves)], capture_output=True, text=True, check=True
    )
    kills = int(done.stdout)
    assert kills > len(digests(whole))
    for n in range(kills):
        if (out / str(n) / "manifest.json").exists():
            there = rows(out / str(n))
            assert same(there, rows(whole))
        merge(halves, out / str(n))
        assert digests(out / str(n)) == digests(whole)


def test_what_is_somebody_elses_is_left_alone(halves, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputExistsError, match="is not empty"):
        merge(halves, tmp_path)
    assert os.listdir(tmp_path) == ["notes.txt"]


def test_a_damaged_part_is_not_copied(halves, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(halves[0], broken)
    part = broken / "summary" / "00000.parquet"
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match=r"00000\.parquet is damaged"):
        merge([broken, halves[1]], tmp_path / "out")


def test_one_merge_at_a_time(halves, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with locked(out), pytest.raises(OutputExistsError, match="another program is at work"):
        merge(halves, out)
    assert merge(halves, out).done == 24
