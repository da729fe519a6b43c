"""Part writer: part files of a chunk, one for each table, written as the rows come.

A run of a whole country has tables of a thousand megabytes; no process needs to hold one.  Rows are gathered
over runs, because a Parquet file of many small row groups is large and slow to read, and written when they
fill `GATHERED`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiment.store.atomic_files import NewFile, make_folder, sync_folder, writing
from sim.experiment.store.file_checks import FileRecord, footer_digest

if TYPE_CHECKING:
    import pyarrow as pa

GATHERED = 64_000_000
"""Bytes of rows that wait to be written, over all tables; an ordinary chunk has fewer, so one row group a table."""


class PartialWriteError(Exception):
    """What is written of a part cannot stay; it must be begun again."""


class SchemaChangedError(PartialWriteError):
    """Rows have other columns than those that are already written; it is begun again with all columns."""


class PartWriter:
    """Files of one chunk; none of them is to be seen before `publish`.

    Parameters
    ----------
    folder : Path
        The results folder; each table has a folder in it.
    chunk : int
        Number of the chunk; names the files.
    schemas : dict of str to pyarrow.Schema
        Columns by table, where an earlier attempt has found more than the first rows have; added to on the way.
    """

    def __init__(self, folder: Path, chunk: int, schemas: dict[str, pa.Schema] | None = None) -> None:
        self.folder = folder
        self.name = f"{chunk:05d}.parquet"
        self._schemas = {} if schemas is None else schemas
        self._tables: dict[str, _TableWriter] = {}

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Add rows to tables.

        Raises
        ------
        StoreError
            If the disk is full, the folder cannot be written, and the like.
        SchemaChangedError
            If other columns are already written.
        """
        for name, rows in tables.items():
            if name not in self._tables:
                make_folder(self.folder / name)
                self._tables[name] = _TableWriter(self.folder / name / self.name, self._schemas.get(name))
            self._tables[name].gather(rows)
        while sum(table.waiting for table in self._tables.values()) > GATHERED:
            self._write(max(self._tables, key=lambda name: self._tables[name].waiting))

    def publish(self) -> dict[str, FileRecord]:
        """Write what still waits, and give the files their names.

        Returns
        -------
        dict of str to FileRecord
            By table.

        Raises
        ------
        StoreError, SchemaChangedError
            As `add`.
        """
        for name in self._tables:
            self._write(name)
        records = {name: table.publish() for name, table in self._tables.items()}
        for name in records:
            sync_folder(self.folder / name)
        return records

    def abandon(self) -> None:
        """Remove the files that are not yet published."""
        for table in self._tables.values():
            table.abandon()

    def _write(self, name: str) -> None:
        try:
            self._tables[name].write()
        except SchemaChangedError:
            self._schemas[name] = self._tables[name].schema
            raise


class _TableWriter:
    """One table of a part: a file, and the rows that wait to be written to it."""

    def __init__(self, path: Path, schema: pa.Schema | None) -> None:
        self.waiting = 0
        self.schema = schema
        self._pieces: list[pa.Table] = []
        self._new = NewFile(path)
        self._writer: Any = None

    def gather(self, piece: pa.Table) -> None:
        """Take rows to be written later."""
        self._pieces.append(piece)
        self.waiting += piece.get_total_buffer_size()  # `nbytes` takes ten times as long

    def write(self) -> None:
        """Write what waits, as one row group."""
        import pyarrow as pa

        from sim.output.quarter_columns import unify

        if not self._pieces:
            return
        pieces = self._pieces if self.schema is None else [self.schema.empty_table(), *self._pieces]
        # Runs name their agencies differently; one dictionary for all is smaller and quicker to write.
        table = unify(pa.concat_tables(pieces, promote_options="permissive"))
        changed = self._writer is not None and table.schema != self.schema
        self.schema = table.schema
        if changed:
            raise SchemaChangedError(self._new.path)
        self._pieces = []
        self.waiting = 0
        with writing(self._new.path):
            if self._writer is None:
                self._writer = _parquet_writer(self._new, table.schema)
            self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def publish(self) -> FileRecord:
        """Give the file its name."""
        with writing(self._new.path):
            self._writer.close()
            self._new.flush()
            record = FileRecord(self._new.bytes, self._new.sha256, footer_digest(self._new.temporary))
        self._new.publish()
        return record

    def abandon(self) -> None:
        """Leave nothing behind."""
        # The writer would write a footer; where the disk is full it cannot.
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self._writer.close()
        self._new.abandon()


def _parquet_writer(file: NewFile, schema: pa.Schema) -> Any:
    import pyarrow.parquet as pq

    from sim.output.parquet_options import parquet_options

    return pq.ParquetWriter(file, schema, write_page_checksum=True, **parquet_options(schema))
