"""Part files of a sweep's tables, read one after the other, and only the columns that are wanted.

What is in the manifest is not needed for it: where a chunk's summary is, the chunk is done, and the parts of
that number in every folder are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.store.sweep_folder import SUMMARY, Archive, read_parquet

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
    from sim.declarations.renamed_names import called_now, renamed, renamed_column

    names = list(known)
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    new = renamed_column(str(name)) if kind == "column" else renamed(kind, str(name))
    if new in names:
        return QueryError(f"no {kind} '{name}' here; {called_now(str(new))}")
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
class Parts:
    """The parts of one table.

    Attributes
    ----------
    archive : Archive
        The sweep's folder.
    done : tuple of int
        Chunks that are read, in order.
    table : str
        Name of the table.
    """

    archive: Archive
    done: tuple[int, ...]
    table: str = SUMMARY

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Files of the chunks; where all runs of a chunk failed there is only a summary, without rows."""
        every = [self.archive.part(self.table, number) for number in self.done]
        return tuple(every) if self.table == SUMMARY else tuple(path for path in every if path.exists())

    @cached_property
    def schema(self) -> pa.Schema:
        """Columns of all parts and their types, in the order in which they are found first; none without parts.

        Raises
        ------
        StoreError
            If a part is damaged.
        """
        import pyarrow as pa

        # Every part of the summary has the same columns; those of other tables may differ with the scenario.
        looked_at = self.paths[:1] if self.table == SUMMARY else self.paths
        found = [_schema(path) for path in looked_at]
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

    def dataset(self) -> ds.Dataset:
        """The parts as one table on disk, of which only what is asked for is read, and checked as it is read.

        Raises
        ------
        StoreError
            If the end of a part is damaged, where its columns stand; the rest is told by whoever reads it.
        """
        import pyarrow.dataset as ds

        checked = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
        form = ds.ParquetFileFormat(default_fragment_scan_options=checked)
        return ds.dataset([str(path) for path in self.paths], schema=self.schema, format=form)

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
        wanted = None if columns is None else list(columns)
        for path in self.paths:
            yield read_parquet(path, wanted)

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
        return {name: np.concatenate(parts.pop(name)) for name in columns}


def _schema(path: Path) -> pa.Schema:
    """Columns of a part, without reading them.

    Raises
    ------
    StoreError
        If the part is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_schema(path)
    except (OSError, pa.ArrowException):
        # Whoever reads it whole says what is wrong with it and what to do.
        return read_parquet(path).schema
