"""Answer types: columns of an answer of DuckDB as other programs read them rightly, undefined values as NULL.

Arrow has no type for some of DuckDB's and would hold their bytes in memory, or a wrong number; they become text, also
inside lists, structures and maps.  A quotient of nothing by nothing is as undefined in an answer as in the files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import duckdb
    from duckdb.sqltypes import DuckDBPyType

_AS_TEXT = frozenset(("BIT", "BIGNUM", "VARIANT", "TIME WITH TIME ZONE", "UHUGEINT"))
_FLOATING = frozenset(("DOUBLE", "FLOAT"))


def readable(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The same rows and names, with types that Arrow knows, and NULL for what is not a number."""
    columns = [
        _column(number, name, kind)
        for number, (name, kind) in enumerate(zip(relation.columns, relation.types, strict=True), 1)
    ]
    same = all(column.startswith("#") for column in columns)
    return relation if same else relation.project(", ".join(columns))


def _column(number: int, name: str, kind: DuckDBPyType) -> str:
    """A column of the answer, by its place, as SQL."""
    wanted = _readable_type(kind)
    if str(kind) in _FLOATING:
        return f"nullif(#{number}, 'nan') as {_quoted(name)}"
    return f"#{number}" if wanted is None else f"cast(#{number} as {wanted}) as {_quoted(name)}"


def _readable_type(kind: DuckDBPyType) -> str | None:
    """The type to which a value must be cast; None where it can stay."""
    if str(kind) in _AS_TEXT:
        return "VARCHAR"
    if kind.id not in ("list", "array", "map", "struct", "union"):
        return None
    children = [(name, cast("DuckDBPyType", part)) for name, part in kind.children]
    inner = children[:1] if kind.id == "array" else children
    parts = [(name, part, _readable_type(part)) for name, part in inner]
    if all(wanted is None for _, _, wanted in parts):
        return None
    if kind.id == "union" or (kind.id == "struct" and not all(name for name, _, _ in parts)):
        return "VARCHAR"
    texts = [wanted or str(part) for _, part, wanted in parts]
    if kind.id == "struct":
        fields = (f"{_quoted(name)} {text}" for (name, _, _), text in zip(parts, texts, strict=True))
        return f"STRUCT({', '.join(fields)})"
    if kind.id == "map":
        return f"MAP({', '.join(texts)})"
    size = children[1][1] if kind.id == "array" else ""
    return f"{texts[0]}[{size}]"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
