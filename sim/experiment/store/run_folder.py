"""The results folder: what a `sim run` leaves behind, and how it is read again.

::

    results/beijing-2010-2026-11-22-1/
        manifest.json              what was run, with what, when, and whether it is complete
        columns.json               unit and meaning of every column of every table
        sector/00000.parquet ...   one folder per table, one part file per chunk of replications
        curves/overview.png ...

Every file appears under its name in one step (`atomic_files`), so a crash, a full disk or Ctrl-C leaves
whole files or none.  A chunk publishes its `sector` part last: where that file is, the chunk is complete.
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

from sim.experiment.store.atomic_files import TEMPORARY, StoreError, WrongInputError, make_folder, reason, write_file
from sim.experiment.store.run_parts import SECTOR_TABLE, Part

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from sim.declarations.calendar_quarter import Quarter

MANIFEST = "manifest.json"
COLUMNS = "columns.json"
_OF_A_RUN = frozenset(("title", "start", "quarters", "finished"))
"""What the manifest of a run says in any case."""


class OutputExistsError(WrongInputError):
    """The folder that the user asked for cannot be used: something is in it, or it cannot be made."""


@dataclass(frozen=True)
class Folder:
    """A results folder that is being filled; small enough to be sent to every worker."""

    path: Path

    def write_part(self, number: int, replications: Iterable[Mapping[str, Iterable[pa.Table]]]) -> int:
        """Write one chunk of replications: a part file in each table's folder, all of them whole or none.

        Parameters
        ----------
        number : int
            Number of the chunk; names the files.
        replications : iterable of mapping of str to iterable of pyarrow.Table
            For each replication, table name -> its rows, in pieces; asked for as they are written, so that
            neither replications nor tables need be in memory together.

        Returns
        -------
        int
            Rows written, of all tables.

        Raises
        ------
        StoreError
            If the disk is full, the folder cannot be written, and the like.
        """
        part = Part(self.path, number)
        try:
            for tables in replications:
                for name, pieces in tables.items():
                    for piece in pieces:
                        part.add(name, piece)
            part.publish()
        except BaseException:
            part.abandon()
            raise
        return part.rows

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON file, replacing it in one step if it is there."""
        text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
        write_file(self.path / name, text.encode())

    def sweep(self) -> None:
        """Remove temporary files of workers that were killed while they wrote."""
        for path in self.path.rglob(f"{TEMPORARY}*"):
            with contextlib.suppress(OSError):
                path.unlink()


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
            raise StoreError(f"cannot make the folder {path}: {reason(error)}") from error
        else:
            return Folder(path)


def chosen_folder(path: Path) -> Folder:
    """Make the folder that the user asked for, or take it over if it is there and empty.

    Raises
    ------
    OutputExistsError
        If something is in it, or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        taken = any(path.iterdir())
        writable = os.access(path, os.W_OK | os.X_OK)
    except FileExistsError:
        raise OutputExistsError(f"{path} is a file, not a folder") from None
    except OSError as error:
        raise OutputExistsError(f"cannot use the folder {path}: {reason(error)}") from error
    if taken:
        raise OutputExistsError(f"{path} is not empty; nothing is overwritten, so choose another folder")
    if not writable:
        raise OutputExistsError(f"cannot use the folder {path}: Permission denied")
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
        WrongInputError
            If the folder holds no results.
        StoreError
            If its manifest cannot be read.
        """
        try:
            values = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            raise WrongInputError(f"{path} holds no results: there is no {MANIFEST}") from None
        except OSError as error:
            raise StoreError(f"cannot read {path / MANIFEST}: {reason(error)}") from error
        except ValueError as error:
            raise StoreError(f"{path / MANIFEST} is no manifest: {error}") from error
        if not isinstance(values, dict) or (values.get("kind") != "sweep" and not values.keys() >= _OF_A_RUN):
            raise StoreError(f"{path / MANIFEST} is no manifest of a run or a sweep: it does not say what was run")
        return cls(path, values)

    @property
    def start(self) -> Quarter:
        """The first quarter."""
        from sim.declarations.calendar_quarter import Quarter

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
            Names in `sim.declarations.sector_outcomes.SECTOR`.

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
