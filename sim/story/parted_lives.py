"""Parted lives: one agency in the same replication of two points, and where the two lives part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.declarations.calendar_quarter import Quarter
from sim.model.state.government_fields import LEVERS
from sim.output.table_columns import TABLES, table_unit
from sim.statistics.number_format import MISSING, number
from sim.story.agency_life import AgencyLife
from sim.story.closing_story import ending_words
from sim.story.declared_sentences import column_title, counted, decimal, money, whole
from sim.story.last_quarters import QUARTERS, quarter_items, story_event
from sim.story.life_years import YearColumn
from sim.story.run_tables import Row
from sim.story.story_document import Head, Section, StoryTable, table_of

_MOST_COLUMNS = 24
_MOST_LEVERS = 12
"""Columns that are listed where lives part."""
_BY_YEAR = (
    YearColumn("staff", "last"),
    YearColumn("contracts", "last"),
    YearColumn("income", "sum"),
    YearColumn("cash", "last"),
    YearColumn("resource_independence", "last", decimal),
    YearColumn("operational_autonomy", "last", decimal),
)


@dataclass(frozen=True)
class Parting:
    """Where two lives part.

    Attributes
    ----------
    quarter : Quarter
        The first in which the agency's row or its events differ.
    columns : tuple of (str, object, object)
        Columns of its row that differ, with both values.
    only : tuple of (tuple of Row, tuple of Row)
        Events of that quarter that only one of them has.
    at_work : tuple of (bool, bool)
        Whether each was at work at the end of that quarter.
    """

    quarter: Quarter
    columns: tuple[tuple[str, object, object], ...]
    only: tuple[tuple[Row, ...], tuple[Row, ...]]
    at_work: tuple[bool, bool]


def find_parting(first: AgencyLife, second: AgencyLife) -> Parting | None:
    """The first quarter in which an agency's state or its events differ; None where they never do.

    Every column of the table `agencies` counts, to the last bit, and every event that is about the agency.
    """
    for quarter in _quarters(first, second):
        states = first.state_of(quarter), second.state_of(quarter)
        columns = _different(*states) if None not in states else ()
        events = [[row for row in life.own_events if row["quarter"] == quarter] for life in (first, second)]
        only = _only(events[0], events[1]), _only(events[1], events[0])
        at_work = states[0] is not None, states[1] is not None
        if columns or only[0] or only[1] or at_work[0] != at_work[1]:
            return Parting(quarter, columns, only, at_work)
    return None


def _quarters(*lives: AgencyLife) -> list[Quarter]:
    return sorted({row["quarter"] for life in lives for row in (*life.states, *life.own_events)})


def _different(first: Row | None, second: Row | None) -> tuple[tuple[str, object, object], ...]:
    if first is None or second is None:
        return ()
    names = dict.fromkeys([*first, *second])
    return tuple(
        (name, first.get(name), second.get(name)) for name in names if not _same(first.get(name), second.get(name))
    )


def _same(one: object, other: object) -> bool:
    """Whether two values are the same; what is no number is as another."""
    both_undefined = one != one and other != other
    return bool(one == other) or both_undefined


def _only(rows: Sequence[Row], others: Sequence[Row]) -> tuple[Row, ...]:
    """Rows that the others lack; a row that stands twice is needed twice."""
    left = list(others)
    found = []
    for row in rows:
        place = next((n for n, other in enumerate(left) if not _different(row, other)), None)
        if place is None:
            found.append(row)
        else:
            del left[place]
    return tuple(found)


def parting_words(parting: Parting | None, lives: Sequence[AgencyLife]) -> str:
    """Where two lives part, in a sentence."""
    if parting is None:
        return f"The two lives are the same to the last bit, in every quarter up to {lives[0].last}."
    what, where = [], ""
    if parting.columns:
        what.append(f"{len(parting.columns)} of the quantities that are recorded of it")
    events = len(parting.only[0]) + len(parting.only[1])
    if events:
        what.append(f"{counted(events, 'event')}")
    if parting.at_work[0] != parting.at_work[1]:
        there = lives[0 if parting.at_work[0] else 1].where
        what.append("whether it was at work")
        where = f" At the end of that quarter it was at work in {there} only."
    return f"The two lives are the same until {parting.quarter}, when they part: {' and '.join(what)} differ.{where}"


def parting_sections(parting: Parting | None, lives: tuple[AgencyLife, AgencyLife]) -> Iterator[Section]:
    """Where they part, the years side by side, and what came next in each."""
    first, second = lives
    if parting is not None:
        items = tuple(
            (life.where, story_event(row, life)) for life, rows in zip(lives, parting.only, strict=True) for row in rows
        )
        sentences = (parting_words(parting, lives), _around(parting, lives))
        tables = (_columns_table(parting, lives),) if parting.columns else ()
        yield Section(f"Where the two lives part: {parting.quarter}", tuple(filter(None, sentences)), items, tables)
    yield Section("Side by side, by year", tables=(_side_by_side(first, second),))
    if parting is None:
        return
    for life in lives:
        last = max(parting.quarter, min(parting.quarter + (QUARTERS - 1), life.end))
        found = quarter_items(life, parting.quarter, last)
        shown = found or ((str(parting.quarter), "Nothing is recorded of it or its purchasers."),)
        yield Section(f"From there on, {life.where}", (ending_words(life),), shown)


def _around(parting: Parting, lives: Sequence[AgencyLife]) -> str:
    """What was different at its purchasers and home governments by then: levers and budgets."""
    same = (
        f"Both are replication {lives[0].replication}, with the same random numbers, so that they part comes of "
        "what is different between the two points."
    )
    rows = [{row["jurisdiction"]: row for row in life.policy if row["quarter"] == parting.quarter} for life in lives]
    found = []
    for name in rows[0].keys() & rows[1].keys():
        one, other = rows[0][name], rows[1][name]
        for lever in LEVERS:
            if lever.name in one and not _same(one[lever.name], other.get(lever.name)):
                values = f"{_value(one[lever.name])} and {_value(other.get(lever.name))}"
                found.append(f"{name}: {lever.key} {values}{_unit(lever.unit)}")
    if not found:
        return f"{same} Nothing that its purchasers and home governments set was different in that quarter."
    found.sort()
    more = len(found) - _MOST_LEVERS
    named = "; ".join(found[:_MOST_LEVERS]) + (f"; and {more} more" if more > 0 else "")
    return f"{same} Set differently there in that quarter, in {lives[0].where} and {lives[1].where}: {named}."


def _unit(unit: str) -> str:
    return "" if unit in ("choice", "yes/no") else f" {table_unit(unit)}"


def _columns_table(parting: Parting, lives: Sequence[AgencyLife]) -> StoryTable:
    """Columns that differ, those that say most first: as they stand in the table."""
    declared = {column.name: column for column in TABLES["agencies"]}
    heads = [Head("Quantity", is_number=False), Head("Unit", is_number=False)]
    heads += [Head(life.where) for life in lives] + [Head("Difference"), Head("What it is", is_number=False)]
    rows = []
    for name, one, other in parting.columns[:_MOST_COLUMNS]:
        known = declared.get(name)
        cells = [column_title(name), known.unit if known else "", _value(one), _value(other), _difference(one, other)]
        rows.append([*cells, known.meaning if known else "Skill in a field of service."])
    more = len(parting.columns) - _MOST_COLUMNS
    caption = f"Quantities that differ in {parting.quarter}"
    return table_of(
        f"{caption}, the first {_MOST_COLUMNS} of {len(parting.columns)}" if more > 0 else caption, heads, rows
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(float(value))
    return MISSING if value is None else str(value)


def _difference(one: object, other: object) -> str:
    numbers = [each for each in (one, other) if isinstance(each, int | float) and not isinstance(each, bool)]
    return number(float(numbers[1] - numbers[0])) if len(numbers) == 2 else ""


def _side_by_side(first: AgencyLife, second: AgencyLife) -> StoryTable:
    """A row per year; each column twice, for the one life and for the other."""
    heads = [Head("Year", is_number=False)]
    for each in _BY_YEAR:
        head = each.head()
        heads += [Head(f"{head.title}, {life.where}", head.unit, head.meaning) for life in (first, second)]
    years = sorted({row["quarter"].year for life in (first, second) for row in life.states})
    rows = []
    for year in years:
        found = [[row for row in life.states if row["quarter"].year == year] for life in (first, second)]
        cells = [each.cell(rows_of) if rows_of else MISSING for each in _BY_YEAR for rows_of in found]
        rows.append([str(year), *cells])
    return table_of("The same columns of both lives", heads, rows)


def two_leads(lives: Sequence[AgencyLife]) -> Iterator[str]:
    """What each of two lives came to, in a sentence."""
    for life in lives:
        income = sum(row["amount"] for row in life.income)
        staff = max((row["staff"] for row in life.states), default=0)
        yield (
            f"{life.where}: {counted(len(life.contracts), 'contract')}, {money(income)} of income in all, at most "
            f"{whole(staff)} on the staff. {ending_words(life)}"
        )
