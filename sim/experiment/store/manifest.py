"""Manifest of a folder, kept up to date: what is run, with what, in which batches, and its progress."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiment.store.atomic_files import StoreError, write_file
from sim.experiment.store.batches import Batch, chunk_size
from sim.experiment.store.column_notes import column_notes
from sim.experiment.store.file_checks import AGAIN, FileRecord, check_file, sealed
from sim.experiment.store.folder_lock import Shard, briefly_locked, is_ours
from sim.experiment.store.identity import identity
from sim.experiment.store.provenance import checkout, machine, now, resolved, source_record, versions
from sim.experiment.store.receipts import Failure, Progress, Receipt, counted, open_failures
from sim.experiment.store.results_folder import (
    COLUMNS,
    DESIGN,
    FORMAT,
    MANIFEST,
    ResultsFolder,
    json_text,
    parquet,
    record_of,
)
from sim.experiment.store.stored_values import StoredFile, only_known

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design

RUN, SWEEP = "run", "sweep"
"""Kinds of folder: a run has one point and keeps all tables."""
_ENDED = ("complete", "failed")


@dataclass
class Manifest:
    """The manifest of a folder.

    Attributes
    ----------
    folder : ResultsFolder
        Where it is written.
    values : dict
        As in the file.
    batches : list of Batch
        Batches in order.
    """

    folder: ResultsFolder
    values: dict[str, Any]
    batches: list[Batch] = field(default_factory=list)

    @classmethod
    def begin(
        cls, folder: ResultsFolder, kind: str, design: Design, batch: Batch, work: int, shard: Shard | None
    ) -> Manifest:
        """Write down what is begun; `work` is that of a run, in agencies times quarters."""
        values = {
            "kind": kind,
            "format": FORMAT,
            "title": design.file.title,
            "status": "running",
            "complete": False,
            "runs": len(batch),
            "done": 0,
            "failed": 0,
            "shards": None if shard is None else shard[1],
            "seed": design.file.seed,
            "work": work,
            "keep": {"series": list(design.file.keep.series), "tables": list(design.file.keep.tables)},
            "sources": [source_record(path) for path in design.sources],
            "files": {},
            "batches": [],
            "commands": [],
            "versions": versions(),
            "git": checkout(),
            "started": now(),
            "ended": None,
        }
        manifest = cls(folder, values, [batch])
        manifest.describe(design)
        manifest.open()
        return manifest

    @classmethod
    def read(cls, folder: ResultsFolder, *, complete: bool = False) -> Manifest:
        """Take up the manifest of a folder; `complete` where runs of it shall be run.

        Raises
        ------
        StoreError
            If there is none, or it is damaged.
        """
        values = folder.read_manifest(complete=complete)
        return cls(folder, values, [Batch.from_json(each) for each in values["batches"]])

    @property
    def kind(self) -> str:
        """``run`` or ``sweep``."""
        return str(self.values["kind"])

    @property
    def ended(self) -> bool:
        """Whether all chunks were done."""
        return self.values["status"] in _ENDED

    @property
    def replications(self) -> int:
        """Replications that every point has, done or not."""
        return 1 + max(batch.last for batch in self.batches)

    @property
    def points(self) -> int:
        """Points that are ordered."""
        return 1 + max(last for batch in self.batches for _, last in batch.points)

    def behind(self, batch: Batch, *others: Batch) -> Batch:
        """A further batch, cut into chunks whose numbers follow those of all before it, and of others."""
        chunk = max(before.next_chunk for before in (*self.batches, *others))
        return replace(batch, chunk=chunk, size=chunk_size(len(batch), int(self.values["work"])))

    def open(self, **values: Any) -> None:
        """Write down that a program is at work, on which machine, and whatever else is new."""
        command = {"command": sys.argv, "at": now(), "machine": machine()}
        self._write(command, status="running", complete=False, **values)

    def add(self, *batches: Batch) -> None:
        """Add batches in one step, on the disk before any of them is done."""
        self.batches += batches
        self._write()

    def describe(self, design: Design, points: pa.Table | None = None) -> None:
        """Note a design, and write the files that describe it; `open` or `add` makes it last.

        Parameters
        ----------
        design : Design
            What is run.
        points : pyarrow.Table, optional
            Its points in the order in which they are numbered; that of the design by default.
        """
        tables = {
            DESIGN: parquet(design.table() if points is None else points),
            COLUMNS: json_text(column_notes(design)),
        }
        new = {name: [record_of(data)._asdict()] for name, data in tables.items()}
        if self.values["files"]:
            # Both are right until all is written, so that no moment of a kill leaves a folder that seems damaged.
            self._write(files={name: self.values["files"][name] + new[name] for name in new})
        for name, data in tables.items():
            write_file(self.folder.path / name, data)
        self.values |= {"files": new, "design": design.dump(), "identity": identity(design)}
        if self.kind == RUN:
            scenario = design.scenario(design.row(design.table(), 0))
            quarters = design.file.quarters or scenario.quarters
            facts = {"start": str(scenario.start), "quarters": quarters}
            self.values |= {"scenario": resolved(scenario, quarters), **facts}

    def repair_files(self, design: Design) -> list[str]:
        """Write the files again that describe the design, where they are missing or damaged; say which were.

        Raises
        ------
        StoreError
            If the order of points cannot be known without them, because points were added.
        """
        try:
            for name in (DESIGN, COLUMNS):
                self.check_file(name)
        except StoreError as error:
            if record_of(parquet(design.table()))._asdict() not in self.values["files"][DESIGN]:
                raise
            self.describe(design)
            return [str(error)]
        return []

    def close(self, status: str) -> None:
        """Write down the progress, and that no program is at work."""
        self._write(ending=status)

    def _write(self, command: dict[str, Any] | None = None, ending: str = "", **values: Any) -> None:
        # Who begins it holds the lock already.
        shared = self.values["shards"] and (self.folder.path / MANIFEST).exists()
        with briefly_locked(self.folder.path) if shared else contextlib.nullcontext():
            if shared:
                # Other shards write here too.
                self.values["commands"] = self.folder.read_manifest(complete=True)["commands"]
            self.values["commands"] += [] if command is None else [command]
            self.values |= {"batches": [batch.as_json() for batch in self.batches], **values}
            if ending:
                self._count(ending)
            write_file(self.folder.path / MANIFEST, sealed(self.values))

    def _count(self, status: str) -> None:
        """Note the progress of the whole folder, and what that says of its status."""
        progress = counted(self.batches, self.receipts(), self.chunks())
        status = progress.status(status)
        # A clock that was set back meanwhile must not make a duration negative.
        ended = max(now(), self.values["started"], *(command["at"] for command in self.values["commands"]))
        self.values |= {"status": status, "complete": status == "complete", "ended": ended, **progress._asdict()}

    def check_file(self, name: str) -> Path:
        """See that a file that describes the design is as it was written.

        Raises
        ------
        StoreError
            If it is not.
        """
        path = self.folder.path / name
        *others, last = (FileRecord(**only_known(StoredFile, each)) for each in self.values["files"][name])
        for record in others:
            with contextlib.suppress(StoreError):
                check_file(path, record)
                return path
        check_file(path, last)
        return path

    def read_points(self) -> pa.Table:
        """The table of points.

        Raises
        ------
        StoreError
            If it is missing or damaged.
        """
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.check_file(DESIGN)) as file:
            return file.read(use_threads=False)

    def ours(self, shard: Shard | None) -> set[int]:
        """Numbers of the chunks of a shard; of all where there is none."""
        return {chunk for chunk in self.chunks() if is_ours(chunk, shard)}

    def chunks(self) -> set[int]:
        """Numbers of all chunks, done or not."""
        return {number for batch in self.batches for number in batch.numbers}

    def receipts(self) -> dict[int, Receipt]:
        """Receipts of the chunks that are done, in order of their numbers; those of no batch are left out.

        Raises
        ------
        StoreError
            If one is damaged, or missing where the manifest says that all is done.
        """
        done, chunks = self.folder.done(), self.chunks()
        missing = min(chunks - done, default=None)
        if missing is not None and self.ended:
            raise StoreError(f"{self.folder.receipt_path(missing)} is missing; {AGAIN}")
        return {chunk: self.folder.receipt(chunk) for chunk in sorted(done & chunks)}

    def progress(self, receipts: Mapping[int, Receipt], shard: Shard | None = None) -> Progress:
        """Count the runs of the folder, or of one shard.

        Replications of a run behind the first count too before they are ordered, which is when that is done.
        """
        progress = counted(self.batches, receipts, self.ours(shard))
        asked = self.values["design"]["experiment"].get("replications") if self.kind == RUN else None
        return progress._replace(runs=max(progress.runs, asked or 1))

    def open_failures(self, receipts: Mapping[int, Receipt]) -> list[Failure]:
        """Failures of runs that did not succeed at a later try, in order of point and replication."""
        return open_failures(self.batches, receipts)
