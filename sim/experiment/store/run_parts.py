"""The part files of a chunk of replications, one for each table, written as the rows come.

A run of a whole country has tables of a thousand megabytes; no process needs to hold one.  Rows are gathered
over replications, because a Parquet file of many small row groups is large and slow to read, and written
when they fill `GATHERED`.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.store.atomic_files import NewFile, make_folder, writing

if TYPE_CHECKING:
    import pyarrow as pa

SECTOR_TABLE = "sector"
"""The table whose part is published last: where it is, the chunk is complete."""

GATHERED = 64_000_000
"""Bytes of rows that wait to be written, over all tables; an ordinary chunk has fewer, so one row group a table."""


def part_name(number: int) -> str:
    """File name of a chunk's part.

    >>> part_name(7)
    '00007.parquet'
    """
    return f"{number:05d}.parquet"


class Part:
    """Files of one chunk; none of them is to be seen before `publish`.

    Parameters
    ----------
    folder : Path
        The results folder; each table has a folder in it.
    number : int
        Number of the chunk; names the files.

    Attributes
    ----------
    rows : int
        Rows added so far.
    """

    def __init__(self, folder: Path, number: int) -> None:
        self.folder = folder
        self.name = part_name(number)
        self.rows = 0
        self._tables: dict[str, _Rows] = {}

    def add(self, name: str, piece: pa.Table) -> None:
        """Add rows to a table.  The first piece of a table says which columns it has, and may be empty.

        Raises
        ------
        StoreError
            If the disk is full, the folder cannot be written, and the like.
        """
        if name not in self._tables:
            make_folder(self.folder / name)
            self._tables[name] = _Rows(self.folder / name / self.name, piece.schema)
        self._tables[name].gather(piece)
        self.rows += piece.num_rows
        if sum(rows.waiting for rows in self._tables.values()) > GATHERED:
            max(self._tables.values(), key=lambda rows: rows.waiting).write()

    def publish(self) -> None:
        """Write what still waits, and give the files their names.

        Raises
        ------
        StoreError
            If the disk is full, the folder cannot be written, and the like.
        """
        for name in sorted(self._tables, key=lambda name: name == SECTOR_TABLE):
            self._tables[name].publish()

    def abandon(self) -> None:
        """Remove the files that are not yet published."""
        for rows in self._tables.values():
            rows.abandon()


class _Rows:
    """One table of a part: a file, and the rows that wait to be written to it."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq

        from sim.output.parquet_options import parquet_options

        self.waiting = 0
        self._pieces: list[pa.Table] = []
        self._new = NewFile(path)
        try:
            with writing(path):
                self._writer = pq.ParquetWriter(self._new.file, schema, **parquet_options(schema))
        except BaseException:
            self._new.abandon()
            raise

    def gather(self, piece: pa.Table) -> None:
        """Take rows to be written later."""
        self._pieces.append(piece)
        self.waiting += piece.get_total_buffer_size()  # `nbytes` takes ten times as long

    def write(self) -> None:
        """Write what waits, as one row group."""
        from sim.output.quarter_columns import concatenate

        # Replications name their agencies differently; one dictionary for all is smaller and quicker to write.
        table = concatenate(self._pieces)
        self._pieces = []
        self.waiting = 0
        with writing(self._new.path):
            self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def publish(self) -> None:
        """Write the rest, and give the file its name."""
        if self._pieces:
            self.write()
        with writing(self._new.path):
            self._writer.close()
        self._new.publish()

    def abandon(self) -> None:
        """Leave nothing behind."""
        # The writer would write its last words; where the disk is full it cannot.
        with contextlib.suppress(OSError, ValueError):
            self._writer.close()
        self._new.abandon()
