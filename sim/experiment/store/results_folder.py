"""Results folder of a run, a comparison or a sweep: its layout, and the receipts of its chunks.

::

    results/diversification/
        manifest.json             what is run, with what, in which batches, and its progress
        design.parquet            a row per point: scenario, variant, and the value on every axis
        columns.json              unit and meaning of every column
        summary/00000.parquet     a row per run: every outcome, reduced to a few numbers
        series/00000.parquet      a row per run and quarter: the outcomes that the experiment keeps
        agencies/00000.parquet    ... and the tables that it keeps; a run keeps all
        chunks/00000.json         receipt of a chunk: its files with their checksums, and the runs that failed
        curves/                   figures of a run
        figures/                  those of a comparison or a sweep, and what `sim plot` draws
        table.txt, summary.csv    what was printed; mean, interval and median of outcomes at every point
        running/                  notes on chunks in progress; empty when no program works here

Files are written whole or not at all, and a chunk's receipt last: a chunk that has one is done.  Only files that
a receipt names are results, and each is compared with its checksum when it is read.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiment.store.atomic_files import TEMPORARY, StoreError, WrongInputError, make_folder, reason, write_file
from sim.experiment.store.file_checks import FileRecord, check_file, damaged, is_small, sealed, unsealed
from sim.experiment.store.file_checks import json_text as json_text
from sim.experiment.store.folder_lock import LOCK, Shard, is_ours
from sim.experiment.store.receipts import Failure, Receipt
from sim.experiment.store.stored_values import (
    CompleteManifest,
    StoredFailure,
    StoredFile,
    StoredManifest,
    StoredReceipt,
    check_stored,
    only_known,
)

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 2
"""Raised when a reader of older folders would misunderstand newer ones."""
LAST_OF_FORMAT_1 = "ac018f36"
"""Commit whose sources still read the folders of format 1."""
MANIFEST, DESIGN, COLUMNS = "manifest.json", "design.parquet", "columns.json"
SUMMARY, SERIES, CHUNKS, RUNNING = "summary", "series", "chunks", "running"
UNCERTAINTY = "uncertainty"
"""Folder within that of a run: runs of its scenario under other sets of parameters."""
_CHUNK = re.compile(r"(\d{5,})(?:\.|$)")
"""Number of a chunk in the name of a file."""


@dataclass(frozen=True)
class ResultsFolder:
    """A results folder; small enough to be sent to every worker.

    Attributes
    ----------
    path : Path
        The folder.
    """

    path: Path

    def part(self, table: str, chunk: int) -> Path:
        """File of a chunk's rows of a table."""
        return self.path / table / f"{chunk:05d}.parquet"

    def receipt_path(self, chunk: int) -> Path:
        """File of a chunk's receipt."""
        return self.path / CHUNKS / f"{chunk:05d}.json"

    def notes(self, chunk: int) -> Path:
        """File of the run monitor while a chunk is in progress."""
        return self.path / RUNNING / f"{chunk:05d}"

    def holds(self) -> set[str]:
        """Names of what is in the folder, without what a program leaves that ended before its first entry."""
        try:
            names = {path.name for path in self.path.iterdir()}
        except FileNotFoundError:
            return set()
        except OSError as error:
            raise WrongInputError(f"cannot use the folder {self.path}: {reason(error)}") from error
        return {name for name in names if not name.startswith((TEMPORARY, LOCK))}

    def write_receipt(self, receipt: Receipt) -> None:
        """Declare a chunk done.

        Raises
        ------
        StoreError
            If the disk is full, and the like; then the chunk is not done.
        """
        make_folder(self.path / CHUNKS)
        files = {name: record._asdict() for name, record in receipt.files.items()}
        write_file(self.receipt_path(receipt.chunk), sealed(asdict(receipt) | {"files": files}))

    def receipt(self, chunk: int) -> Receipt:
        """Read a chunk's receipt.

        Raises
        ------
        StoreError
            If it is missing or damaged.
        """
        path = self.receipt_path(chunk)
        try:
            values = only_known(StoredReceipt, check_stored(StoredReceipt, unsealed(path.read_bytes())))
            files = {name: FileRecord(**only_known(StoredFile, each)) for name, each in values.pop("files").items()}
            failures = tuple(Failure(**only_known(StoredFailure, each)) for each in values.pop("failures"))
            found = Receipt(**values, failures=failures, files=files)
        except OSError as error:
            raise StoreError(f"cannot read {path}: {reason(error)}") from error
        except (ValueError, RecursionError) as error:
            raise damaged(path, error) from error
        if found.chunk != chunk:
            raise damaged(path, f"it is that of chunk {found.chunk}")
        return found

    def done(self) -> set[int]:
        """Numbers of the chunks that have a receipt."""
        names = (path.stem for path in (self.path / CHUNKS).glob("*.json"))
        return {int(name) for name in names if name.isdecimal()}

    def damage(self, receipt: Receipt, *, whole: bool = True) -> list[str]:
        """Compare all files of a chunk with their checksums; a line for each that is missing or damaged."""
        found = []
        for name, record in receipt.files.items():
            try:
                check_file(self.part(name, receipt.chunk), record, whole=whole)
            except StoreError as error:
                found.append(str(error))
        return found

    def inspected(
        self, chunks: Iterable[int], *, footers_suffice: bool = False
    ) -> Iterator[tuple[int, Receipt | None, list[str]]]:
        """Compare receipts and files of chunks with their checksums.

        Parameters
        ----------
        chunks : iterable of int
            Numbers of the chunks.
        footers_suffice : bool
            Whether very large files need not be read as a whole.

        Yields
        ------
        chunk, receipt, found
            The receipt is None where it is missing or damaged; a line for each file that is.
        """
        receipts = {}
        for chunk in sorted(chunks):
            try:
                receipts[chunk] = self.receipt(chunk)
            except StoreError as error:
                yield chunk, None, [str(error)]
        records = (record for receipt in receipts.values() for record in receipt.files.values())
        whole = not footers_suffice or is_small(records)
        for chunk, receipt in receipts.items():
            yield chunk, receipt, self.damage(receipt, whole=whole)

    def forget_spoiled(self, chunks: Iterable[int]) -> list[str]:
        """Remove receipts of chunks that are not as they were written, so that these are done again.

        Returns
        -------
        list of str
            What was wrong, a line each.
        """
        found: list[str] = []
        for chunk, _, lines in self.inspected(chunks, footers_suffice=True):
            found += lines
            if lines:
                self._remove_receipt(chunk)
        return found

    def _remove_receipt(self, chunk: int) -> None:
        try:
            self.receipt_path(chunk).unlink()
        except OSError as error:
            raise StoreError(f"cannot remove {self.receipt_path(chunk)}: {reason(error)}") from error

    def tidy(self, shard: Shard | None = None) -> None:
        """Remove what killed workers left (of a shard): temporary files, and notes on chunks in progress."""
        for path in [*self.path.glob(f"*/{TEMPORARY}*"), *(self.path / RUNNING).glob("*")]:
            number = _CHUNK.search(path.name)
            if shard is None or (number is not None and is_ours(int(number[1]), shard)):
                _remove(path)
        for path in self.path.glob(f"{TEMPORARY}*") if shard is None else ():
            _remove(path)

    def read_manifest(self, *, complete: bool = False) -> dict[str, Any]:
        """Read the manifest.

        Parameters
        ----------
        complete : bool
            Whether it must hold all that running again needs, not only what reading results does.

        Raises
        ------
        WrongInputError
            If there is none, or it is of another format.
        StoreError
            If it cannot be read or is damaged.
        """
        path = self.path / MANIFEST
        try:
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise WrongInputError(f"{self.path} holds no results: there is no {MANIFEST}") from None
        except ValueError as error:
            raise WrongInputError(f"cannot read {path}: its name holds a null character") from error
        except OSError as error:
            wrong = error.errno in (errno.ENAMETOOLONG, errno.ELOOP)
            raise (WrongInputError if wrong else StoreError)(f"cannot read {path}: {reason(error)}") from error
        _refuse_other_formats(self.path, data)
        try:
            return check_stored(CompleteManifest if complete else StoredManifest, unsealed(data))
        except (ValueError, RecursionError) as error:
            rest = f"the tables in {self.path} can still be read one by one, for instance with pandas"
            raise StoreError(f"{path} is damaged ({error}); {rest}") from error


def _refuse_other_formats(folder: Path, data: bytes) -> None:
    """Refuse a folder of another format.

    Raises
    ------
    WrongInputError
        If it is one.
    """
    try:
        found = json.loads(data).get("format")
    except (ValueError, AttributeError, RecursionError):
        return
    if found == 1:
        raise WrongInputError(
            f"{folder} was written by version 0.1.0, which alone reads and continues it; that was not published: "
            f"check out commit {LAST_OF_FORMAT_1} of the sources"
        )
    if isinstance(found, int) and found > FORMAT:
        raise WrongInputError(f"{folder} was written by a later version (format {found}); install that to read it")


def record_of(data: bytes) -> FileRecord:
    """What a file of these bytes is."""
    return FileRecord(len(data), hashlib.sha256(data).hexdigest())


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file; equal tables give equal bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table.unify_dictionaries(), sink, compression="zstd", write_page_checksum=True)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
