"""Life years: an agency's quarters, income and spending summed by calendar year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sim.declarations.accounts import Purpose
from sim.story.agency_life import AgencyLife
from sim.story.declared_sentences import column, column_title, decimal, meaning, payer_name, whole
from sim.story.run_tables import Row
from sim.story.story_document import Head, StoryTable, table_of

_MOST_PAYERS = 5
"""Payers that have a column of their own."""


@dataclass(frozen=True)
class YearColumn:
    """A column of a table by year.

    Attributes
    ----------
    name : str
        Column of the table `agencies`.
    how : str
        ``sum`` over the quarters of the year, their ``mean``, or the value of the ``last`` of them.
    write : callable
        Writes a value.
    """

    name: str
    how: str
    write: Callable[[float | None], str] = whole

    def head(self) -> Head:
        """Its heading, from the declaration."""
        declared = column("agencies", self.name)
        unit = "" if declared.unit in ("0-1", "share") else declared.unit
        sentence = f"{declared.meaning.rstrip('.')} ({_HOW[self.how]})."
        return Head(column_title(self.name), unit, sentence)

    def cell(self, rows: Sequence[Row]) -> str:
        """The cell of a year."""
        values = [row[self.name] for row in rows]
        if self.how == "last":
            return self.write(values[-1])
        known = [value for value in values if value is not None]
        total = sum(known)
        return self.write(None if not known else total if self.how == "sum" else total / len(known))


_HOW = {
    "sum": "sum of the year's quarters",
    "mean": "mean of the year's quarters",
    "last": "at the end of the last quarter in which it worked that year",
}

PEOPLE = (
    YearColumn("staff", "last"),
    YearColumn("licensed", "last"),
    YearColumn("hired", "sum"),
    YearColumn("quits", "sum"),
    YearColumn("laid_off", "sum"),
    YearColumn("wage", "mean"),
    YearColumn("turnover", "last", decimal),
    YearColumn("quality", "last", decimal),
)
MONEY = (
    YearColumn("income", "sum"),
    YearColumn("cost", "sum"),
    YearColumn("cash", "last"),
    YearColumn("overdue_income", "last"),
    YearColumn("overdue_wages", "last"),
    YearColumn("loan", "last"),
    YearColumn("reserve_months", "last", lambda value: decimal(value, 1)),
)
STANDING = (
    YearColumn("resource_independence", "last", decimal),
    YearColumn("government_share", "last", decimal),
    YearColumn("concentration", "last", decimal),
    YearColumn("operational_autonomy", "last", decimal),
    YearColumn("own_share", "last", decimal),
    YearColumn("time", "last", decimal),
    YearColumn("voice", "last", decimal),
    YearColumn("reputation", "last", decimal),
    YearColumn("relation", "last", decimal),
)


def year_table(life: AgencyLife, caption: str, columns: Iterable[YearColumn]) -> StoryTable:
    """A row per year in which the agency was at work."""
    by_year: dict[int, list[Row]] = {}
    for row in life.states:
        by_year.setdefault(row["quarter"].year, []).append(row)
    chosen = [each for each in columns if not life.states or each.name in life.states[0]]
    rows = [[str(year), *(each.cell(found) for each in chosen)] for year, found in by_year.items()]
    return table_of(caption, [Head("Year", is_number=False), *(each.head() for each in chosen)], rows)


def income_by_payer(life: AgencyLife) -> dict[str, dict[int, float]]:
    """Payer -> year -> income from it, CNY; the largest payers first."""
    return _by_year(life.income, payer_name)


def payer_table(life: AgencyLife) -> StoryTable:
    """A row per year, a column for each of the largest payers; the others are summed."""
    payers = income_by_payer(life)
    shown, others = list(payers)[:_MOST_PAYERS], list(payers)[_MOST_PAYERS:]
    credit = _by_year(life.capital_and_credit, lambda row: meaning(Purpose, row["purpose"]))
    heads = [Head("Year", is_number=False), *(Head(name, "CNY") for name in shown)]
    heads += [Head(f"{len(others)} other payers", "CNY")] if others else []
    heads += [Head("All income", "CNY")]
    heads += [Head(f"No income: {name[0].lower()}{name[1:]}", "CNY") for name in credit]
    years = sorted({year for found in (*payers.values(), *credit.values()) for year in found})
    rows = []
    for year in years:
        cells = [payers[name].get(year, 0.0) for name in shown]
        rest = sum(payers[name].get(year, 0.0) for name in others)
        cells += [rest] if others else []
        cells += [sum(found.get(year, 0.0) for found in payers.values())]
        cells += [found.get(year, 0.0) for found in credit.values()]
        rows.append([str(year), *map(whole, cells)])
    return table_of("What it was paid, by year and payer", heads, rows)


def spending_table(life: AgencyLife) -> StoryTable:
    """A row per purpose, with what was spent on it in all."""
    found = _by_year(life.spent, lambda row: meaning(Purpose, row["purpose"]))
    totals = {name: sum(years.values()) for name, years in found.items()}
    everything = sum(totals.values()) or 1.0
    heads = [Head("For", is_number=False), Head("Paid", "CNY"), Head("Share")]
    rows = [[name, whole(total), decimal(total / everything)] for name, total in totals.items()]
    return table_of("What it paid in all, by purpose", heads, rows)


def _by_year(payments: Iterable[Row], key: Callable[[Row], str]) -> dict[str, dict[int, float]]:
    """Key -> year -> sum of amounts, the largest first, those of one size by name."""
    found: dict[str, dict[int, float]] = {}
    for row in payments:
        years = found.setdefault(key(row), {})
        years[row["quarter"].year] = years.get(row["quarter"].year, 0.0) + row["amount"]
    return dict(sorted(found.items(), key=lambda each: (-sum(each[1].values()), each[0])))
