"""Renames: how a name in the old tree becomes one in the new; the renames themselves are in `renamed_columns`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pyarrow as pa

T = TypeVar("T")
Key = tuple[str, str]

EVERY = "*"
"""In place of a table or column: each of them."""


@dataclass(frozen=True)
class Renames:
    """What was renamed on purpose; everything else must be called what it was called.

    Attributes
    ----------
    scenarios, tables : dict of str to str
        Old name -> new name.
    columns : dict of (old table, old column) to str
        New name of a column; the table may be `EVERY`.
    column_rules : tuple of functions
        Each takes the old table and the name of a column and gives its new name; they apply in turn, after `columns`.
    words : dict of (old column, old word) to str
        New word of a text column; the column may be `EVERY`.
    word_rules : tuple of functions
        Each takes a word and gives a spelling in which the words of both trees are compared.
    values : dict of (old table, old column) to function
        Makes of the whole old table what the new column should hold, where its numbers are expressed in another way.
    added_scenarios, added_tables : frozenset of str
        What only the new tree has.
    added_columns : frozenset of (new table, new column)
        Columns that only the new tree has; the table may be `EVERY`.
    removed_scenarios, removed_tables : frozenset of str
        What only the old tree has.
    removed_columns : frozenset of (old table, old column)
        Columns that only the old tree has; the table may be `EVERY`.
    """

    scenarios: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[Key, str] = field(default_factory=dict)
    column_rules: tuple[Callable[[str, str], str], ...] = ()
    words: dict[Key, str] = field(default_factory=dict)
    word_rules: tuple[Callable[[str], str], ...] = ()
    values: dict[Key, Callable[[pa.Table], pa.Array]] = field(default_factory=dict)
    added_scenarios: frozenset[str] = frozenset()
    added_tables: frozenset[str] = frozenset()
    added_columns: frozenset[Key] = frozenset()
    removed_scenarios: frozenset[str] = frozenset()
    removed_tables: frozenset[str] = frozenset()
    removed_columns: frozenset[Key] = frozenset()

    def scenario(self, old: str) -> str:
        """New name of a scenario."""
        return self.scenarios.get(old, old)

    def table(self, old: str) -> str:
        """New name of a table."""
        return self.tables.get(old, old)

    def column(self, table: str, old: str) -> str:
        """New name of a column."""
        new = _at(self.columns, table, old) or old
        for rule in self.column_rules:
            new = rule(table, new)
        return new

    def word(self, column: str, old: str) -> str:
        """New word of a text column, in the spelling in which words are compared."""
        return self.spelled(self.words.get((column, old)) or self.words.get((EVERY, old)) or old)

    def spelled(self, word: str) -> str:
        """A word in the spelling in which words are compared."""
        for rule in self.word_rules:
            word = rule(word)
        return word

    def value(self, table: str, old: str) -> Callable[[pa.Table], pa.Array] | None:
        """What makes the new column of the old table, where one is declared."""
        return _at(self.values, table, old)

    def is_added(self, table: str, new: str) -> bool:
        """Whether a column of the new tree need not be in the old one."""
        return not self.added_columns.isdisjoint({(table, new), (EVERY, new)})

    def is_removed(self, table: str, old: str) -> bool:
        """Whether a column of the old tree need not be in the new one."""
        return not self.removed_columns.isdisjoint({(table, old), (EVERY, old)})


def _at(entries: dict[Key, T], table: str, column: str) -> T | None:
    """Entry of a column in its table, or else in every table."""
    return entries.get((table, column)) or entries.get((EVERY, column))
