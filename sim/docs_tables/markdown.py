"""Markdown: tables and numbers as the documents write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan


def as_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table.

    >>> print(as_table(("name", "unit"), [("cash", "fen")]))
    | name | unit |
    | --- | --- |
    | cash | fen |
    """
    lines = [list(columns), ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def number(value: object) -> str:
    """A number as one writes it in a table: no needless digits, thousands apart.

    >>> number(155_000.0), number(0.75), number(True), number("dual"), number(float("nan"))
    ('155 000', '0.75', 'true', 'dual', 'not a number')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and isnan(value):
        return "not a number"
    if isinstance(value, int | float):
        text = f"{value:,}" if float(value) != int(value) else f"{int(value):,}"
        return text.replace(",", " ")
    return str(value)
