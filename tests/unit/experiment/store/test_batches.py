"""Batches: every run once, in the same chunks each time."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.store.batches import LARGEST_CHUNK, Batch, chunk_size, replication_seed

stretches = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(
    lambda gaps: [(sum(gaps[:n]) * 3, sum(gaps[:n]) * 3 + gap) for n, gap in enumerate(gaps)]
)


@st.composite
def batches(draw):
    size, chunk = draw(st.integers(1, 9)), draw(st.integers(0, 40))
    if draw(st.booleans()):
        runs = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, unique=True))
        return Batch.of_runs(runs, chunk, size)
    first = draw(st.integers(0, 5))
    return Batch.product(draw(stretches), first, first + draw(st.integers(0, 6)), chunk, size)


def expected(batch):
    if batch.picked:
        return list(batch.picked)
    points = [point for first, last in batch.points for point in range(first, last + 1)]
    return [(point, r) for point in points for r in range(batch.first, batch.last + 1)]


@given(batches())
def test_chunks_hold_every_run_once_and_in_order(batch):
    chunks = list(batch.chunks())
    assert [run for chunk in chunks for run in chunk.runs] == expected(batch)
    assert len(batch) == len(expected(batch))
    assert [chunk.number for chunk in chunks] == list(range(batch.chunk, batch.next_chunk))
    assert all(1 <= len(chunk.runs) <= batch.size for chunk in chunks)


@given(batches())
def test_a_chunk_can_be_had_by_its_number(batch):
    for chunk in batch.chunks():
        assert batch.chunk_at(chunk.number) == chunk


@given(batches())
def test_the_manifest_keeps_a_batch_as_it_is(batch):
    assert Batch.from_json(json.loads(json.dumps(batch.as_json()))) == batch


def test_a_million_runs_are_cut_without_being_listed():
    batch = Batch.product([(0, 49_999)], 0, 19, 0, 500)
    assert len(batch) == 1_000_000
    assert batch.chunk_at(1_999).runs[-1] == (49_999, 19)


@given(st.integers(1, 10**7), st.integers(0, 10**6))
def test_chunks_are_neither_empty_nor_endless(runs, work):
    assert 1 <= chunk_size(runs, work) <= LARGEST_CHUNK


def test_seeds_are_what_they_were():
    assert [replication_seed(1, i) for i in range(3)] == [7259099999730703, 6475342739147289, 1388508333887268]


def test_seeds_differ():
    seeds = {replication_seed(seed, i) for seed in (0, 1, 2**63 - 1) for i in range(10_000)}
    assert len(seeds) == 30_000
    assert min(seeds) >= 0
    assert max(seeds) < 2**53
