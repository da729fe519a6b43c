"""The results folder: what a `sim run` leaves behind, and how it is read again.

::

    results/beijing-2010-2026-11-22-1/
        manifest.json              what was run, with what, when, and whether it is complete
        columns.json               unit and meaning of every column of every table
        sector/00000.parquet ...   one folder per table, one part file per chunk of replications
        curves/overview.png ...

Every file appears under its name in one step (`write_file`), so a crash, a full disk or Ctrl-C leaves whole
files or none.  A chunk writes its `sector` part last: where that file is, the chunk is complete.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from sim.scenario.calendar import Quarter

MANIFEST = "manifest.json"
COLUMNS = "columns.json"
SECTOR_TABLE = "sector"
"""The table whose part is written last."""
_TEMPORARY = ".part-"


class StoreError(Exception):
    """The results folder cannot be made, written or read; the message is one line for the user."""


class FolderTakenError(StoreError):
    """The folder that the user asked for cannot be used: something is in it, or it cannot be made."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    The bytes go to a dot-prefixed neighbour, are forced to the disk, and only then get the final name.

    Raises
    ------
    StoreError
        If the disk is full, the folder cannot be written, and the like.
    """
    temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise StoreError(f"cannot write {path}: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


@dataclass(frozen=True)
class Folder:
    """A results folder that is being filled; small enough to be sent to every worker."""

    path: Path

    def write_part(self, number: int, tables: Mapping[str, pa.Table]) -> None:
        """Write one chunk of replications: a part file in each table's folder.

        Parameters
        ----------
        number : int
            Number of the chunk; names the files.
        tables : mapping of str to pyarrow.Table
            Table name -> rows of the chunk, in order of replication.
        """
        last = [name for name in tables if name == SECTOR_TABLE]
        for name in [*(name for name in tables if name != SECTOR_TABLE), *last]:
            folder = self.path / name
            make_folder(folder)
            write_file(folder / part_name(number), _parquet(tables[name]))

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON file, replacing it in one step if it is there."""
        text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
        write_file(self.path / name, text.encode())

    def sweep(self) -> None:
        """Remove temporary files of workers that were killed while they wrote."""
        for path in self.path.rglob(f"{_TEMPORARY}*"):
            with contextlib.suppress(OSError):
                path.unlink()


def part_name(number: int) -> str:
    """File name of a chunk's part.

    >>> part_name(7)
    '00007.parquet'
    """
    return f"{number:05d}.parquet"


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing.

    Raises
    ------
    StoreError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder {folder}: {_reason(error)}") from error


def _parquet(table: pa.Table) -> bytes:
    """Write the table as the bytes of a Parquet file; equal tables give equal bytes.

    Dictionaries are kept to text, and minima and maxima to the replication: numbers of a simulation hardly
    repeat, and trying costs half the time.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Replications name their agencies differently; one dictionary for all is smaller and quicker to write.
    table = table.unify_dictionaries()
    text = [f.name for f in table.schema if pa.types.is_string(f.type) or pa.types.is_dictionary(f.type)]
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", use_dictionary=text, write_statistics=["run"])
    data: bytes = sink.getvalue().to_pybytes()
    return data


def usual_folder(name: str, day: date, root: Path = Path("results")) -> Folder:
    """Make the folder ``results/NAME-DATE-N`` with the first N that is free.

    Raises
    ------
    StoreError
        If it cannot be made.
    """
    make_folder(root)
    number = 1
    while True:
        path = root / f"{name}-{day.isoformat()}-{number}"
        try:
            # Making it is also how it is claimed: two runs that start together get two folders.
            path.mkdir()
        except FileExistsError:
            number += 1
        except OSError as error:
            raise StoreError(f"cannot make the folder {path}: {_reason(error)}") from error
        else:
            return Folder(path)


def chosen_folder(path: Path) -> Folder:
    """Make the folder that the user asked for, or take it over if it is there and empty.

    Raises
    ------
    FolderTakenError
        If something is in it, or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        taken = any(path.iterdir())
        writable = os.access(path, os.W_OK | os.X_OK)
    except FileExistsError:
        raise FolderTakenError(f"{path} is a file, not a folder") from None
    except OSError as error:
        raise FolderTakenError(f"cannot use the folder {path}: {_reason(error)}") from error
    if taken:
        raise FolderTakenError(f"{path} is not empty; nothing is overwritten, so choose another folder")
    if not writable:
        raise FolderTakenError(f"cannot use the folder {path}: Permission denied")
    return Folder(path)


@dataclass(frozen=True)
class Results:
    """A results folder, to read.

    Attributes
    ----------
    path : Path
        The folder.
    manifest : dict
        What `manifest.json` says.
    """

    path: Path
    manifest: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Results:
        """Read the manifest of a folder.

        Raises
        ------
        StoreError
            If the folder holds no readable manifest.
        """
        try:
            return cls(path, json.loads((path / MANIFEST).read_text(encoding="utf-8")))
        except OSError as error:
            raise StoreError(f"cannot read {path / MANIFEST}: {_reason(error)}") from error
        except ValueError as error:
            raise StoreError(f"{path / MANIFEST} is no manifest: {error}") from error

    @property
    def start(self) -> Quarter:
        """The first quarter."""
        from sim.scenario.calendar import Quarter

        return Quarter.parse(self.manifest["start"])

    @property
    def quarters(self) -> int:
        """How many quarters each replication has."""
        return int(self.manifest["quarters"])

    def parts(self, table: str) -> list[Path]:
        """Part files of the chunks that are complete, in order."""
        complete = sorted((self.path / SECTOR_TABLE).glob("[0-9]*.parquet"))
        return [self.path / table / part.name for part in complete]

    def table(self, name: str, columns: Iterable[str] | None = None) -> pa.Table:
        """One table of all complete chunks.

        Parameters
        ----------
        name : str
            Name of the table.
        columns : iterable of str, optional
            Columns to read; all by default.
        """
        import pyarrow as pa

        return pa.concat_tables(self._read(name, None if columns is None else list(columns)))

    def _read(self, table: str, columns: list[str] | None) -> Iterator[pa.Table]:
        import pyarrow.parquet as pq

        for part in self.parts(table):
            # Unlike `pq.read_table` this does not import pyarrow's dataset machinery.
            with pq.ParquetFile(part) as file:
                yield file.read(columns=columns, use_threads=False)

    def sector(self, outcomes: Iterable[str]) -> dict[str, npt.NDArray[np.float64]]:
        """Trajectories of sector outcomes.

        Parameters
        ----------
        outcomes : iterable of str
            Names in `sim.outcomes.SECTOR`.

        Returns
        -------
        dict of str to float array, shape (replications, quarters)
            Replications that are complete, in order.
        """
        import numpy as np

        names = list(dict.fromkeys(outcomes))
        parts: dict[str, list[npt.NDArray[np.float64]]] = {name: [np.empty((0, self.quarters))] for name in names}
        for table in self._read(SECTOR_TABLE, names):
            for name in names:
                values = table[name].to_numpy().astype(np.float64, copy=False)
                parts[name].append(values.reshape(-1, self.quarters))
        return {name: np.concatenate(arrays) for name, arrays in parts.items()}
