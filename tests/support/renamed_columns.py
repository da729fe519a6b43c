"""Everything that is called differently since commit 3cf4653: add a line here for each rename, and nothing else.

Tables, columns and words are given by their names in 3cf4653; only what was added is given by its new name.
`tests.support.renames` says what each part means.  These need no line, because columns are compared by meaning:
another order of columns, text that becomes (ordered) categorical, and a narrower or wider type of number.
"""

from __future__ import annotations

from tests.support.renames import EVERY, Renames


def with_hyphens(word: str) -> str:
    """A word of a choice as it is written in scenarios: `for_profit` becomes `for-profit`."""
    return word.replace("_", "-")


RENAMED = Renames(
    scenarios={
        # "old-name": "new-name",
    },
    tables={
        # "old": "new",
    },
    columns={
        # ("agencies", "old"): "new",
        (EVERY, "run"): "replication",
    },
    column_rules=(
        # Functions of (old table, column) that give the new column.
    ),
    words={
        # ("old column", "old word"): "new word",
        # (EVERY, "old word"): "new word",
    },
    word_rules=(with_hyphens,),
    values={
        # ("agencies", "old"): function of the old table that gives the new column as an Arrow array,
    },
    added_columns=frozenset(
        {
            (EVERY, "date"),
            (EVERY, "point"),
        }
    ),
)
"""The one table of renames."""
