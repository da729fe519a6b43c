"""A chunk: some replications of one scenario, simulated and written by whoever gets it.

The seed of a replication is a function of the experiment's seed and the replication's number, and chunks are
cut without regard to workers, so every file has the same bytes however the work was spread.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.store.run_folder import Folder
    from sim.model.setup.compiled_scenario import CompiledScenario

_SEED_BYTES = 8
_EXACT = (1 << 53) - 1
"""Largest whole number that JSON readers of every language keep exactly."""


class Chunk(NamedTuple):
    """Replications `first` to `last`, both included, and the number of their part files."""

    number: int
    first: int
    last: int


@dataclass(frozen=True)
class Failure:
    """A replication that raised an error instead of ending."""

    replication: int
    seed: int
    error: str
    traceback: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a worker says when a chunk is on the disk: replications done and failed, rows written."""

    chunk: Chunk
    done: int
    rows: int
    failures: tuple[Failure, ...] = ()


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


def cut(replications: int, rows: int, most_rows: int = 500_000) -> list[Chunk]:
    """Cut replications into chunks.

    The first replication is a chunk of its own (its size tells how many others go into a chunk).  There are
    at least eight others where there can be, so that a few workers end at about the same time, and more
    where a chunk would hold more than `most_rows`.

    >>> [(chunk.first, chunk.last) for chunk in cut(20, rows=5000)]
    [(0, 0), (1, 3), (4, 6), (7, 9), (10, 12), (13, 15), (16, 18), (19, 19)]
    """
    size = max(1, min(most_rows // max(rows, 1), -(-replications // 8)))
    firsts = range(1, replications, size)
    others = [Chunk(i, first, min(first + size, replications) - 1) for i, first in enumerate(firsts, start=1)]
    return [Chunk(0, 0, 0), *others]


@dataclass(frozen=True)
class Replicate:
    """The task of a worker: run a chunk's replications and write their tables.

    Attributes
    ----------
    compiled : CompiledScenario
        What to run.
    seed : int
        Seed of the experiment.
    folder : Folder
        Where to write.
    """

    compiled: CompiledScenario
    seed: int
    folder: Folder

    def __call__(self, chunk: Chunk) -> Receipt:
        """Do a chunk.  An error in a replication is noted; an error in writing is raised."""
        failures: dict[int, Failure] = {}
        while True:
            try:
                rows = self.folder.write_part(chunk.number, self._replications(chunk, failures))
            except PartialWriteError:
                # Some rows of the failed replication were written; without it, the part is begun again.
                continue
            done = chunk.last - chunk.first + 1 - len(failures)
            return Receipt(chunk, done, rows, tuple(failures[number] for number in sorted(failures)))

    def _replications(self, chunk: Chunk, failures: dict[int, Failure]) -> Iterator[Mapping[str, Iterable[pa.Table]]]:
        """Tables of each replication that does not fail, one after the other; those that do are noted."""
        for replication in range(chunk.first, chunk.last + 1):
            if replication in failures:
                continue
            seed = replication_seed(self.seed, replication)
            try:
                tables = simulated_tables(self.compiled, seed, replication)
            except Exception as error:
                failures[replication] = failure(replication, seed, error)
                continue
            yield {name: _watched(pieces, replication, seed, failures) for name, pieces in tables.items()}


def simulated_tables(compiled: CompiledScenario, seed: int, replication: int) -> Mapping[str, Iterable[pa.Table]]:
    """Run one replication and return its tables, in pieces."""
    from sim.run import simulate

    return simulate(compiled, seed).pieces(replication)


class PartialWriteError(Exception):
    """A replication failed when some of its rows were already written."""


def _watched(
    pieces: Iterable[pa.Table], replication: int, seed: int, failures: dict[int, Failure]
) -> Iterator[pa.Table]:
    """Pieces of a table; an error in making them is noted."""
    try:
        yield from pieces
    except Exception as error:
        failures[replication] = failure(replication, seed, error)
        raise PartialWriteError from error


def failure(replication: int, seed: int, error: Exception) -> Failure:
    """What is noted of an error that has just been caught."""
    return Failure(replication, seed, f"{type(error).__name__}: {error}", traceback.format_exc())


Task = Callable[[Chunk], Receipt]
