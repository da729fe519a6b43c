"""Part reader: part files of a table, checked, and read one after the other, only the columns that are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.store.file_checks import FileRecord, check_file, damaged, is_small
from sim.experiment.store.receipts import Receipt
from sim.experiment.store.results_folder import SUMMARY, ResultsFolder

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa
    import pyarrow.dataset as ds

RUN = ("point", "replication")
"""Columns that say which run a row of the summary is of."""
_MOST_NAMED = 12


class QueryError(ValueError):
    """What was asked of results is not there, or makes no sense; the message is one line for the user."""


def unknown(kind: str, name: object, known: Iterable[str]) -> QueryError:
    """An error that says which names there are.

    >>> print(unknown("outcome", "closure", ["agencies", "closures"]))
    no outcome 'closure' here; there are agencies, closures; did you mean 'closures'?
    """
    from sim.declarations.input_issues import suggest
    from sim.declarations.removed_names import gone
    from sim.declarations.renamed_names import called_now, renamed, renamed_column

    names = list(known)
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    new = renamed_column(str(name)) if kind == "column" else renamed(kind, str(name))
    if new in names:
        return QueryError(f"no {kind} '{name}' here; {called_now(str(new))}")
    if (said := gone(kind, str(name))) is not None:
        return QueryError(f"no {kind} '{name}' here; {said}")
    near = suggest(str(name), names)
    hint = f"; did you mean '{near}'?" if near is not None else ""
    return QueryError(f"no {kind} '{name}' here; there are {shown or 'none'}{hint}")


def names_of(kind: str, asked: object) -> list[str]:
    """One name, or several, as a list without repetitions.

    >>> names_of("outcomes", "closures"), names_of("outcomes", ("staff", "wage", "staff"))
    (['closures'], ['staff', 'wage'])

    Raises
    ------
    QueryError
        If it is neither.
    """
    names = list(asked) if isinstance(asked, Iterable) and not isinstance(asked, str) else [asked]
    for name in names:
        if not isinstance(name, str):
            raise QueryError(f"{kind} are names, one as text or several in a list; found {name!r}")
    return list(dict.fromkeys(map(str, names)))


@dataclass(frozen=True)
class PartReader:
    """The parts of one table.

    Attributes
    ----------
    folder : ResultsFolder
        Where they are.
    receipts : dict of int to Receipt
        Chunks that are read, in order.
    table : str
        Name of the table.
    checked : dict
        Files that were found sound, with the time of their last change.
    """

    folder: ResultsFolder
    receipts: Mapping[int, Receipt]
    table: str = SUMMARY
    checked: dict[tuple[Path, bool], int] = field(default_factory=dict, repr=False)

    @cached_property
    def files(self) -> dict[Path, FileRecord]:
        """Files, and what they were when they were written; none of a chunk in which every run failed."""
        return {
            self.folder.part(self.table, chunk): receipt.files[self.table]
            for chunk, receipt in self.receipts.items()
            if self.table in receipt.files
        }

    def check(self, *, footers_only: bool = False) -> list[Path]:
        """Compare every file with its checksum, unless that was done since it changed last; return the files.

        Parameters
        ----------
        footers_only : bool
            Whether to look at sizes and footers, where columns are described, and not at rows.

        Raises
        ------
        StoreError
            If one is missing or damaged; the message names it and says what to do.
        """
        whole = not footers_only and is_small(self.files.values())
        for path, record in self.files.items():
            changed = path.stat().st_mtime_ns if path.exists() else None
            if changed is None or self.checked.get((path, whole)) != changed:
                check_file(path, record, whole=whole)
                self.checked[path, whole] = path.stat().st_mtime_ns
        return list(self.files)

    @cached_property
    def schema(self) -> pa.Schema:
        """Columns of all parts and their types, in the order in which they are found first; none without parts.

        Raises
        ------
        StoreError
            If a part is damaged where its columns are described.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        paths = self.check(footers_only=True)
        # Every part of the summary has the same columns; those of other tables may differ with the scenario.
        found = [pq.read_schema(path) for path in (paths[:1] if self.table == SUMMARY else paths)]
        return pa.unify_schemas(found, promote_options="permissive") if found else pa.schema([])

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of all parts.

        Raises
        ------
        StoreError
            If a part is damaged.
        """
        return tuple(self.schema.names)

    def dataset(self, *, check: bool = True) -> ds.Dataset:
        """The parts as one table on disk, of which only what is asked for is read.

        Parameters
        ----------
        check : bool
            Whether rows will be read, so that they must be as they were written.

        Raises
        ------
        StoreError
            If a part is damaged.
        """
        import pyarrow.dataset as ds

        checked = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
        form = ds.ParquetFileFormat(default_fragment_scan_options=checked)
        paths = self.check(footers_only=not check)
        return ds.dataset([str(path) for path in paths], schema=self.schema, format=form)

    def stream(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Part after part; rows are as they were written.

        Parameters
        ----------
        columns : sequence of str, optional
            Columns to read; all by default.

        Raises
        ------
        StoreError
            If a part is missing or damaged; the message says which, and what to do.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in self.check():
            try:
                with pq.ParquetFile(path, page_checksum_verification=True) as file:
                    yield file.read(columns=None if columns is None else list(columns), use_threads=False)
            except (OSError, pa.ArrowException) as error:
                raise damaged(path, (str(error).splitlines() or [type(error).__name__])[0]) from error

    def whole(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All parts as one table."""
        import pyarrow as pa

        parts = list(self.stream(columns))
        return pa.concat_tables(parts, promote_options="permissive") if parts else pa.table({})

    def arrays(self, columns: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        """Columns of numbers as arrays over all rows.

        Returns
        -------
        dict of str to array, shape (rows,)
        """
        parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in columns}
        for table in self.stream(columns):
            for name in columns:
                parts[name].append(table[name].to_numpy())
        # Parts are given up column by column, so that there is never a second copy of everything.
        return {name: np.concatenate(parts.pop(name) or [np.empty(0)]) for name in columns}
