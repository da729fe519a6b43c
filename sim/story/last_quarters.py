"""Last quarters: what happened to an agency and its payers in a stretch of quarters, in order, each with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.declarations.accounts import Party
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.events_and_causes import Event
from sim.model.state.government_fields import LEVERS
from sim.output.table_columns import table_unit
from sim.statistics.number_format import number
from sim.story.agency_life import AgencyLife
from sim.story.contract_sentences import (
    ended_without_follow_up,
    ended_words,
    lost_bid_words,
    lost_bids,
    lost_words,
    won_by_bid,
    won_words,
)
from sim.story.declared_sentences import cause_words, counted, event_words, money, whole
from sim.story.life_years import YearColumn
from sim.story.run_tables import Row
from sim.story.story_document import Head, StoryTable, table_of

_MOST_BIDS = 4
"""Bids of a quarter that are listed one by one."""
QUARTERS = 8
"""Quarters before the end of an agency that are described in full."""
_COLUMNS = ("staff", "contracts", "bids", "income", "cost", "cash", "overdue_income", "overdue_wages")


def quarters_between(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """Every quarter from one to another, both included."""
    for step in range(last - first + 1):
        yield first + step


def quarter_items(life: AgencyLife, first: Quarter, last: Quarter) -> tuple[tuple[str, str], ...]:
    """What happened from one quarter to another, a sentence or two each, with the quarter.

    Parameters
    ----------
    life : AgencyLife
        Whose.
    first, last : Quarter
        Both included.
    """
    return tuple((str(quarter), words) for quarter in quarters_between(first, last) for words in _told(life, quarter))


def _told(life: AgencyLife, quarter: Quarter) -> Iterator[str]:
    """Sentences of one quarter: its purchasers first, then its contracts, then itself."""
    yield from purchaser_sentences(life, quarter)
    yield from (ended_words(row, life) for row in ended_without_follow_up(life, quarter) if quarter <= life.last)
    yield from (lost_words(row, life) for row in life.lost if row["quarter"] == quarter)
    yield from (won_words(row, life) for row in life.contracts if row["quarter"] == quarter)
    state, before = life.state_of(quarter), life.state_of(quarter - 1)
    if state is not None:
        won = sum(row["quarter"] == quarter and won_by_bid(row) for row in life.contracts)
        yield from _bid_sentences(life, quarter, state["bids"], won)
        yield from _state_sentences(state, before)
    yield from (story_event(row, life) for row in life.events if row["quarter"] == quarter)


def story_event(row: Row, life: AgencyLife) -> str:
    """An event of the agency, or one of another that names it."""
    if row["agency"] == life.name:
        return event_words(row)
    if row["event"] == Event.MOVED.label:
        return f"{counted(row['persons'], 'person')} came from {row['agency']}.{cause_words(row)}"
    if row["event"] == Event.FOUNDED.label:
        return f"People of the agency founded {row['agency']}: {counted(row['persons'], 'person')}.{cause_words(row)}"
    if row["event"] == Event.NOT_FOUNDED.label:
        return f"People of the agency tried to found another and did not start.{cause_words(row)}"
    return f"Of {row['agency'] or 'founders'}, which names it: {event_words(row)}"


def _bid_sentences(life: AgencyLife, quarter: Quarter, bids: int, won: int) -> Iterator[str]:
    """How many bids it made, and what became of those that were in vain."""
    if bids:
        yield f"It made {counted(bids, 'bid')} and won {won or 'none'}."
    lost = lost_bids(life, quarter)
    yield from (lost_bid_words(bid, lot) for bid, lot in lost[:_MOST_BIDS])
    if len(lost) > _MOST_BIDS:
        yield f"{counted(len(lost) - _MOST_BIDS, 'more bid')} were in vain."


def _state_sentences(state: Row, before: Row | None) -> Iterator[str]:
    if state["overdue_income"]:
        earlier = 0.0 if before is None else before["overdue_income"]
        more = "still " if earlier else ""
        yield f"Purchasers {more}owed it {money(state['overdue_income'])} that was due before."
    if state["quits"]:
        left = counted(state["quits"], "person")
        yield f"{left} left of their own will; the staff was {whole(state['staff'])} at the end of the quarter."


def purchaser_sentences(life: AgencyLife, quarter: Quarter) -> Iterator[str]:
    """Events of the governments that bought from it, new budgets, and levers that changed."""
    now = {row["jurisdiction"]: row for row in life.policy if row["quarter"] == quarter}
    before = {row["jurisdiction"]: row for row in life.policy if row["quarter"] == quarter - 1}
    for row in life.purchaser_events:
        if row["quarter"] == quarter:
            yield _reorganised(row, now.get(row["government"]), life)
    for name, row in now.items():
        if name in before:
            yield from _changes(name, before[name], row)


def _reorganised(row: Row, policy: Row | None, life: AgencyLife) -> str:
    until = ""
    if policy is not None and policy["reorganised_until"]:
        until = f" It renews nothing and calls nothing again before {life.start + int(policy['reorganised_until'])}."
    return f"{row['government']}: {event_words(row)}{until}"


def _changes(name: str, before: Row, now: Row) -> Iterator[str]:
    """A new budget, money that went back, and levers that are not what they were."""
    if now["budget"] != before["budget"]:
        share = f" ({now['budget'] / before['budget'] - 1:+.0%})".replace("-", "−") if before["budget"] else ""
        yield f"The budget of {name} went from {money(before['budget'])} to {money(now['budget'])} a year{share}."
    if now["lapsed"]:
        yield f"{name} gave back {money(now['lapsed'])} of its budget unspent."
    for lever in LEVERS:
        old, new = before.get(lever.name), now.get(lever.name)
        if old != new and not (old is None and new is None):
            unit = "" if lever.unit in ("choice", "yes/no") else f" {table_unit(lever.unit)}"
            yield f"A policy changed {lever.key} of {name} from {_value(old)} to {_value(new)}{unit}."


def _value(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return "none" if value is None else str(value)


def quarter_table(life: AgencyLife, first: Quarter, last: Quarter) -> StoryTable:
    """A row per quarter in which it was at work."""
    columns = [YearColumn(name, "last") for name in _COLUMNS]
    heads = [Head("Quarter", is_number=False), *(each.head() for each in columns)]
    plain = [Head(head.title, head.unit, head.meaning.split(" (")[0] + ".", head.is_number) for head in heads[1:]]
    found = [(quarter, life.state_of(quarter)) for quarter in quarters_between(first, last)]
    rows = [[str(quarter), *(each.cell([row]) for each in columns)] for quarter, row in found if row is not None]
    return table_of("At the end of each quarter in which it was at work", [heads[0], *plain], rows)


def payers_of(life: AgencyLife, first: Quarter, last: Quarter) -> list[str]:
    """Names of those who paid it income in a stretch of quarters, in order of their first payment."""
    paid = [row for row in life.income if first <= row["quarter"] <= last]
    return list(dict.fromkeys(row["payer"] for row in paid if row["payer"] and row["payer_kind"] != Party.AGENCY.label))


def counts_of(rows: Iterable[Row], first: Quarter, last: Quarter) -> int:
    """How many rows are of a stretch of quarters."""
    return sum(first <= row["quarter"] <= last for row in rows)
