"""Plain tables: rows of words as aligned text and as Markdown, and ranges of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from sim.statistics.number_format import few_digits


def span(low: float, high: float) -> str:
    """A range of numbers in few digits.

    >>> span(180, 231.4), span(float("nan"), float("nan"))
    ('180 to 231', '–')
    """
    return "–" if not (math.isfinite(low) or math.isfinite(high)) else f"{few_digits(low)} to {few_digits(high)}"


def text_table(header: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """Rows as aligned text.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of sequence of str
        A cell for each column.
    left : int
        How many columns at the left hold words; the others are aligned to the right.

    Examples
    --------
    >>> print(text_table(["date", "value"], [["2013", "7"], ["2013-Q4", "12"]]))
    date     value
    2013         7
    2013-Q4     12
    """
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    out = []
    for line in lines:
        cells = []
        for number, (cell, width) in enumerate(zip(line, widths, strict=True)):
            room = " " * (width - cell_len(cell))
            cells.append(cell + room if number < left else room + cell)
        out.append("  ".join(cells).rstrip())
    return "\n".join(out)


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a table in Markdown.

    >>> print(markdown_table(["date", "value"], [["2013", "7"]]))
    | date | value |
    | --- | --- |
    | 2013 | 7 |
    """
    lines = [list(header), ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
