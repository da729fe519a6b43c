"""The manifest of a sweep, kept up to date: what is run, with what, in which batches, and how it stands."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.experiment.execute.batches import Batch, Run, chunk_size
from sim.experiment.store.earlier_versions import entry
from sim.experiment.store.failure_records import Failure
from sim.experiment.store.identity_changes import identity
from sim.experiment.store.run_folder import MANIFEST
from sim.experiment.store.run_manifest import checkout, versions
from sim.experiment.store.sweep_folder import Archive

if TYPE_CHECKING:
    from sim.experiment.design import Design

FORMAT = 1
"""Raised when a reader of older folders would misunderstand newer ones."""


class Standing(NamedTuple):
    """Runs in all, done, and failed without having succeeded later."""

    runs: int
    done: int
    failed: int

    @property
    def open(self) -> int:
        """Runs that are still to be done."""
        return self.runs - self.done - self.failed


@dataclass
class SweepManifest:
    """A sweep's manifest.

    Attributes
    ----------
    archive : Archive
        Where it is written.
    values : dict
        As in the file.
    batches : list of Batch
        Batches in order.
    """

    archive: Archive
    values: dict[str, Any]
    batches: list[Batch] = field(default_factory=list)

    @classmethod
    def begin(
        cls, archive: Archive, design: Design, batch: Batch, work: int, shard: tuple[int, int] | None
    ) -> SweepManifest:
        """Write down a sweep that begins; `work` is that of a run, in agencies times quarters."""
        values = {
            "kind": "sweep",
            "format": FORMAT,
            "title": design.file.title,
            "status": "running",
            "complete": False,
            "runs": len(batch),
            "done": 0,
            "failed": 0,
            "shard": None if shard is None else list(shard),
            "seed": design.file.seed,
            "work": work,
            "keep": {"series": list(design.file.keep.series), "tables": list(design.file.keep.tables)},
            **described(design),
            "batches": [],
            "changes": [],
            "commands": [],
            "versions": versions(),
            "git": checkout(),
            "started": now(),
            "ended": None,
        }
        manifest = cls(archive, values)
        manifest.batches.append(batch)
        manifest.open()
        return manifest

    @classmethod
    def read(cls, archive: Archive) -> SweepManifest:
        """Take up the manifest of a folder.

        Raises
        ------
        StoreError
            If there is none, or it is damaged.
        """
        values = archive.manifest()
        return cls(archive, values, [Batch.from_json(each) for each in values["batches"]])

    @property
    def seed(self) -> int:
        """Seed of the experiment."""
        return int(self.values["seed"])

    @property
    def series(self) -> tuple[str, ...]:
        """Outcomes whose trajectories are kept."""
        return tuple(self.values["keep"]["series"])

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that are kept."""
        return tuple(self.values["keep"]["tables"])

    def size_for(self, runs: int) -> int:
        """Runs in a chunk of a further batch of so many."""
        return chunk_size(runs, int(self.values["work"]))

    @property
    def next_chunk(self) -> int:
        """Number of the first chunk of a further batch."""
        return max((batch.next_chunk for batch in self.batches), default=0)

    def is_ours(self, chunk: int) -> bool:
        """Whether a chunk belongs to this shard; to the whole sweep all do."""
        shard = self.values["shard"]
        return shard is None or chunk % int(shard[1]) == int(shard[0]) - 1

    def open(self) -> None:
        """Write down that somebody is at work, and whatever else is new."""
        self.values["commands"].append({"command": sys.argv, "at": now()})
        self._write(status="running", complete=False)

    def add(self, *batches: Batch) -> None:
        """Add batches in one step, on the disk before any of them is done."""
        self.batches += batches
        self._write()

    def describe(self, design: Design) -> None:
        """Write down a design that has grown."""
        self.values |= described(design)

    def note_changes(self, changes: list[str], design: Design) -> None:
        """Remember that the sweep went on although something had changed."""
        new = {**described(design), "versions": versions(), "git": checkout()}
        old = {key: self.values[key] for key in new if key != "identity"}
        self.values["changes"].append({"at": now(), **entry(old, new, self.archive.done(), changes)})
        self.values |= new

    def close(self, status: str, runs: int, done: int, failed: int) -> None:
        """Write down how it stands."""
        self._write(status=status, complete=status == "complete", runs=runs, done=done, failed=failed, ended=now())

    def _write(self, **values: object) -> None:
        self.values |= {"batches": [batch.as_json() for batch in self.batches], **values}
        self.archive.write_json(MANIFEST, self.values)

    def standing(self) -> Standing:
        """Count runs, from the names of part files and from the failure book."""
        done = self.archive.done()
        runs = finished = 0
        for batch in self.batches:
            # Runs that are tried again were counted when they were ordered first.
            for number in batch.numbers if not batch.picked else ():
                if self.is_ours(number):
                    size = min(batch.size, len(batch) - (number - batch.chunk) * batch.size)
                    runs += size
                    finished += size if number in done else 0
        failed = len(self.open_failures())
        return Standing(runs, finished - failed, failed)

    def holds(self, point: int, replication: int) -> bool:
        """Whether a run belongs to the sweep, done or not."""
        return any(batch.chunk_of((point, replication)) is not None for batch in self.batches)

    def chunk_of(self, point: int, replication: int) -> int | None:
        """The chunk in which a run was done, the last time that it was tried; None if it is still to be done."""
        done = self.archive.done()
        found = [batch.chunk_of((point, replication)) for batch in self.batches]
        return max((chunk for chunk in found if chunk is not None and chunk in done), default=None)

    def waiting(self) -> set[Run]:
        """Failed runs whose next try is ordered and not yet done."""
        done = self.archive.done()
        again = ((batch, number) for batch in self.batches if batch.picked for number in batch.numbers)
        return {run for batch, number in again if number not in done for run in batch.chunk_at(number).runs}

    def open_failures(self) -> list[Failure]:
        """Failures of runs that did not succeed at a later try, in order of point and replication."""
        done = self.archive.done()
        again = [batch for batch in self.batches if batch.picked]
        tried = {n: batch.chunk_at(n).runs for batch in again for n in batch.numbers if n in done}
        found: dict[tuple[int, int], Failure] = {}
        for number in sorted({*self.archive.pages(), *tried}):
            for run in tried.get(number, ()):
                found.pop(run, None)
            for failure in self.archive.failures_of(number):
                found[failure.point, failure.replication] = failure
        return [found[run] for run in sorted(found)]


def described(design: Design) -> dict[str, Any]:
    """What the manifest says of a design: enough to make it again without its files."""
    return {"design": design.dump(), "identity": identity(design)}


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
