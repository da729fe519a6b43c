"""Plain tables: rows of words as aligned text and as Markdown, and numbers in few digits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

_DIGITS = 3


def few_digits(value: float) -> str:
    """A number in three significant digits, thousands apart; a dash where there is none.

    >>> few_digits(12_177_000), few_digits(0.17642), few_digits(7), few_digits(2452), few_digits(float("nan"))
    ('12,200,000', '0.176', '7', '2,452', '–')
    """
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    # Counts of four digits are written whole: a year's agencies are compared one by one.
    digits = max(_DIGITS - 1 - size, 0) if size < _DIGITS else (0 if size == _DIGITS else _DIGITS - 1 - size)
    text = f"{round(value, digits):,.{max(digits, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
