"""Column names that pandas, SQL, R and Stata take as they are.

>>> column_name("contract.term"), column_name("skill", "children-youth"), column_name("order"), column_name("2nd try")
('contract_term', 'skill_children_youth', 'order_', 'x2nd_try')
"""

from __future__ import annotations

import re

LONGEST = 32
"""Characters of a column's name: Stata takes no more."""

_FOREIGN = re.compile(r"[^A-Za-z0-9_]")

_SQL = """
    all analyse analyze and any array as asc asymmetric authorization between both by case cast check collate column
    constraint create cross current_date current_time current_timestamp current_user default deferrable delete desc
    describe distinct do drop else end except exists false fetch for foreign freeze from full glob grant group having
    ilike in initially inner insert intersect into is isnull join lambda lateral leading left like limit localtime
    localtimestamp natural not notnull null offset on only or order outer overlaps pivot pivot_longer pivot_wider
    placing primary qualify references returning right select session_user set show similar some summarize symmetric
    table then to trailing true union unique unpivot update user using values variadic verbose when where window with
"""
_PYTHON = """
    and as assert async await break class continue def del elif else except false finally for from global if import in
    is lambda none nonlocal not or pass raise return true try while with yield
"""
_R = "break else false for function if in inf na nan next null repeat true while"
_STATA = "_all _b _coef _cons _n _pi _pred _rc _se _skip byte double float if in int long strl using with"

RESERVED = frozenset(" ".join((_SQL, _PYTHON, _R, _STATA)).split())
"""Words, in lower case, that SQL (DuckDB, PostgreSQL, SQLite), Python, R or Stata keep for themselves."""


def column_name(*keys: str) -> str:
    """Name of the column for a key, or for keys that belong together.

    Keys are joined by underscores, and every character but ASCII letters, digits and the underscore becomes an
    underscore.  What begins with another character than a letter gets an ``x`` in front, as R does it; a reserved
    word gets an underscore behind; what is longer than `LONGEST` is cut.  So two keys may have one name: code that
    takes keys from a user must check that with `same_columns`.
    """
    name = _FOREIGN.sub("_", "_".join(keys))
    if not name[:1].isalpha():
        name = f"x{name}"
    return f"{name}_" if name.lower() in RESERVED else name[:LONGEST]


def same_columns(names: list[str], prefix: str = "") -> list[tuple[int, int]]:
    """Keys whose columns have one name, where upper and lower case are the same as in SQL.

    Parameters
    ----------
    names : list of str
        Keys of a user.
    prefix : str
        What stands before each of them in its column.

    Returns
    -------
    list of (int, int)
        Place of a key, and place of the first that has the same column.

    >>> same_columns(["a-b", "c", "A_b"])
    [(2, 0)]
    """
    first: dict[str, int] = {}
    found = []
    for n, name in enumerate(names):
        column = (column_name(prefix, name) if prefix else column_name(name)).lower()
        if first.setdefault(column, n) != n:
            found.append((n, first[column]))
    return found
