"""Kept columns: which columns of a table an experiment keeps of every run; all, unless it names some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sim.declarations.input_issues import Issue, listed
from sim.declarations.removed_names import gone
from sim.declarations.renamed_names import called_now, renamed_column
from sim.engine.column_names import column_name
from sim.experiment.design.experiment_file import Keep
from sim.output.table_columns import DATE, EVERY_FIELD, POINT, QUARTER, REPLICATION, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

ALWAYS_KEPT = tuple(column.name for column in (POINT, REPLICATION, QUARTER, DATE))
"""Columns that say which run and quarter a row is of."""


def table_columns(table: str, fields: Iterable[str]) -> tuple[str, ...]:
    """Names of all columns of a table.

    Parameters
    ----------
    table : str
        Its name.
    fields : iterable of str
        Fields of service of the scenario, or of all scenarios.

    Examples
    --------
    >>> table_columns("communities", ["elderly"])[-1]
    'unmet_elderly'
    """
    services = list(fields)
    return tuple(
        name
        for column in TABLES[table]
        for name in (
            [column_name(column.name.removesuffix(EVERY_FIELD), each) for each in services]
            if column.name.endswith(EVERY_FIELD)
            else [column.name]
        )
    )


def kept_of(table: pa.Table, keep: Keep, name: str) -> pa.Table:
    """The columns of a table of a run that are kept, in its own order.

    Parameters
    ----------
    table : pyarrow.Table
        Rows of the table.
    keep : Keep
        What the experiment keeps.
    name : str
        Name of the table.
    """
    if name not in keep.columns:
        return table
    wanted = {*ALWAYS_KEPT, *keep.columns[name]}
    return table.select([column for column in table.column_names if column in wanted])


def kept_by_quarter(keep: Keep, outcomes: Iterable[str]) -> set[str]:
    """Those of some outcomes of the sector that are kept for every quarter, as series or in the table `sector`."""
    whole = "sector" in keep.tables
    wanted = {*keep.series, *(keep.columns.get("sector", outcomes) if whole else ())}
    return wanted & set(outcomes)


def wrong_columns(keep: Keep, fields: Iterable[str]) -> Iterator[Issue]:
    """Columns of tables that are not kept, that do not exist, or that are named twice."""
    services = list(fields)
    # Where no scenario could be read, nobody knows its fields of service.
    unread = not services
    for table, names in keep.columns.items():
        place = ("keep", "columns", table)
        if table not in keep.tables:
            what, allowed = f"the table '{table}' is not kept", f"expected one of {listed(keep.tables)}"
            allowed = allowed if keep.tables else f"write 'tables: [{table}]' too"
            yield Issue(place, what, allowed, table, keep.tables, at_key=True)
        if table not in keep.tables or table not in TABLES:
            continue
        known = table_columns(table, services)
        stems = tuple(each.name.removesuffix(EVERY_FIELD) for each in TABLES[table] if each.name.endswith(EVERY_FIELD))
        for n, name in enumerate(names):
            if name in names[:n]:
                yield Issue((*place, n), f"'{name}' is named twice", "name it once")
            elif name not in known and not (unread and name.startswith(stems)):
                new = renamed_column(name)
                new = new if new in known else None
                said = gone("column", f"{table}.{name}") if new is None else called_now(new)
                allowed = said or f"expected one of {listed(known)}"
                yield Issue((*place, n), f"unknown column '{name}'", allowed, None if said else name, known)
