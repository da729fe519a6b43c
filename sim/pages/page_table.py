"""Page table: a table as a page shows it, with a caption, and a column of numbers set to the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Head:
    """The head of a column.

    Attributes
    ----------
    title : str
        What the column holds.
    unit : str
        Its unit; may be empty.
    number : bool
        Whether it holds numbers.
    """

    title: str
    unit: str = ""
    number: bool = False


@dataclass(frozen=True)
class PageTable:
    """A table of plain text; what users wrote may stand in every cell.

    Attributes
    ----------
    name : str
        Its id in the page, and the name of the file in which it is saved.
    caption : str
        What it shows.
    heads : sequence of Head
        One a column; the first column names the rows.
    rows : list of list of str
        Cells.
    notes : tuple of str
        Sentences below it.
    strong : frozenset of int
        Rows that are set in bold.
    """

    name: str
    caption: str
    heads: Sequence[Head]
    rows: list[list[str]]
    notes: tuple[str, ...] = ()
    strong: frozenset[int] = field(default=frozenset())

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.heads):
                raise ValueError(f"{self.caption}: a row has {len(row)} cells, and there are {len(self.heads)} heads")


def numbers(*titles: str, unit: str = "") -> list[Head]:
    """Heads of columns of numbers of one unit."""
    return [Head(title, unit, number=True) for title in titles]


def cut(rows: Iterable[list[str]], most: int) -> tuple[list[list[str]], int]:
    """The first rows, and how many are left out.

    >>> cut([["a"], ["b"], ["c"]], 2)
    ([['a'], ['b']], 1)
    """
    found = list(rows)
    return found[:most], max(len(found) - most, 0)
