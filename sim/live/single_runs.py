"""Single runs: questions about one run that is in memory, answered with small tables.

>>> from sim.run import simulate
>>> run = simulate("beijing-2010", seed=1, quarters=4)
>>> found = QUESTIONS["money"](run, 2010)
>>> found.columns[0].name, found.rows[0][0]
('payer_kind', 'treasury')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from sim.output.table_columns import TABLES

if TYPE_CHECKING:
    from sim.run import RunResult

AGENCY_COLUMNS = (
    "agency",
    "origin",
    "form",
    "kind",
    "district",
    "staff",
    "contracts",
    "income_year",
    "cash",
    "government_share",
    "resource_independence",
    "operational_autonomy",
    "reputation",
)
"""Columns of the list of agencies."""
LIFE_COLUMNS = (
    "staff",
    "contracts",
    "cash",
    "income_year",
    "overdue_income",
    "overdue_wages",
    "government_share",
    "resource_independence",
    "operational_autonomy",
    "reputation",
    "reserve_months",
)
"""Columns of the life of one agency."""
COMMUNITY_COLUMNS = ("community", "district", "residents", "strength", "unmet", "hours", "agencies", "continuity")
EVENT_COLUMNS = ("quarter", "event", "cause", "agency", "government", "other", "amount", "persons")
MOST_ROWS = 2000
"""Rows of a table at most; how many there are in all is said."""
MOST_PAIRS = 400
"""Payers and payees of a year at most."""


@dataclass(frozen=True)
class TableColumn:
    """A column with its unit and meaning, as the tables of results declare them."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class PlainTable:
    """A table as plain values.

    Attributes
    ----------
    columns : tuple of TableColumn
        Its columns.
    rows : list of list
        Texts, numbers, true, false and None.
    total : int
        Rows there are; more than are given where there are very many.
    """

    columns: tuple[TableColumn, ...]
    rows: list[list[Any]]
    total: int


@dataclass(frozen=True)
class AgencyLife:
    """One agency's state by quarter, and its events.

    Attributes
    ----------
    agency : str
        Its name.
    facts : dict of str to value
        Origin, form, kind and district, as they were last.
    states, events : PlainTable
        A row a quarter in which it was active; a row an event.
    """

    agency: str
    facts: dict[str, Any]
    states: PlainTable
    events: PlainTable


def agencies(run: RunResult, quarter: str | None = None) -> PlainTable:
    """Agencies that are active in a quarter; by default all agencies, each as it was in its last quarter."""
    table = run.tables()["agencies"]
    table = _last_rows(table) if quarter is None else table.filter(_is(table, "quarter", quarter))
    closed = _closures(run.tables()["events"])
    found = plain(table, "agencies", ["quarter", *AGENCY_COLUMNS])
    names = [row[1] for row in found.rows]
    extra = TableColumn("closed", "", "Quarter and cause of its closure; empty where it did not close.")
    rows = [[*row, closed.get(name, "")] for row, name in zip(found.rows, names, strict=True)]
    return PlainTable((*found.columns, extra), rows, found.total)


def life(run: RunResult, agency: str) -> AgencyLife:
    """State and events of one agency.

    Raises
    ------
    LookupError
        If there is no such agency in the run.
    """
    tables = run.tables()
    states = tables["agencies"].filter(pc.equal(_texts(tables["agencies"]["agency"]), agency))
    if not states.num_rows:
        raise LookupError(f"there is no agency '{agency}' in this run")
    concerned = [_is(tables["events"], column, agency) for column in ("agency", "other")]
    events = tables["events"].filter(pc.or_(*concerned))
    last = states.slice(states.num_rows - 1, 1).to_pylist()[0]
    facts = {name: last[name] for name in ("origin", "form", "kind", "district", "association", "sponsor")}
    return AgencyLife(
        agency,
        {name: value for name, value in facts.items() if value is not None},
        plain(states, "agencies", ["quarter", *LIFE_COLUMNS]),
        plain(events, "events", EVENT_COLUMNS),
    )


def money(run: RunResult, year: int | None = None) -> PlainTable:
    """Who paid whom for what in a calendar year, in CNY, the largest sums first; by default in all years."""
    table = run.tables()["money"]
    if year is not None:
        table = table.filter(pc.equal(pc.year(table["date"]), year))
    keys = ["payer_kind", "payer", "payee_kind", "payee", "purpose"]
    plain_keys = pa.table({name: _texts(table[name]) for name in keys} | {"amount": table["amount"]})
    sums = plain_keys.group_by(keys).aggregate([("amount", "sum"), ("amount", "count")])
    sums = sums.rename_columns([*keys, "amount", "payments"]).sort_by([("amount", "descending")])
    found = plain(sums, "money", [*keys, "amount"], MOST_PAIRS)
    counts = sums["payments"].slice(0, MOST_PAIRS).to_pylist()
    extra = TableColumn("payments", "", "Number of payments.")
    return PlainTable((*found.columns, extra), [[*r, n] for r, n in zip(found.rows, counts, strict=True)], found.total)


