"""Story document: what a story says, as titles, sentences and tables, for text and page alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sim.declarations.input_issues import printable
from sim.statistics.number_format import MISSING


@dataclass(frozen=True)
class Head:
    """Heading of a column.

    Attributes
    ----------
    title, unit : str
        What is written above it.
    meaning : str
        A sentence; empty where the title says all.
    is_number : bool
        Whether its cells stand to the right.
    """

    title: str
    unit: str = ""
    meaning: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class StoryTable:
    """A table of words.

    Attributes
    ----------
    caption : str
        What its rows are.
    heads : tuple of Head
        Its columns.
    rows : tuple of tuple of str
        Cells.
    """

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of a story.

    Attributes
    ----------
    title : str
        Heading.
    sentences : tuple of str
        Paragraphs.
    items : tuple of (str, str)
        Entries of a list: when, and what.
    tables : tuple of StoryTable
        Behind them.
    is_detail : bool
        Whether a page may fold it.
    """

    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    tables: tuple[StoryTable, ...] = ()
    is_detail: bool = False


@dataclass(frozen=True)
class Story:
    """A story, ready to be shown.

    Attributes
    ----------
    title : str
        Whose.
    source : str
        Scenario, run and calendar, in a sentence.
    lead : tuple of str
        The whole in a few sentences.
    sections : tuple of Section
        The parts.
    notes : tuple of str
        What is left out, doubtful or was done besides.
    facts : dict
        Where its numbers come from (`sim.plots.figure_source`).
    """

    title: str
    source: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict, compare=False)

    def cleaned(self) -> Story:
        """The same with every word on one line, and whatever cannot be shown as an escape."""
        return replace(
            self,
            title=printable(self.title),
            source=printable(self.source),
            lead=_clean(self.lead),
            sections=tuple(_clean_section(each) for each in self.sections),
            notes=_clean(self.notes),
        )


def table_of(caption: str, heads: Sequence[Head], rows: Iterable[Sequence[str]]) -> StoryTable:
    """A table from its rows."""
    return StoryTable(caption, tuple(heads), tuple(tuple(row) for row in rows))


def without_empty(table: StoryTable, titles: Iterable[str]) -> StoryTable:
    """A table without those of some columns that hold nothing but zeros and dashes."""
    optional = set(titles)
    kept = [
        place
        for place, head in enumerate(table.heads)
        if head.title not in optional or any(row[place] not in ("0", MISSING) for row in table.rows)
    ]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return StoryTable(table.caption, tuple(table.heads[place] for place in kept), rows)


def _clean(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(printable, words))


def _clean_section(section: Section) -> Section:
    return replace(
        section,
        title=printable(section.title),
        sentences=_clean(section.sentences),
        items=tuple((printable(when), printable(what)) for when, what in section.items),
        tables=tuple(
            StoryTable(
                printable(table.caption),
                tuple(replace(head, title=printable(head.title)) for head in table.heads),
                tuple(_clean(row) for row in table.rows),
            )
            for table in section.tables
        ),
    )
