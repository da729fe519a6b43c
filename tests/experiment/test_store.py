"""The results folder: whole files or none, nothing overwritten, readable again."""

import errno
import os
import resource
import subprocess
import sys
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from sim.experiment.store import Folder, FolderTakenError, Results, StoreError, chosen_folder, usual_folder, write_file

TODAY = date(2026, 11, 22)


def everything(path):
    return sorted(str(p.relative_to(path)) for p in path.rglob("*"))


def sector(first, last, quarters, value=lambda run, quarter: run + quarter / 100):
    rows = [(r, q) for r in range(first, last + 1) for q in range(quarters)]
    return pa.table(
        {
            "run": [r for r, _ in rows],
            "quarter": [q for _, q in rows],
            "staff": [float(value(r, q)) for r, q in rows],
        }
    )


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
        "import sys; from pathlib import Path; from sim.experiment.store import write_file, StoreError\n"
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


def test_usual_folders_are_numbered(tmp_path):
    root = tmp_path / "results"
    names = [usual_folder("city", TODAY, root).path.name for _ in range(3)]
    assert names == ["city-2026-11-22-1", "city-2026-11-22-2", "city-2026-11-22-3"]
    (root / names[0]).rmdir()
    assert usual_folder("city", TODAY, root).path.name == "city-2026-11-22-1"


def test_usual_folder_where_nothing_can_be_made(tmp_path):
    (tmp_path / "results").touch()
    with pytest.raises(StoreError, match="cannot make the folder"):
        usual_folder("city", TODAY, tmp_path / "results")


def test_chosen_folder_may_be_new_or_empty(tmp_path):
    for _ in range(2):
        assert chosen_folder(tmp_path / "new" / "one").path == tmp_path / "new" / "one"


@pytest.mark.parametrize(
    ("name", "message"),
    [("full", "is not empty"), ("file", "is a file, not a folder"), ("file/below", "Not a directory")],
)
def test_chosen_folder_is_refused(tmp_path, name, message):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").touch()
    (tmp_path / "file").touch()
    before = everything(tmp_path)
    with pytest.raises(FolderTakenError, match=message):
        chosen_folder(tmp_path / name)
    assert everything(tmp_path) == before


def test_parts_are_read_back_in_order(tmp_path):
    folder = Folder(tmp_path)
    folder.write_json("manifest.json", {"start": "2010-Q1", "quarters": 3})
    folder.write_part(1, {"sector": sector(1, 2, 3), "events": pa.table({"run": [1, 2]})})
    folder.write_part(0, {"sector": sector(0, 0, 3), "events": pa.table({"run": [0]})})
    results = Results.open(tmp_path)
    assert results.sector(["staff"])["staff"] == pytest.approx(
        np.array([[0, 0.01, 0.02], [1, 1.01, 1.02], [2, 2.01, 2.02]])
    )
    assert results.table("events")["run"].to_pylist() == [0, 1, 2]
    assert results.table("sector", ["quarter"]).column_names == ["quarter"]
    assert str(results.start) == "2010-Q1"


def test_a_chunk_without_its_sector_part_does_not_count(tmp_path):
    folder = Folder(tmp_path)
    folder.write_json("manifest.json", {"start": "2010-Q1", "quarters": 2})
    folder.write_part(0, {"events": pa.table({"run": [0]}), "sector": sector(0, 0, 2)})
    folder.write_part(1, {"events": pa.table({"run": [1]})})
    assert Results.open(tmp_path).table("events")["run"].to_pylist() == [0]


def test_no_chunk_at_all(tmp_path):
    Folder(tmp_path).write_json("manifest.json", {"start": "2010-Q1", "quarters": 2})
    assert Results.open(tmp_path).sector(["staff"])["staff"].shape == (0, 2)


def test_sector_part_is_written_last(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr("sim.experiment.store.write_file", lambda path, data: written.append(path.parent.name))
    Folder(tmp_path).write_part(0, {"sector": sector(0, 0, 1), "events": pa.table({"run": [0]})})
    assert written == ["events", "sector"]


def test_equal_tables_give_equal_bytes(tmp_path):
    for name in ("a", "b"):
        Folder(tmp_path / name).write_part(0, {"sector": sector(0, 3, 8)})
    a, b = ((tmp_path / name / "sector" / "00000.parquet").read_bytes() for name in ("a", "b"))
    assert a == b


def test_sweeping_removes_what_killed_workers_left(tmp_path):
    (tmp_path / "sector").mkdir()
    (tmp_path / "sector" / ".part-123-00000.parquet").touch()
    Folder(tmp_path).sweep()
    assert everything(tmp_path) == ["sector"]


@pytest.mark.parametrize(("text", "message"), [(None, "cannot read"), ("{", "is no manifest")])
def test_folders_that_hold_no_results(tmp_path, text, message):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=message):
        Results.open(tmp_path)
