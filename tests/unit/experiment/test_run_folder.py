"""The results folder: whole files or none, nothing overwritten, readable again."""

import errno
import os
import resource
import subprocess
import sys
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiment.store import run_parts as part
from sim.experiment.store.atomic_files import StoreError, write_file
from sim.experiment.store.run_folder import Folder, OutputExistsError, Results, chosen_folder, usual_folder

TODAY = date(2026, 11, 22)
MANIFEST = {"title": "Two quarters", "start": "2010-Q1", "quarters": 2, "finished": []}


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


def whole(**tables):
    """Tables of a replication, in one piece each."""
    return {name: [table] for name, table in tables.items()}


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
    with pytest.raises(OutputExistsError, match=message):
        chosen_folder(tmp_path / name)
    assert everything(tmp_path) == before


def test_parts_are_read_back_in_order(tmp_path):
    folder = Folder(tmp_path)
    folder.write_json("manifest.json", MANIFEST | {"quarters": 3})
    folder.write_part(1, [whole(sector=sector(1, 2, 3), events=pa.table({"run": [1, 2]}))])
    folder.write_part(0, [whole(sector=sector(0, 0, 3), events=pa.table({"run": [0]}))])
    results = Results.open(tmp_path)
    assert results.sector(["staff"])["staff"] == pytest.approx(
        np.array([[0, 0.01, 0.02], [1, 1.01, 1.02], [2, 2.01, 2.02]])
    )
    assert results.table("events")["run"].to_pylist() == [0, 1, 2]
    assert results.table("sector", ["quarter"]).column_names == ["quarter"]
    assert str(results.start) == "2010-Q1"


def test_a_chunk_without_its_sector_part_does_not_count(tmp_path):
    folder = Folder(tmp_path)
    folder.write_json("manifest.json", MANIFEST)
    folder.write_part(0, [whole(events=pa.table({"run": [0]}), sector=sector(0, 0, 2))])
    folder.write_part(1, [whole(events=pa.table({"run": [1]}))])
    assert Results.open(tmp_path).table("events")["run"].to_pylist() == [0]


def test_no_chunk_at_all(tmp_path):
    Folder(tmp_path).write_json("manifest.json", MANIFEST)
    assert Results.open(tmp_path).sector(["staff"])["staff"].shape == (0, 2)


def test_sector_part_is_published_last(tmp_path, monkeypatch):
    published = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda old, new: published.append(new.parent.name) or replace(old, new))
    Folder(tmp_path).write_part(0, [whole(sector=sector(0, 0, 1), events=pa.table({"run": [0]}))])
    assert published == ["events", "sector"]


def test_equal_tables_give_equal_bytes(tmp_path):
    for name in ("a", "b"):
        Folder(tmp_path / name).write_part(0, [whole(sector=sector(0, 3, 8))])
    a, b = ((tmp_path / name / "sector" / "00000.parquet").read_bytes() for name in ("a", "b"))
    assert a == b


def test_rows_are_gathered_over_pieces_and_replications(tmp_path):
    runs = [{"sector": [sector(n, n, 8).slice(0, 3), sector(n, n, 8).slice(3)]} for n in range(4)]
    assert Folder(tmp_path / "pieces").write_part(0, runs) == 32
    Folder(tmp_path / "whole").write_part(0, [whole(sector=sector(0, 3, 8))])
    pieces, one = (pq.ParquetFile(tmp_path / name / "sector" / "00000.parquet") for name in ("pieces", "whole"))
    assert pieces.num_row_groups == 1
    assert pieces.read().equals(one.read())


def test_what_waits_too_much_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(part, "GATHERED", 2_000)
    runs = [whole(sector=sector(n, n, 8), events=pa.table({"run": [n]})) for n in range(40)]
    Folder(tmp_path).write_part(0, runs)
    large, small = (pq.ParquetFile(tmp_path / name / "00000.parquet") for name in ("sector", "events"))
    assert large.num_row_groups > 2
    assert small.num_row_groups == 1
    assert large.read()["run"].to_pylist() == [n for n in range(40) for _ in range(8)]


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_a_part_that_is_not_finished_leaves_nothing(tmp_path, monkeypatch, kind):
    def replications():
        yield whole(sector=sector(0, 0, 8), events=pa.table({"run": [0]}))
        raise kind

    monkeypatch.setattr(part, "GATHERED", 0)
    with pytest.raises(kind):
        Folder(tmp_path).write_part(0, replications())
    assert everything(tmp_path) == ["events", "sector"]


def test_a_disk_that_fills_up_under_a_part(tmp_path):
    """A real one; how much is written before it is full decides which of the calls finds out."""
    script = (
        "import os, sys; from pathlib import Path; import pyarrow as pa\n"
        "from sim.experiment.store import run_parts as part; from sim.experiment.store.atomic_files import StoreError\n"
        "from sim.experiment.store.run_folder import Folder\n"
        "part.GATHERED = int(sys.argv[2])\n"
        "noise = [pa.table({'run': list(os.urandom(40_000))}) for _ in range(4)]\n"
        "try: Folder(Path(sys.argv[1])).write_part(0, [{'events': noise, 'sector': noise}])\n"
        "except StoreError as error: sys.exit(str(error))\n"
    )
    for gathered in (0, 10**9):
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path), str(gathered)],
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
        )
        assert done.stderr.strip() == f"cannot write {tmp_path / 'events' / '00000.parquet'}: File too large"
        assert everything(tmp_path) == ["events"] + ["sector"] * (gathered > 0)


def test_sweeping_removes_what_killed_workers_left(tmp_path):
    (tmp_path / "sector").mkdir()
    (tmp_path / "sector" / ".part-123-00000.parquet").touch()
    Folder(tmp_path).sweep()
    assert everything(tmp_path) == ["sector"]


@pytest.mark.parametrize(("text", "message"), [(None, "holds no results"), ("{", "is no manifest")])
def test_folders_that_hold_no_results(tmp_path, text, message):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=message):
        Results.open(tmp_path)
