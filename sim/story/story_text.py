"""Story text: a story for the terminal or a text file, wrapped to a width."""

from __future__ import annotations

import io
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.story.story_document import Head, Section, Story, StoryTable

WIDTH = 120
"""Characters of a line in a file."""
_WHEN = 9
_LONGEST_WORD = 24
_NO_LIMIT = 100_000


def story_text(story: Story, width: int = WIDTH) -> str:
    """Write a story as text.

    Parameters
    ----------
    story : Story
        What is to be said.
    width : int
        Characters of a line; a table that needs more has longer lines.

    Returns
    -------
    str
        Lines without blanks at their ends.
    """
    sink = io.StringIO()
    console = _console(sink, max(width, 40))
    shown = story.cleaned()
    _heading(console, shown.title, "=")
    console.print(Text(shown.source))
    console.print()
    for sentence in shown.lead:
        console.print(Text(sentence))
    for note in shown.notes:
        console.print(Text(f"Note: {note}"))
    for section in shown.sections:
        _section(console, section)
    return "\n".join(line.rstrip() for line in sink.getvalue().split("\n"))


def _console(sink: IO[str], width: int) -> Console:
    return Console(file=sink, width=width, no_color=True, force_terminal=False, emoji=False, highlight=False)


def _heading(console: Console, words: str, sign: str) -> None:
    text = Text(words)
    console.print(text)
    console.print(Text(sign * min(text.cell_len, console.width)))


def _section(console: Console, section: Section) -> None:
    console.print()
    _heading(console, section.title, "-")
    for sentence in section.sentences:
        console.print(Text(sentence))
    if section.items:
        console.print(_items(section.items))
    for table in section.tables:
        console.print()
        console.print(Text(f"{table.caption}:"))
        made = _table(table)
        # A line too long is better than a column cut off.
        least = Measurement.get(console, console.options.update(width=_NO_LIMIT), made).minimum
        fits = least + len(table.heads) <= console.width  # columns may be laid out wider than they say by a character
        _console(console.file, console.width if fits else _NO_LIMIT).print(made)


def _items(items: tuple[tuple[str, str], ...]) -> Padding:
    """Entries with their quarters; a quarter is written once."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_WHEN - 2, no_wrap=True)
    grid.add_column(ratio=1)
    before = ""
    for when, what in items:
        grid.add_row(Text("" if when == before else when), Text(what))
        before = when
    return Padding(grid, (0, 0, 0, 2))


def _table(table: StoryTable) -> Table:
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for place, head in enumerate(table.heads):
        title = Text(f"{head.title}\n{head.unit}" if head.unit else head.title)
        least = _least_width(head, [row[place] for row in table.rows])
        made.add_column(title, justify="right" if head.is_number else "left", min_width=least, overflow="fold")
    for row in table.rows:
        made.add_row(*map(Text, row))
    return made


def _least_width(head: Head, cells: list[str]) -> int:
    """Cells that a column needs so that no number is broken, and no usual word."""
    words = [head.unit, *head.title.split(), *(cells if head.is_number else _words(cells))]
    return max(min(cell_len(word), _LONGEST_WORD) for word in words)


def _words(cells: list[str]) -> list[str]:
    return [word for cell in cells for word in cell.split()]
