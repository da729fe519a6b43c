"""The folder of a sweep: append-only, whole whatever happens, and one writer at a time.

::

    results/diversification/
        manifest.json             what is run, with what, in which batches, and how it stands
        design.parquet            a row per point: scenario, variant, and the value on every axis
        columns.json              unit and meaning of every column
        summary/00000.parquet     a row per run: every outcome at the end, on average, lowest and highest
        series/00000.parquet      a row per run and quarter: the outcomes that the experiment keeps
        agencies/00000.parquet    ... and the tables that it keeps
        failures/00000.json       runs of that chunk that failed
        running/                  notes on chunks under way; empty when nobody works here

A chunk's `summary` part is written last: where it is, the chunk is done.  Files are written whole or not at
all, so nothing here is ever half a file; a file that a disk spoiled later is told by its checksums.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sim.experiment.store.atomic_files import StoreError, WrongInputError, make_folder, write_file, writing
from sim.experiment.store.failure_records import Failure
from sim.experiment.store.run_folder import MANIFEST, OutputExistsError

if TYPE_CHECKING:
    import pyarrow as pa

SUMMARY, SERIES, FAILURES, RUNNING = "summary", "series", "failures", "running"
DESIGN = "design.parquet"
LOCK = ".lock"
MERGING = ".merging"
"""File that is in a folder while shards are copied into it; without a manifest beside it, a merge was cut short."""
_REPAIR = "remove the files of that number in every folder here, and the same sweep computes those runs again"


@dataclass(frozen=True)
class Archive:
    """A sweep's folder; small enough to be sent to every worker.

    Attributes
    ----------
    path : Path
        The folder.
    """

    path: Path

    def part(self, table: str, chunk: int) -> Path:
        """File of a chunk's rows of a table."""
        return self.path / table / f"{chunk:05d}.parquet"

    def page(self, chunk: int) -> Path:
        """File of a chunk's failures."""
        return self.path / FAILURES / f"{chunk:05d}.json"

    def notes(self, chunk: int) -> Path:
        """File of the flight recorder while a chunk is under way."""
        return self.path / RUNNING / f"{chunk:05d}"

    def write_chunk(self, chunk: int, tables: Mapping[str, pa.Table], failures: Iterable[Failure]) -> int:
        """Write what came of a chunk: failures, tables, and last the summary.

        Returns
        -------
        int
            Bytes written.

        Raises
        ------
        StoreError
            If the disk is full, and the like; then the chunk is not done.
        """
        written = 0
        told = [failure.as_json() for failure in failures]
        self._forget(chunk, tables, keep_page=bool(told))
        if told:
            make_folder(self.path / FAILURES)
            write_file(self.page(chunk), (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())
        for name in [*(name for name in tables if name != SUMMARY), SUMMARY]:
            make_folder(self.path / name)
            data = parquet(tables[name])
            write_file(self.part(name, chunk), data)
            written += len(data)
        return written

    def _forget(self, chunk: int, tables: Iterable[str], *, keep_page: bool) -> None:
        """Remove what an attempt that was killed before its summary has left and this one does not write over."""
        others = [path.parent.name for path in self.path.glob(f"*/{chunk:05d}.parquet")]
        stale = [self.part(name, chunk) for name in others if name not in tables]
        for path in stale if keep_page else [*stale, self.page(chunk)]:
            with writing(path):
                path.unlink(missing_ok=True)

    def done(self) -> set[int]:
        """Numbers of the chunks that are done."""
        try:
            names = os.listdir(self.path / SUMMARY)
        except OSError:
            return set()
        return {int(name[:-8]) for name in names if name.endswith(".parquet") and name[:-8].isdecimal()}

    def pages(self) -> list[int]:
        """Numbers of the chunks that are done and have a page in the failure book, in order."""
        done = self.done()
        found = (int(page.stem) for page in (self.path / FAILURES).glob("[0-9]*.json"))
        return sorted(number for number in found if number in done)

    def failures_of(self, chunk: int) -> list[Failure]:
        """Failures of a chunk; none where it has no page.

        Raises
        ------
        StoreError
            If the page is damaged.
        """
        page = self.page(chunk)
        try:
            return [Failure(**each) for each in json.loads(page.read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(f"{page} is damaged ({error}); {_REPAIR}") from error

    def design(self) -> pa.Table:
        """The table of points.

        Raises
        ------
        StoreError
            If it is missing or damaged.
        """
        return read_parquet(self.path / DESIGN)

    def write_design(self, design: pa.Table) -> None:
        """Write the table of points, in one step."""
        write_file(self.path / DESIGN, parquet(design))

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON file, in one step."""
        write_file(self.path / name, (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode())

    def manifest(self) -> dict[str, Any]:
        """Read the manifest.

        Raises
        ------
        WrongInputError
            If there is none, or one of something else.
        StoreError
            If it cannot be read.
        """
        path = self.path / MANIFEST
        whole = f"the tables in {self.path} are whole and readable"
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            cut_short = (self.path / MERGING).exists()
            told = "the merge into it was cut short; merge again" if cut_short else f"there is no {MANIFEST}"
            raise WrongInputError(f"{self.path} holds no sweep: {told}") from None
        except (OSError, ValueError) as error:
            raise StoreError(f"{path} is damaged ({error}); {whole}") from error
        if not isinstance(values, dict) or values.get("kind") != "sweep":
            raise WrongInputError(f"{self.path} holds no sweep but something else, as 'sim run' leaves it")
        if "batches" not in values:
            raise StoreError(f"{path} is damaged (it does not say what is run); {whole}")
        return values

    def tidy(self) -> None:
        """Remove what killed workers left behind: temporary files, and notes on who died of what."""
        for path in [*self.path.rglob(".part-*"), *(self.path / RUNNING).glob("*")]:
            with contextlib.suppress(OSError):
                path.unlink()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who writes here; the system lifts the lock when the process ends, however it does.

        Raises
        ------
        OutputExistsError
            If somebody else is at it.
        StoreError
            If the folder cannot be written.
        """
        try:
            file = (self.path / LOCK).open("a+")
        except OSError as error:
            raise StoreError(f"cannot write {self.path}: {error.strerror or error}") from error
        with file:
            _lock(file, self.path)
            yield


def _lock(file: IO[str], path: Path) -> None:
    """Take the lock, or say who has it."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; two sweeps in one folder would do the same work twice.
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        who = file.read().strip()
        told = f" (process {who})" if who else ""
        raise OutputExistsError(f"another sweep is at work in {path}{told}; wait for it, or end it") from None
    except OSError:
        # Some network file systems know no locks.
        return
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def parquet(table: pa.Table) -> bytes:
    """Write a table as the bytes of a Parquet file with checksums; equal tables give equal bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from sim.output.parquet_options import parquet_options
    from sim.output.quarter_columns import unify

    table = unify(table)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, write_page_checksum=True, **parquet_options(table.schema))
    data: bytes = sink.getvalue().to_pybytes()
    return data


def read_parquet(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a part and check its checksums.

    Raises
    ------
    StoreError
        If it is missing or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read(columns=columns, use_threads=False)
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        told = "is missing" if isinstance(error, FileNotFoundError) else f"is damaged ({reason})"
        raise StoreError(f"{path} {told}; {_REPAIR if path.stem.isdecimal() else 'begin in a new folder'}") from error
