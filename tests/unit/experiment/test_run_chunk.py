"""Chunks: seeds and cuts depend on numbers only, an error stays with its replication."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.execute import run_chunk as chunk
from sim.experiment.execute.run_chunk import Chunk, Replicate, cut, replication_seed
from sim.experiment.store.run_folder import Folder
from sim.output.arrow_arrays import coded


def test_seeds_are_what_they_were():
    assert [replication_seed(1, i) for i in range(3)] == [7259099999730703, 6475342739147289, 1388508333887268]


def test_seeds_differ():
    seeds = {replication_seed(seed, i) for seed in (0, 1, 2**63 - 1) for i in range(10_000)}
    assert len(seeds) == 30_000
    assert min(seeds) >= 0
    assert max(seeds) < 2**53


@given(st.integers(1, 5000), st.integers(0, 10**7))
def test_chunks_cover_every_replication_once(replications, rows):
    chunks = cut(replications, rows)
    assert [i for c in chunks for i in range(c.first, c.last + 1)] == list(range(replications))
    assert [c.number for c in chunks] == list(range(len(chunks)))
    assert chunks[0] == Chunk(0, 0, 0)


@given(st.integers(100, 5000), st.integers(1, 10**6))
def test_chunks_are_neither_few_nor_large(replications, rows):
    chunks = cut(replications, rows)
    assert len(chunks) >= 9
    assert all(c.first == c.last or (c.last - c.first + 1) * rows <= 500_000 for c in chunks)


def fake_tables(compiled, seed, replication):
    if replication == compiled:
        raise ZeroDivisionError("no agencies")
    runs = [replication] * 2
    return {"events": [pa.table({"run": runs})], "sector": [pa.table({"run": runs, "seed": [seed] * 2})]}


@pytest.fixture
def fakes(monkeypatch):
    monkeypatch.setattr(chunk, "simulated_tables", fake_tables)


def test_a_chunk_writes_its_tables(tmp_path, fakes):
    receipt = Replicate(None, 7, Folder(tmp_path))(Chunk(3, 5, 8))
    assert (receipt.done, receipt.rows, receipt.failures) == (4, 16, ())
    written = pa.parquet.read_table(tmp_path / "sector" / "00003.parquet")
    assert written["run"].to_pylist() == [5, 5, 6, 6, 7, 7, 8, 8]
    assert written["seed"].to_pylist()[::2] == [replication_seed(7, i) for i in range(5, 9)]


def test_an_error_stays_with_its_replication(tmp_path, fakes):
    receipt = Replicate(6, 7, Folder(tmp_path))(Chunk(1, 5, 7))
    (failure,) = receipt.failures
    assert (receipt.done, failure.replication, failure.seed) == (2, 6, replication_seed(7, 6))
    assert failure.error == "ZeroDivisionError: no agencies"
    assert "Traceback" in failure.traceback
    assert pa.parquet.read_table(tmp_path / "sector" / "00001.parquet")["run"].to_pylist() == [5, 5, 7, 7]


def test_a_replication_that_fails_half_written_is_left_out(tmp_path, monkeypatch):
    def breaking(replication):
        yield pa.table({"run": [replication] * 2})
        if replication == 6:
            raise MemoryError("no room for the second piece")
        yield pa.table({"run": [replication]})

    def tables(compiled, seed, replication):
        return {"events": breaking(replication), "sector": [pa.table({"run": [replication]})]}

    monkeypatch.setattr(chunk, "simulated_tables", tables)
    receipt = Replicate(None, 7, Folder(tmp_path))(Chunk(1, 5, 7))
    (failure,) = receipt.failures
    assert (receipt.done, receipt.rows, failure.replication) == (2, 8, 6)
    assert failure.error == "MemoryError: no room for the second piece"
    assert "breaking" in failure.traceback
    assert pa.parquet.read_table(tmp_path / "events" / "00001.parquet")["run"].to_pylist() == [5, 5, 5, 7, 7, 7]
    assert pa.parquet.read_table(tmp_path / "sector" / "00001.parquet")["run"].to_pylist() == [5, 7]
    assert not list(tmp_path.rglob(".part-*"))


def test_a_chunk_of_errors_writes_nothing(tmp_path, fakes):
    receipt = Replicate(6, 7, Folder(tmp_path))(Chunk(1, 6, 6))
    assert receipt.done == 0
    assert list(tmp_path.iterdir()) == []


def test_replications_with_other_names_share_a_file(tmp_path, monkeypatch):
    def named(compiled, seed, replication):
        words = coded(np.array([0, 1, -1]), [f"agency {replication}", "agency"])
        return {"sector": [pa.table({"run": [replication] * 3, "agency": words})]}

    monkeypatch.setattr(chunk, "simulated_tables", named)
    Replicate(None, 7, Folder(tmp_path))(Chunk(0, 0, 2))
    written = pa.parquet.read_table(tmp_path / "sector" / "00000.parquet")
    assert written["agency"].to_pylist() == [
        "agency 0", "agency", None, "agency 1", "agency", None, "agency 2", "agency", None,
    ]  # fmt: skip
