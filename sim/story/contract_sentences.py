"""Contract sentences: lots and contracts of an agency, won, ended and lost, and the table of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.state_codes import Route, Status
from sim.statistics.number_format import MISSING
from sim.story.agency_life import AgencyLife
from sim.story.declared_sentences import column, counted, decimal, meaning, money, whole
from sim.story.run_tables import Row
from sim.story.story_document import Head, StoryTable, table_of, without_empty

_COLUMNS = ("price", "term", "promised_total", "delivered_total", "due", "paid", "withheld", "returned", "grade")
"""Columns of the table of contracts that are numbers."""


def purchaser_of(contract: Row) -> str:
    """Who buys: an institution, or a government.

    >>> purchaser_of({"institution": None, "government": "Xicheng"})
    'Xicheng'
    """
    return str(contract["institution"] or contract["government"])


def won_by_bid(contract: Row) -> bool:
    """Whether it was not merely renewed."""
    return bool(contract["route"] != Route.RENEWAL.label)


def is_follow_up(contract: Row, life: AgencyLife) -> bool:
    """Whether the agency held the same work before."""
    return bool(contract["incumbent"] == life.name)


def won_words(contract: Row, life: AgencyLife) -> str:
    """How an agency came by a contract, and what it is."""
    total = contract["price"] * contract["term"] / 4
    how = meaning(Route, contract["route"])
    again = ", work that it did before" if is_follow_up(contract, life) else ""
    return (
        f"It got a contract ({contract['form']}) of {money(total)} with {purchaser_of(contract)} in the field "
        f"{contract['field']}, for {counted(contract['term'], 'quarter')}{again}. {how}; {_rivals(contract)}."
    )


def _rivals(contract: Row) -> str:
    return counted(contract["bidders"], "valid bid") if contract["bidders"] else "without other bids"


def ended_words(contract: Row, life: AgencyLife) -> str:
    """How a contract ended, and whether the agency went on with the work."""
    price = money(contract["price"])
    what = f"Its contract with {purchaser_of(contract)} in the field {contract['field']} ({price} a year)"
    end = meaning(Status, contract["status"]).lower()
    if contract["status"] == Status.BROKEN.label:
        lost = contract["written_off"]
        return f"{what}: {end}{f'; {money(lost)} that fell due was never paid' if lost else ''}."
    return f"{what}: {end}; no contract for the same work followed at once."


def lost_words(lot: Row, life: AgencyLife) -> str:
    """What became of a lot that the agency had held before, and whether it bid for it."""
    what = f"Work that it had held was called again by {purchaser_of(lot)} in the field {lot['field']}"
    bid = next((bid for bid, its_lot in life.bids if its_lot["contract"] == lot["contract"]), None)
    return f"{what}, and {_winner(lot)}{_own_bid(bid, lot)}."


def lost_bid_words(bid: Row, lot: Row) -> str:
    """What became of a lot for which the agency bid in vain."""
    what = f"It bid for a lot of {purchaser_of(lot)} in the field {lot['field']}, which"
    return f"{what} {_winner(lot)}{_own_bid(bid, lot)}."


def lost_bids(life: AgencyLife, quarter: Quarter) -> list[tuple[Row, Row]]:
    """Bids of a quarter that were in vain, those for work that it had held left out."""
    held = {row["contract"] for row in life.lost}
    return [
        (bid, lot)
        for bid, lot in life.bids
        if bid["quarter"] == quarter and not bid["won"] and lot["contract"] not in held
    ]


def _winner(lot: Row) -> str:
    if lot["agency"] is None:
        return f"went to nobody ({meaning(Status, lot['status']).lower()})"
    return f"went to {lot['agency']} ({counted(lot['bidders'], 'valid bid')})"


def _own_bid(bid: Row | None, lot: Row) -> str:
    """Why an agency did not win: no bid, no capacity, or fewer points than the winner."""
    if bid is None:
        return "; it did not bid"
    if not bid["has_capacity"]:
        return "; it had no capacity left"
    known = bid["score"] is not None and bid["score"] == bid["score"] and lot["agency"] is not None
    return f"; the winner had a score of {decimal(lot['score'])}, it {decimal(bid['score'])}" if known else ""


def ended_without_follow_up(life: AgencyLife, quarter: Quarter) -> list[Row]:
    """Contracts whose first quarter afterwards is this, and which no contract for the same work followed at once."""
    begun = {_work(row) for row in life.contracts if row["quarter"] == quarter and is_follow_up(row, life)}
    return [row for row in life.contracts if life.contract_end(row) == quarter and _work(row) not in begun]


def _work(contract: Row) -> tuple[str | None, ...]:
    return tuple(contract[name] for name in ("government", "institution", "community", "field"))


def contract_table(life: AgencyLife, contracts: Sequence[Row] | None = None) -> StoryTable:
    """A row per contract, in the order in which they began."""
    chosen = life.contracts if contracts is None else contracts
    words = [Head("From", is_number=False), Head("Purchaser", is_number=False), Head("Field", is_number=False)]
    numbers = [_head(name) for name in _COLUMNS]
    heads = [*words, *numbers, Head("Outcome", is_number=False)]
    rows = [_cells(row, life) for row in chosen]
    table = table_of("Contracts, in the order in which they began", heads, rows)
    return without_empty(table, [head.title for head in heads[len(words) + 2 : -1]])


def _head(name: str) -> Head:
    declared = column("contracts", name)
    title = {"promised_total": "Promised", "delivered_total": "Delivered"}.get(name, name.capitalize())
    return Head(title, "" if declared.unit == "0-1" else declared.unit, declared.meaning)


def _cells(contract: Row, life: AgencyLife) -> list[str]:
    grade = contract["grade"]
    known = grade is not None and grade == grade
    numbers = [whole(contract[name]) for name in _COLUMNS[:-1]]
    outcome = contract["status"]
    if outcome == Status.RUNNING.label and life.closing is None:
        outcome = f"{outcome} at the end"
    words = [str(contract["quarter"]), purchaser_of(contract), contract["field"]]
    return [*words, *numbers, decimal(grade) if known else MISSING, outcome]
