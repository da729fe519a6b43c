"""Part files: whole or none, equal bytes for equal rows, one row group where rows are few."""

import resource
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.experiment.store import part_writer
from sim.experiment.store.file_checks import check_file
from sim.experiment.store.part_writer import PartWriter, SchemaChangedError


def everything(path):
    return sorted(str(p.relative_to(path)) for p in path.rglob("*"))


def sector(first, last, quarters):
    rows = [(r, q) for r in range(first, last + 1) for q in range(quarters)]
    return pa.table(
        {
            "replication": [r for r, _ in rows],
            "quarter": [q for _, q in rows],
            "staff": [r + q / 100 for r, q in rows],
        }
    )


def write(path, pieces, number=0):
    writer = PartWriter(path, number)
    try:
        for piece in pieces:
            writer.add(piece)
        return writer.publish()
    except BaseException:
        writer.abandon()
        raise


def test_a_record_says_what_was_written(tmp_path):
    records = write(tmp_path, [{"sector": sector(0, 3, 8), "events": pa.table({"replication": [0]})}])
    assert list(records) == ["sector", "events"]
    for name, record in records.items():
        for whole in (True, False):
            check_file(tmp_path / name / "00000.parquet", record, whole=whole)


def test_equal_tables_give_equal_bytes(tmp_path):
    assert write(tmp_path / "a", [{"sector": sector(0, 3, 8)}]) == write(tmp_path / "b", [{"sector": sector(0, 3, 8)}])


def test_rows_are_gathered_over_pieces_and_runs(tmp_path):
    pieces = [{"sector": piece} for n in range(4) for piece in (sector(n, n, 8).slice(0, 3), sector(n, n, 8).slice(3))]
    write(tmp_path / "pieces", pieces)
    write(tmp_path / "whole", [{"sector": sector(0, 3, 8)}])
    many, one = (pq.ParquetFile(tmp_path / name / "sector" / "00000.parquet") for name in ("pieces", "whole"))
    assert many.num_row_groups == 1
    assert many.read().equals(one.read())


def test_what_waits_too_much_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(part_writer, "GATHERED", 2_000)
    write(tmp_path, [{"sector": sector(n, n, 8), "events": pa.table({"replication": [n]})} for n in range(40)])
    large, small = (pq.ParquetFile(tmp_path / name / "00000.parquet") for name in ("sector", "events"))
    assert large.num_row_groups > 2
    assert small.num_row_groups == 1
    assert large.read()["replication"].to_pylist() == [n for n in range(40) for _ in range(8)]


def test_pieces_of_unlike_columns_share_a_file(tmp_path, monkeypatch):
    pieces = [{"agencies": pa.table({"point": [n], name: [0.5]})} for n, name in enumerate(["elderly", "youth"])]
    write(tmp_path / "together", pieces)
    monkeypatch.setattr(part_writer, "GATHERED", 0)
    schemas = {}
    writer = PartWriter(tmp_path / "apart", 0, schemas)
    writer.add(pieces[0])
    with pytest.raises(SchemaChangedError):
        writer.add(pieces[1])
    writer.abandon()
    writer = PartWriter(tmp_path / "apart", 0, schemas)
    for piece in pieces:
        writer.add(piece)
    writer.publish()
    one, other = (pq.read_table(tmp_path / name / "agencies" / "00000.parquet") for name in ("together", "apart"))
    assert one.equals(other)
    assert one.column_names == ["point", "elderly", "youth"]


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_a_part_that_is_not_finished_leaves_nothing(tmp_path, monkeypatch, kind):
    def pieces():
        yield {"sector": sector(0, 0, 8), "events": pa.table({"replication": [0]})}
        raise kind

    monkeypatch.setattr(part_writer, "GATHERED", 0)
    with pytest.raises(kind):
        write(tmp_path, pieces())
    assert everything(tmp_path) == ["events", "sector"]


def test_a_disk_that_fills_up_under_a_part(tmp_path):
    """A real one; how much is written before it is full decides which of the calls finds out."""
    script = (
        "import os, sys; from pathlib import Path; import pyarrow as pa\n"
        "from sim.experiment.store import part_writer; from sim.experiment.store.atomic_files import StoreError\n"
        "part_writer.GATHERED = int(sys.argv[2])\n"
        "writer = part_writer.PartWriter(Path(sys.argv[1]), 0)\n"
        "try:\n"
        "    for _ in range(4): writer.add({'events': pa.table({'x': list(os.urandom(40_000))})})\n"
        "    writer.publish()\n"
        "except StoreError as error: writer.abandon(); sys.exit(str(error))\n"
    )
    for gathered in (0, 10**9):
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path), str(gathered)],
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
        )
        assert done.stderr.strip() == f"cannot write {tmp_path / 'events' / '00000.parquet'}: File too large"
        assert everything(tmp_path) == ["events"]
