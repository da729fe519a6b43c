"""Table export of a results folder: CSV, a workbook of Excel, or Stata's format.

::

    export_tables(ResultArrays.open("results/diversification"), "csv", ["runs"])

Tables are named as in SQL: `design`, `runs` (a row per run, with its point), `series`, `failures`, and every table that
was kept.  What a format cannot hold is an error that names another; nothing is cut off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.results.export_formats import Format, Pieces, format_of
from sim.experiment.results.joined_rows import joined
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import (
    TEMPORARY,
    OutputExistsError,
    StoreError,
    check_new_folder,
    make_folder,
    reason,
    writing,
)
from sim.experiment.store.part_reader import QueryError, names_of, unknown
from sim.experiment.store.results_folder import SERIES, SUMMARY

if TYPE_CHECKING:
    import pyarrow as pa

DESIGN, RUNS, FAILURES = "design", "runs", "failures"
FOLDER = "export"
_WORKBOOK = "results"


def exportable(results: ResultArrays) -> list[str]:
    """Names of the tables that can be exported."""
    series = [SERIES] if results.parts(SERIES).files else []
    return [DESIGN, RUNS, *series, *results.tables, FAILURES]


def export_tables(
    results: ResultArrays,
    kind: str,
    tables: str | Sequence[str] | None = None,
    out: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
) -> list[Path]:
    """Write tables for another program.

    Parameters
    ----------
    results : ResultArrays
        The folder.
    kind : str
        ``csv``, ``xlsx`` (one workbook, a sheet per table) or ``stata``.
    tables : str or sequence of str, optional
        Which; all by default (`exportable`), without `failures` where no run failed.
    out : path, optional
        Folder of the files; by default `export` in the results folder.
    overwrite : bool
        Whether files of earlier exports are replaced.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    QueryError
        If there is no such table or format, or the format cannot hold a table; nothing was written.
    OutputExistsError
        If a file is there already; nothing was written.
    StoreError
        If files are damaged, or cannot be written, or a package is missing.
    """
    form = format_of(kind)
    names = _chosen(results, tables)
    schemas = {name: _schema(results, name) for name in names}
    for name in names:
        form.check(name, schemas[name], _count(results, name))
    folder = results.path / FOLDER if out is None else Path(out)
    check_new_folder(folder)
    groups = {_WORKBOOK: names} if form.workbook else {name: [name] for name in names}
    paths = {group: folder / f"{group}.{form.ending}" for group in groups}
    there = [path for path in paths.values() if path.exists()]
    if there and not overwrite:
        raise OutputExistsError(f"{there[0]} is there already; nothing is overwritten without --overwrite")
    make_folder(folder)
    contents = {
        paths[group]: {name: (schemas[name], _reader(results, name)) for name in members}
        for group, members in groups.items()
    }
    _write(form, contents)
    return list(contents)


def _chosen(results: ResultArrays, tables: str | Sequence[str] | None) -> list[str]:
    """Names of tables that are there."""
    known = exportable(results)
    if tables is None:
        return [name for name in known if name != FAILURES or results.open_failures()]
    names = names_of("tables", tables)
    for name in names:
        if name not in known and name in (SERIES, SUMMARY):
            more = f"; a row per run is in {RUNS}" if name == SUMMARY else "; name outcomes under 'keep: series'"
            raise QueryError(f"no table '{name}' is kept here{more}")
        if name not in known:
            raise unknown("table", name, known)
    return names


def _schema(results: ResultArrays, name: str) -> pa.Schema:
    """Columns of a table as it is exported."""
    import pyarrow as pa

    if name in (DESIGN, FAILURES):
        return (results.points if name == DESIGN else results.failures_table()).schema
    schema = results.parts(SUMMARY if name == RUNS else name).schema
    return joined(results, schema.empty_table()).schema if name in (RUNS, SERIES) else pa.schema(schema)


def _count(results: ResultArrays, name: str) -> int:
    """Rows of a table, from the footers of its parts."""
    if name in (DESIGN, FAILURES):
        return int((results.points if name == DESIGN else results.failures_table()).num_rows)
    return int(results.parts(SUMMARY if name == RUNS else name).dataset(check=False).count_rows())


def _reader(results: ResultArrays, name: str) -> Callable[[], Iterator[pa.Table]]:
    """What reads a table, part after part."""

    def read() -> Iterator[pa.Table]:
        if name in (DESIGN, FAILURES):
            yield results.points if name == DESIGN else results.failures_table()
            return
        for part in results.parts(SUMMARY if name == RUNS else name).stream():
            yield joined(results, part) if name in (RUNS, SERIES) else part

    return read


def _write(form: Format, contents: Mapping[Path, Pieces]) -> None:
    """Write files beside their places, and put them there when all are whole."""
    temporary = {path: path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}") for path in contents}
    try:
        for path, pieces in contents.items():
            with writing(path):
                form.write(temporary[path], pieces)
        for path, whole in temporary.items():
            with writing(path):
                os.replace(whole, path)
    except QueryError:
        raise
    except (ValueError, OverflowError) as error:
        line = re.sub(r"\s+", " ", str(error)).strip()
        raise QueryError(f"cannot write {path.name}: {line}; --csv holds every table") from error
    finally:
        for each in temporary.values():
            _remove(each)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"cannot remove {path}: {reason(error)}") from error
