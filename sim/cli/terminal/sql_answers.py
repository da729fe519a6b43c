"""SQL answers, for the screen or as CSV for another program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from rich.table import Table
from rich.text import Text

from sim.experiment.printed.table_layout import EDGES, GAP, plain_table
from sim.statistics.number_format import MISSING, number

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 200
"""Rows that a screen shows; more are asked for with LIMIT or sent into a file."""
_WIDEST = 60
"""Characters of a column beyond which it is folded."""


def answer_table(answer: pa.Table, width: int) -> Table:
    """Lay out an answer for the screen, with as many columns as fit; the caption names the others.

    Parameters
    ----------
    answer : pyarrow.Table
        Rows and columns.
    width : int
        Characters of the screen.
    """
    rows = answer.slice(0, MOST_ROWS)
    columns = [[_cell(value) for value in _values(column)] for column in rows.columns]
    widths = [_width(field.name, cells) for field, cells in zip(answer.schema, columns, strict=True)]
    count = _fitting(widths, width)
    table = plain_table("")
    for field, wide in zip(list(answer.schema)[:count], widths, strict=False):
        numeric = str(field.type) in ("double", "float", "int32", "int64")
        justify: Literal["left", "right"] = "right" if numeric else "left"
        table.add_column(Text(field.name), justify=justify, width=min(wide, width - EDGES), overflow="fold")
    for row in zip(*columns[:count], strict=True):
        table.add_row(*map(Text, row))
    more = [
        f"{left:,} more {what}{'s' * (left != 1)}"
        for left, what in ((answer.num_columns - count, "column"), (answer.num_rows - rows.num_rows, "row"))
        if left
    ]
    if more:
        table.caption = f"{' and '.join(more)}; send the answer into a pipe or a file to have all as CSV"
        table.caption_justify = "left"
    return table


def _width(name: str, cells: Iterable[str]) -> int:
    """Characters of a column; long words and texts of several lines are folded."""
    lines = (len(line) for cell in cells for line in cell.splitlines())
    return max(len(name), min(max(lines, default=0), _WIDEST), 1)


def _fitting(widths: Sequence[int], width: int) -> int:
    """How many columns a screen has room for; one in any case.

    >>> _fitting([10, 10, 10], 40), _fitting([10, 10, 10], 37), _fitting([90], 80)
    (3, 2, 1)
    """
    used = EDGES - GAP
    for count, wide in enumerate(widths):
        used += GAP + wide
        if used > width and count:
            return count
    return len(widths)


def _cell(value: object) -> str:
    if value is None:
        return MISSING
    return number(value) if isinstance(value, float) else str(value) if isinstance(value, Decimal) else _text(value)


def _text(value: object) -> str:
    """A value in words: what is nested as JSON, bytes as hexadecimal digits, a span of time as in ISO 8601."""
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list | dict) else str(plain)


def _plain(value: object) -> object:
    """A value as JSON knows it."""
    if isinstance(value, tuple) and hasattr(value, "nanoseconds"):
        return _interval(*value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(_plain(name)): _plain(each) for name, each in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, str | int | float):
        return value
    return float(value) if isinstance(value, Decimal) else str(value)


def _interval(months: int, days: int, nanoseconds: int) -> str:
    """A span of time as ISO 8601 writes it.

    >>> _interval(14, 3, 1_500_000_000), _interval(0, 0, 0)
    ('P14M3DT1.5S', 'P0D')
    """
    seconds = f"{Decimal(nanoseconds) / 10**9:f}"
    time = f"T{seconds}S" if nanoseconds else ""
    return "P" + (f"{months}M" if months else "") + (f"{days}D" if days or not (months or nanoseconds) else "") + time


def answer_csv(answer: pa.Table) -> str:
    """Write an answer as CSV with a header, every number in full; what is nested is written as JSON."""
    import pyarrow as pa
    import pyarrow.csv as pc

    columns = [_flat(column) for column in answer.columns]
    sink = pa.BufferOutputStream()
    pc.write_csv(pa.table(columns, names=answer.column_names), sink)
    text: str = sink.getvalue().to_pybytes().decode()
    return text


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column that CSV can hold."""
    import pyarrow as pa

    kind = column.type
    if not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_interval(kind)):
        return column
    values = (None if value is None else _text(value) for value in _values(column))
    return pa.chunked_array([pa.array(values, pa.string())])


def _values(column: pa.ChunkedArray) -> Iterator[object]:
    """Values of a column; maps, which have no order of their own in Python, as dictionaries."""
    import pyarrow as pa

    for value in column.to_pylist():
        yield dict(value) if pa.types.is_map(column.type) and value is not None else value
