"""The answer to a question in SQL, for the screen or for another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from sim.view.figures import MISSING, number
from sim.view.layout import plain_table

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 200
"""Rows that a screen shows; more are asked for with LIMIT or sent into a file."""


def answer_table(answer: pa.Table) -> Table:
    """Lay out an answer for the screen.

    Parameters
    ----------
    answer : pyarrow.Table
        Rows and columns.
    """
    shown = answer.slice(0, MOST_ROWS)
    table = plain_table("")
    for field in answer.schema:
        numeric = str(field.type) in ("double", "float", "int32", "int64")
        table.add_column(Text(field.name), justify="right" if numeric else "left", no_wrap=True)
    for row in zip(*(column.to_pylist() for column in shown.columns), strict=True):
        table.add_row(*(Text(_cell(value)) for value in row))
    if answer.num_rows > MOST_ROWS:
        table.caption = (
            f"{answer.num_rows - MOST_ROWS:,} more rows; send the answer into a file to have them all as CSV"
        )
        table.caption_justify = "left"
    return table


def _cell(value: object) -> str:
    if value is None:
        return MISSING
    return number(value) if isinstance(value, float) else str(value)


def answer_csv(answer: pa.Table) -> str:
    """Write an answer as CSV with a header, every number in full."""
    import pyarrow as pa
    import pyarrow.csv as pc

    sink = pa.BufferOutputStream()
    pc.write_csv(answer, sink)
    text: str = sink.getvalue().to_pybytes().decode()
    return text
