"""SQL answers, for the screen or as CSV for another program."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rich.cells import cell_len
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
_CODES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls, and marks that turn the direction of writing; not line ends and tabs."""


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
    names = [_visible(name) for name in answer.column_names]
    widths = [_width(name, cells) for name, cells in zip(names, columns, strict=True)]
    count = _fitting(widths, width)
    table = plain_table("")
    for name, kind, wide in zip(names[:count], answer.schema.types, widths, strict=False):
        justify: Literal["left", "right"] = "right" if _is_number(kind) else "left"
        table.add_column(Text(name), justify=justify, width=min(wide, width - EDGES), overflow="fold")
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
    """Places that a column takes on the screen; long words and texts of several lines are folded."""
    lines = (cell_len(line) for cell in cells for line in cell.splitlines())
    return max(cell_len(name), min(max(lines, default=0), _WIDEST), 1)


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


def _is_number(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _cell(value: object) -> str:
    if value is None:
        return MISSING
    return number(value) if isinstance(value, float) else _visible(_text(value))


def _visible(text: str) -> str:
    r"""A text without codes that move the cursor, colour the screen or turn the direction of writing.

    >>> print(_visible("two\nlines\x1b[31m"))
    two
    lines\x1b[31m
    """
    return _CODES.sub(lambda code: code[0].encode("unicode_escape").decode(), text)


def _text(value: object) -> str:
    """A value in words: what is nested as JSON, bytes as hexadecimal digits, a span of time as in ISO 8601."""
    plain = _plain(value)
    if isinstance(value, bool | Decimal):
        return str(value).lower()
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list | dict) else str(plain)


def _plain(value: object) -> object:
    """A value as JSON knows it: without NaN, which is undefined, and with infinity as a word."""
    if isinstance(value, tuple) and hasattr(value, "nanoseconds"):
        return _interval(*value)
    if isinstance(value, _Map):
        return {_key(name): _plain(each) for name, each in value.pairs}
    if isinstance(value, dict):
        return {_key(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _key(name: object) -> str:
    """A key of a map as JSON has it, a text."""
    plain = _plain(name)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


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
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _texts(column) if _is_beyond_python(column) else column
    if not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_interval(kind)):
        return column
    values = (None if value is None else _text(value) for value in _values(column))
    return pa.chunked_array([pa.array(values, pa.string())])


def _is_beyond_python(column: pa.ChunkedArray) -> bool:
    """Whether dates end the year 9999, or begin before the year 1, as "infinity" of SQL does."""
    import pyarrow.compute as pc

    try:
        pc.min_max(column).as_py()
    except (OverflowError, ValueError):
        return True
    return False


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column in DuckDB's own words."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(":memory:") as connection:
        answer = connection.from_arrow(pa.table([column], names=["value"]))
        return answer.project("cast(value as varchar) as value").to_arrow_table()["value"]


def _values(column: pa.ChunkedArray) -> Iterator[object]:
    """Values of a column; dates that Python does not know as text."""
    try:
        values = column.to_pylist()
    except (OverflowError, ValueError):
        values = _texts(column).to_pylist()
    for value in values:
        yield _with_maps(value, column.type)


class _Map(NamedTuple):
    """A map, whose keys may be of any type."""

    pairs: list[tuple[object, object]]


def _with_maps(value: Any, kind: pa.DataType) -> object:
    """A value with its maps, which have no type of their own in Python, as dictionaries, not as lists of pairs."""
    import pyarrow as pa

    if value is None or isinstance(value, str) or not pa.types.is_nested(kind) or pa.types.is_union(kind):
        return value
    if pa.types.is_map(kind):
        return _Map([(_with_maps(name, kind.key_type), _with_maps(each, kind.item_type)) for name, each in value])
    if pa.types.is_struct(kind):
        return {field.name: _with_maps(value[field.name], field.type) for field in kind}
    return [_with_maps(each, kind.value_type) for each in value]
