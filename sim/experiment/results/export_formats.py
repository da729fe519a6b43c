"""Export formats: how tables are written as CSV, sheets of a workbook or Stata files, and what each can hold."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError, unknown

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Pieces = Mapping[str, tuple["pa.Schema", Callable[[], Iterator["pa.Table"]]]]
"""Tables by name: columns, and what reads them part after part."""
_STATA_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_STATA_WORDS = {"byte", "double", "float", "if", "in", "int", "long", "strL", "using", "with"} | {
    f"_{word}" for word in ("all", "b", "coef", "cons", "n", "N", "pi", "pred", "rc", "skip")
}


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes
    ----------
    name, ending : str
        What it is called, and how its files end.
    write : callable
        Writes tables (`Pieces`) into a file.
    rows, columns : int, optional
        Most that a table may have; None for any number.
    workbook : bool
        Whether all tables go into one file.
    wrong_name : callable, optional
        Whether it cannot have a column of this name.
    """

    name: str
    ending: str
    write: Callable[[Path, Pieces], None]
    rows: int | None = None
    columns: int | None = None
    workbook: bool = False
    wrong_name: Callable[[str], bool] = lambda name: False

    def check(self, table: str, schema: pa.Schema, rows: int) -> None:
        """Look whether a table fits.

        Raises
        ------
        QueryError
            If it does not; names a format that holds it.
        """
        if self.rows is not None and rows > self.rows:
            too_many = f"{rows:,} rows, and .{self.ending} holds {self.rows:,}"
        elif self.columns is not None and len(schema) > self.columns:
            too_many = f"{len(schema):,} columns, and .{self.ending} holds {self.columns:,}"
        else:
            wrong = [name for name in schema.names if self.wrong_name(name)]
            if not wrong:
                return
            too_many = f"a column '{wrong[0]}', which is no name in {self.name} (32 letters, digits and _ at most)"
        raise QueryError(f"the table {table} has {too_many}; --csv holds it, or name other tables with --table")


def format_of(kind: str) -> Format:
    """A format by its name.

    Raises
    ------
    QueryError
        If there is none.
    """
    if kind not in FORMATS:
        raise unknown("format", kind, FORMATS)
    return FORMATS[kind]


def _uniform(schema: pa.Schema, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Parts with the same columns: words as plain text, undefined numbers as empty cells, days without a time."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for part in parts:
        columns: dict[str, Any] = {}
        there = dict(zip(part.column_names, part.columns, strict=True))  # a name is looked up in all the others
        for field in schema:
            kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
            kind = pa.date32() if pa.types.is_timestamp(kind) else kind
            if field.name not in there:
                columns[field.name] = pa.nulls(part.num_rows, kind)
                continue
            column = there[field.name]
            if pa.types.is_floating(column.type):
                column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
            columns[field.name] = column.cast(kind)
        yield pa.table(columns)


def _write_csv(path: Path, tables: Pieces) -> None:
    """Write one table: a header, numbers in full, empty cells where something is undefined."""
    import pyarrow.csv as pc

    ((schema, read),) = tables.values()
    plain = next(_uniform(schema, [schema.empty_table()])).schema
    with pc.CSVWriter(str(path), plain) as writer:
        for part in _uniform(schema, read()):
            writer.write_table(part)


def _write_xlsx(path: Path, tables: Pieces) -> None:
    """Write a sheet per table."""
    try:
        from openpyxl import Workbook
        from openpyxl.utils.exceptions import IllegalCharacterError
    except ImportError:
        raise StoreError(".xlsx needs openpyxl: pip install 'social-work-sim[excel]'") from None

    book = Workbook(write_only=True)
    try:
        for name, (schema, read) in tables.items():
            sheet = book.create_sheet(name)
            sheet.append(list(schema.names))
            for part in _uniform(schema, read()):
                for row in zip(*(column.to_pylist() for column in part.columns), strict=True):
                    sheet.append([_cell(sheet, value) for value in row])
        book.save(path)
    except IllegalCharacterError as error:
        raise QueryError(f"a sheet cannot hold the text {str(error)!r}; --csv holds it") from None
    finally:
        # A sheet that is left open complains when it is forgotten.
        for sheet in book.worksheets:
            with contextlib.suppress(Exception):
                sheet.close()


LONGEST_CELL = 32_767
"""Characters of a cell of a sheet."""


def _cell(sheet: Any, value: object) -> object:
    """A value of a sheet; a text that begins like a formula stays text."""
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise QueryError(f"the table {sheet.title} has infinite numbers, which a sheet cannot hold; --csv holds them")
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_CELL:
        raise QueryError(f"the table {sheet.title} has a text of {len(value):,} characters; --csv holds it")
    if not value.startswith("="):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _write_stata(path: Path, tables: Pieces) -> None:
    """Write one table; words become value labels, dates Stata's days."""
    import pyarrow as pa

    from sim.output.quarter_columns import unify

    ((schema, read),) = tables.values()
    whole = unify(pa.concat_tables([schema.empty_table(), *read()], promote_options="permissive"))
    frame: pd.DataFrame = whole.select(schema.names).to_pandas(split_blocks=True)
    days: dict[Any, Any] = {name: "td" for name in frame.columns if frame[name].dtype.kind == "M"}
    texts = [name for name in frame.columns if frame[name].dtype.kind not in "biufM"]
    for name in texts:
        # Pandas has no labels for words without rows.
        if frame.empty or str(frame[name].dtype) != "category":
            frame[name] = frame[name].astype(object).fillna("")
    long = [name for name in texts if frame[name].astype(str).str.len().max() > _LONGEST_STRING]
    with warnings.catch_warnings():
        # What would be renamed, rounded or cut off is an error.
        warnings.simplefilter("error")
        try:
            frame.to_stata(path, write_index=False, version=118, convert_dates=days, convert_strl=long)
        except Warning as warning:
            raise ValueError(str(warning)) from None


_LONGEST_STRING = 2_045
"""Bytes of a text before Stata keeps it as a long one."""


def _no_stata_name(name: str) -> bool:
    return len(name) > 32 or name in _STATA_WORDS or not _STATA_NAME.fullmatch(name)


FORMATS = {
    "csv": Format("CSV", "csv", _write_csv),
    "xlsx": Format("Excel", "xlsx", _write_xlsx, rows=1_048_575, columns=16_384, workbook=True),
    "stata": Format("Stata", "dta", _write_stata, rows=2**31 - 1, columns=32_767, wrong_name=_no_stata_name),
}
