"""Table layout: columns of outcomes in as many blocks as the width of the screen needs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

GAP, EDGES = 3, 2
"""Characters between two columns, and at both ends of a row, that rich adds."""
_HEADER = 14
"""Width at which headers are wrapped, where their column is no wider."""
_WIDEST_LABEL = 32


@dataclass(frozen=True)
class Cells:
    """One column of a table.

    Attributes
    ----------
    title, unit : str
        Its header.
    cells : tuple of str
        A cell per row.
    """

    title: str
    unit: str
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        """Places on the screen that keep every cell in one line and every word of the header whole."""
        words = [*self.title.split(), *self.unit.split()]
        header = min(max(cell_len(self.title), cell_len(self.unit)), _HEADER)
        return max([header, *map(cell_len, words), *map(cell_len, self.cells)])

    def header(self) -> Text:
        """Title above unit, wrapped to the column."""
        text = Text("\n".join(textwrap.wrap(self.title, self.width)), style="bold")
        if self.unit:
            text.append("\n" + "\n".join(textwrap.wrap(self.unit, self.width)), style="not bold dim")
        return text


def blocks(labels: Sequence[Cells], columns: Sequence[Cells], width: int, title: str = "") -> Iterator[Table]:
    """Tables that show some columns behind the same labels, each no wider than the screen.

    Parameters
    ----------
    labels : sequence of Cells
        Columns that say what each row is; every block begins with them.
    columns : sequence of Cells
        Columns of numbers.
    width : int
        Characters of the screen.
    title : str
        Title above the first block.
    """
    room = width - EDGES - sum(min(each.width, _WIDEST_LABEL) + GAP for each in labels)
    rest = list(columns)
    while rest:
        count, used = 1, rest[0].width
        while count < len(rest) and used + GAP + rest[count].width <= room:
            used += GAP + rest[count].width
            count += 1
        yield _table(labels, rest[:count], title)
        rest, title = rest[count:], ""


def _table(labels: Sequence[Cells], columns: Sequence[Cells], title: str) -> Table:
    table = plain_table(title)
    for label in labels:
        table.add_column(label.header(), vertical="bottom", max_width=_WIDEST_LABEL, overflow="fold")
    for column in columns:
        table.add_column(column.header(), justify="right", vertical="bottom", no_wrap=True, min_width=column.width)
    for row in zip(*(each.cells for each in (*labels, *columns)), strict=True):
        # As text: a name is no markup.
        table.add_row(*map(Text, row))
    return table


def plain_table(title: str) -> Table:
    """An empty table in the manner of all that is printed."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", title_justify="left")
    if title:
        table.title = Text(title, style="bold")
    return table