def money_by_kind(run: RunResult, year: int | None = None) -> PlainTable:
    """The same by kinds of payers and payees instead of by name."""
    table = run.tables()["money"]
    if year is not None:
        table = table.filter(pc.equal(pc.year(table["date"]), year))
    keys = ["payer_kind", "payee_kind", "purpose"]
    plain_keys = pa.table({name: _texts(table[name]) for name in keys} | {"amount": table["amount"]})
    sums = plain_keys.group_by(keys).aggregate([("amount", "sum")]).rename_columns([*keys, "amount"])
    return plain(sums.sort_by([("amount", "descending")]), "money", [*keys, "amount"])


def communities(run: RunResult, quarter: str | None = None) -> PlainTable:
    """State of all communities in a quarter; by default in the last."""
    table = run.tables()["communities"]
    quarters = _texts(table["quarter"])
    wanted = quarter or str(run.compiled.start + (run.compiled.quarters - 1))
    return plain(table.filter(pc.equal(quarters, wanted)), "communities", ["quarter", *COMMUNITY_COLUMNS])


def events(run: RunResult, kind: str | None = None) -> PlainTable:
    """Events with their causes in order of time; by default of all kinds."""
    table = run.tables()["events"]
    if kind is not None:
        table = table.filter(pc.equal(_texts(table["event"]), kind))
    return plain(table, "events", EVENT_COLUMNS)


def event_counts(run: RunResult) -> PlainTable:
    """How often each kind of event occurred for each cause."""
    table = run.tables()["events"]
    texts = pa.table({name: _texts(table[name]) for name in ("event", "cause")})
    counts = texts.group_by(["event", "cause"]).aggregate([([], "count_all")])
    counts = counts.rename_columns(["event", "cause", "count"]).sort_by([("count", "descending")])
    found = plain(counts, "events", ["event", "cause"])
    extra = TableColumn("count", "", "Number of events.")
    rows = [[*row, n] for row, n in zip(found.rows, counts["count"].to_pylist(), strict=True)]
    return PlainTable((*found.columns, extra), rows, found.total)


def story(run: RunResult, agency: str, replication: int, facts: Mapping[str, Any]) -> str:
    """The life of an agency as a page of its own; parameters and errors as of `sim.story.story_of_run`."""
    from sim.story.story_of_run import story_page_of_run

    return story_page_of_run(run, agency, replication, facts)


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    each.__name__: each for each in (agencies, life, money, money_by_kind, communities, events, event_counts, story)
}
"""What may be asked of one run, by name."""


def plain(table: pa.Table, kind: str, names: Sequence[str], most: int = MOST_ROWS) -> PlainTable:
    """Some columns of a table of results as plain values.

    Parameters
    ----------
    table : Table
        What to read.
    kind : str
        Name of the table, which declares the columns.
    names : sequence of str
        Columns.
    most : int
        Rows at most.
    """
    declared = {column.name: column for column in TABLES[kind]}
    columns = tuple(TableColumn(name, declared[name].unit, declared[name].meaning) for name in names)
    shown = table.select(list(names)).slice(0, most)
    values = [_plain_values(shown[name].to_pylist()) for name in names]
    return PlainTable(columns, [list(row) for row in zip(*values, strict=True)], table.num_rows)


def _plain_values(values: Iterable[Any]) -> list[Any]:
    """Values without "not a number", which is no value."""
    return [None if isinstance(value, float) and value != value else value for value in values]


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Words or names of a column."""
    return pc.cast(column, pa.string())


def _is(table: pa.Table, column: str, name: str) -> pa.ChunkedArray:
    return pc.fill_null(pc.equal(_texts(table[column]), name), False)


def _last_rows(table: pa.Table) -> pa.Table:
    """The last row of every agency, in the order in which they came."""
    names = _texts(table["agency"]).to_pylist()
    last = {name: row for row, name in enumerate(names)}
    return table.take(pa.array(list(last.values()), pa.int64()))


def _closures(events: pa.Table) -> dict[str, str]:
    """Quarter and cause of the closure of each agency that closed."""
    shut = events.filter(pc.equal(_texts(events["event"]), "closed"))
    columns = (_texts(shut[name]).to_pylist() for name in ("agency", "quarter", "cause"))
    return {agency: f"{quarter}, {cause}" for agency, quarter, cause in zip(*columns, strict=True)}
