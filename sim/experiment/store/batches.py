"""Batches and chunks: which runs a sweep is made of, in which order, with which seeds, and how they are handed out.

A run is a point of the design and the number of a replication.  A sweep begins with one batch, every point
with every replication; whatever is added later (more replications, more points, another try of what failed)
is a batch behind it.  Chunks are numbered through all batches and cut without regard to workers, so the same
runs always lie in the same files.

>>> batch = Batch.product([(0, 1)], first=0, last=2, chunk=0, size=4)
>>> len(batch), batch.chunk_count, [chunk.runs for chunk in batch.chunks()]
(6, 2, [((0, 0), (0, 1), (0, 2), (1, 0)), ((1, 1), (1, 2))])
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

Run = tuple[int, int]
"""Point and replication, both from 0."""
_SEED_BYTES = 8
_EXACT = (1 << 53) - 1
"""Largest whole number that JSON readers of every language keep exactly."""


class Chunk(NamedTuple):
    """Some runs, done and written together by one worker; the number names their files."""

    number: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Batch:
    """Runs that were ordered together.

    Attributes
    ----------
    points : tuple of (int, int)
        Stretches of points, first and last included.
    first, last : int
        Replications of each of these points, both included.
    picked : tuple of (int, int)
        Runs one by one, where there is no such order (failed runs that are tried again); then the above mean
        nothing.
    chunk : int
        Number of the first chunk.
    size : int
        Runs in a chunk.
    """

    points: tuple[tuple[int, int], ...]
    first: int
    last: int
    picked: tuple[Run, ...]
    chunk: int
    size: int

    @classmethod
    def product(cls, points: Sequence[tuple[int, int]], first: int, last: int, chunk: int = 0, size: int = 1) -> Batch:
        """Every one of these points with replications `first` to `last`."""
        return cls(tuple((a, b) for a, b in points), first, last, (), chunk, size)

    @classmethod
    def of_runs(cls, runs: Sequence[Run], chunk: int = 0, size: int = 1) -> Batch:
        """Runs one by one."""
        return cls((), 0, -1, tuple((p, r) for p, r in runs), chunk, size)

    @property
    def replications(self) -> int:
        """Replications of each point."""
        return self.last - self.first + 1

    def __len__(self) -> int:
        """Number of runs."""
        return len(self.picked) or self.replications * sum(b - a + 1 for a, b in self.points)

    @property
    def chunk_count(self) -> int:
        """Number of chunks."""
        return -(-len(self) // self.size)

    @property
    def next_chunk(self) -> int:
        """Number of the chunk after this batch's last."""
        return self.chunk + self.chunk_count

    @property
    def numbers(self) -> range:
        """Numbers of its chunks."""
        return range(self.chunk, self.next_chunk)

    def chunks(self) -> Iterator[Chunk]:
        """Cut the batch, chunk by chunk: a million runs are never in memory at once."""
        for number in self.numbers:
            yield self.chunk_at(number)

    def runs_in(self, number: int) -> int:
        """Number of runs in a chunk of this batch."""
        return min(self.size, len(self) - (number - self.chunk) * self.size)

    def chunk_at(self, number: int) -> Chunk:
        """The chunk of a number that lies in this batch."""
        first = (number - self.chunk) * self.size
        return Chunk(number, self.runs(first, min(first + self.size, len(self))))

    def runs(self, first: int, end: int) -> tuple[Run, ...]:
        """Runs `first` to `end`, which is not included, in the batch's order."""
        if self.picked:
            return self.picked[first:end]
        firsts = [0, *accumulate((b - a + 1) * self.replications for a, b in self.points)]
        out = []
        for k in range(first, end):
            n = bisect_right(firsts, k) - 1
            point, replication = divmod(k - firsts[n], self.replications)
            out.append((self.points[n][0] + point, self.first + replication))
        return tuple(out)

    def __contains__(self, run: Run) -> bool:
        """Whether it holds a run."""
        there = self.first <= run[1] <= self.last and any(first <= run[0] <= last for first, last in self.points)
        return there or run in self.picked

    def as_json(self) -> dict[str, Any]:
        """Plain values for the manifest."""
        where = {"chunk": self.chunk, "size": self.size}
        if self.picked:
            return {"runs": [list(run) for run in self.picked], **where}
        return {"points": [list(each) for each in self.points], "replications": [self.first, self.last], **where}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Batch:
        """The batch of plain values from a manifest."""
        if "runs" in values:
            return cls.of_runs(values["runs"], values["chunk"], values["size"])
        first, last = values["replications"]
        return cls.product(values["points"], first, last, values["chunk"], values["size"])


LARGEST_CHUNK = 500
"""Runs; what is lost when a worker is killed, and what a bar moves by, stay small."""
FEWEST_CHUNKS = 16
"""Chunks of a batch where it has the runs, so that a few workers end at about the same time."""
WORK = 600_000
"""Agencies times quarters in a chunk: about two seconds, and never a matter of the machine's speed."""


def chunk_size(runs: int, work: int) -> int:
    """Runs in a chunk of a batch; a function of what is to be done only, so that every machine cuts alike.

    Parameters
    ----------
    runs : int
        Runs of the batch.
    work : int
        Agencies times quarters of one run.

    Examples
    --------
    >>> chunk_size(10_000, 2_000), chunk_size(20, 2_000), chunk_size(10, 900_000)
    (300, 2, 1)
    """
    return max(1, min(LARGEST_CHUNK, WORK // max(work, 1), -(-runs // FEWEST_CHUNKS)))


def replication_seed(seed: int, replication: int) -> int:
    """Seed of one replication.

    Parameters
    ----------
    seed : int
        Seed of the experiment, 0 or more.
    replication : int
        Number of the replication, from 0.

    Returns
    -------
    int
        0 to 2**53 - 1.  A million replications of one experiment are all different with a probability of
        more than 0.9999.

    Examples
    --------
    >>> replication_seed(1, 0) == replication_seed(1, 0), replication_seed(1, 0) == replication_seed(1, 1)
    (True, False)
    """
    digest = hashlib.blake2b(f"replication {seed} {replication}".encode(), digest_size=_SEED_BYTES)
    return int.from_bytes(digest.digest(), "big") & _EXACT


def stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of every unbroken stretch.

    >>> stretches([5, 1, 2, 3])
    [(1, 3), (5, 5)]
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
