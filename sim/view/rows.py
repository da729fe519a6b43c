"""Rows of any table on the screen, such as the answer to a question in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.text import Text

from sim.view.figures import MISSING
from sim.view.layout import plain_table

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 200


def rows_table(table: pa.Table, most: int = MOST_ROWS) -> Group:
    """Lay out the first rows of a table.

    Parameters
    ----------
    table : Table
        Any.
    most : int
        Rows to show; how many there are beyond is told.
    """
    import pyarrow as pa

    shown = plain_table("")
    for field in table.schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        shown.add_column(Text(field.name), justify="right" if numeric else "left")
    columns = [column.to_pylist() for column in table.slice(0, most).columns]
    for row in zip(*columns, strict=True):
        shown.add_row(*(Text(_cell(value)) for value in row))
    more = table.num_rows - most
    return Group(shown, *([Text(f"... and {more:,} more rows", style="dim")] if more > 0 else []))


def _cell(value: Any) -> str:
    """Seven digits of a number, which is more than a simulation knows.

    >>> _cell(0.123456789), _cell(12), _cell(None), _cell("x")
    ('0.1234568', '12', '–', 'x')
    """
    if value is None:
        return MISSING
    return f"{value:.7g}" if isinstance(value, float) else str(value)
