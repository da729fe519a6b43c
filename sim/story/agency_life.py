"""Agency life: one agency of one run as plain data, its quarters, contracts, events, money and purchasers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from sim.declarations.accounts import Party, Purpose
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.events_and_causes import Event
from sim.story.run_tables import Row, RunTables, rows

_NO_INCOME = frozenset(
    one.label for one in (Purpose.OPENING, Purpose.FOUNDING, Purpose.SUPPORT, Purpose.LOAN, Purpose.CAPITAL)
)
"""What an agency is paid that it did not earn: capital, and what it must pay back."""
_HELD = ("running", "completed", "broken")


@dataclass(frozen=True)
class AgencyLife:
    """What a run says of one agency; rows are as in the tables, quarters are `Quarter`.

    Attributes
    ----------
    name : str
        Its name.
    where : str
        Label of the point.
    replication, seed : int
        Which run.
    start : Quarter
        First quarter of the run.
    quarters : int
        Length of the run.
    states : tuple of Row
        Rows of `agencies`, one for each quarter at whose end it was at work.
    contracts, lost : tuple of Row
        Rows of `contracts` that it held, and of lots that it had held before and another agency won.
    bids : tuple of (Row, Row)
        Rows of `bids` that it made, each with the lot's row of `contracts`.
    events : tuple of Row
        Rows of `events` that are about it, or name it as the other agency, in the order in which they happened.
    purchaser_events : tuple of Row
        Rows of `events` of the governments that bought from it and those of its home, which are about no agency.
    paid, spent : tuple of Row
        Rows of `money` in which it is paid, and in which it pays.
    policy : tuple of Row
        Rows of `policy` of the same governments.
    """

    name: str
    where: str
    replication: int
    seed: int
    start: Quarter
    quarters: int
    states: tuple[Row, ...]
    contracts: tuple[Row, ...]
    lost: tuple[Row, ...]
    bids: tuple[tuple[Row, Row], ...]
    events: tuple[Row, ...]
    purchaser_events: tuple[Row, ...]
    paid: tuple[Row, ...]
    spent: tuple[Row, ...]
    policy: tuple[Row, ...]

    @property
    def last(self) -> Quarter:
        """Last quarter of the run."""
        return self.start + (self.quarters - 1)

    @cached_property
    def own_events(self) -> tuple[Row, ...]:
        """Events that are about it."""
        return tuple(row for row in self.events if row["agency"] == self.name)

    def of_kind(self, *kinds: Event) -> list[Row]:
        """Its own events of some kinds, in order."""
        return [row for row in self.own_events if row["event"] in {kind.label for kind in kinds}]

    @property
    def founded(self) -> Quarter:
        """Quarter of its founding, which may lie before the run."""
        if self.states:
            return self.start + int(self.states[0]["founded"])
        found: Quarter = self.own_events[0]["quarter"]
        return found

    @property
    def closing(self) -> Row | None:
        """The event of its closing; None where it was on the register when the run ended."""
        found = self.of_kind(Event.CLOSED)
        return found[-1] if found else None

    @property
    def end(self) -> Quarter:
        """Quarter of its closing, or the last of the run."""
        closing = self.closing
        return self.last if closing is None else closing["quarter"]

    def state_of(self, quarter: Quarter) -> Row | None:
        """Its row of a quarter; None where it was not at work at its end."""
        return self._by_quarter.get(quarter)

    @cached_property
    def _by_quarter(self) -> dict[Quarter, Row]:
        return {row["quarter"]: row for row in self.states}

    @cached_property
    def income(self) -> tuple[Row, ...]:
        """Rows in which it is paid what counts as income."""
        return tuple(row for row in self.paid if is_income(row))

    @cached_property
    def capital_and_credit(self) -> tuple[Row, ...]:
        """Rows in which it is paid anything else: capital, advances and loans."""
        return tuple(row for row in self.paid if not is_income(row))

    def contract_end(self, contract: Row) -> Quarter:
        """First quarter after a contract: as agreed, or the one in which the agency closed or fell dormant."""
        agreed = self.start + int(contract["ends"])
        if contract["status"] != "broken":
            return agreed
        stops = [row["quarter"] for row in self.of_kind(Event.CLOSED, Event.DORMANT)]
        return min([agreed, *(each for each in stops if each >= contract["quarter"])])


def is_income(payment: Row) -> bool:
    """Whether a payment to an agency is income; the cash that a college gives at founding is.

    >>> is_income({"purpose": "contract", "payer_kind": "government"})
    True
    >>> [is_income({"purpose": "founding", "payer_kind": payer}) for payer in ("education", "households")]
    [True, False]
    """
    if payment["purpose"] == Purpose.FOUNDING.label:
        return bool(payment["payer_kind"] == Party.EDUCATION.label)
    return payment["purpose"] not in _NO_INCOME


def read_life(run: RunTables, name: str, where: str, seed: int) -> AgencyLife:
    """Read the life of an agency that exists in a run.

    Parameters
    ----------
    run : RunTables
        The run.
    name : str
        Name of the agency, as in the tables.
    where : str
        Label of the point.
    seed : int
        Seed of the run.

    Raises
    ------
    StoreError
        If a file of the folder is damaged.
    """
    start, quarters = run.calendar
    its, lots = pc.field("agency") == name, pc.field("incumbent") == name
    agency = Party.AGENCY.label
    states = _rows(run.table("agencies", its))
    contracts = _rows(run.table("contracts", its | lots))
    held = tuple(row for row in contracts if row["agency"] == name and row["status"] in _HELD)
    governments = _governments(states, held)
    of_them = pc.field("agency").is_null() & _is_one_of("government", governments)
    other = (pc.field("other") == name) & (pc.field("party") == agency)
    events = _rows(run.table("events", its | other | (of_them & (pc.field("event") == Event.REORGANISED.label))))
    paid = (pc.field("payee") == name) & (pc.field("payee_kind") == agency)
    spent = (pc.field("payer") == name) & (pc.field("payer_kind") == agency)
    money = _rows(run.table("money", paid | spent))
    return AgencyLife(
        name,
        where,
        run.replication,
        seed,
        start,
        quarters,
        states,
        held,
        tuple(row for row in contracts if row["incumbent"] == name and row["agency"] != name),
        _bids(run, its),
        tuple(row for row in events if name in (row["agency"], row["other"])),
        tuple(row for row in events if row["agency"] is None and row["event"] == Event.REORGANISED.label),
        tuple(row for row in money if row["payee"] == name and row["payee_kind"] == agency),
        tuple(row for row in money if row["payer"] == name and row["payer_kind"] == agency),
        _rows(run.table("policy", _is_one_of("jurisdiction", governments))),
    )


def _bids(run: RunTables, its: pc.Expression) -> tuple[tuple[Row, Row], ...]:
    """Bids of an agency with their lots."""
    bids = _rows(run.table("bids", its))
    numbers = sorted({row["contract"] for row in bids})
    lots = {row["contract"]: row for row in _rows(run.table("contracts", pc.field("contract").isin(numbers)))}
    return tuple((row, lots[row["contract"]]) for row in bids if row["contract"] in lots)


def _governments(states: Sequence[Row], contracts: Sequence[Row]) -> list[str]:
    """Governments that buy from an agency, and those of its home, which might."""
    found = [row["government"] for row in contracts] + [
        row[name] for row in states[:1] for name in ("district", "city")
    ]
    return list(dict.fromkeys(name for name in found if name))


def _is_one_of(column: str, names: Sequence[str]) -> pc.Expression:
    """A condition on a column of names, which Arrow keeps as codes; it compares these with one name only."""
    found = pc.scalar(False)
    for name in names:
        found = found | (pc.field(column) == name)
    return found


def _rows(table: pa.Table) -> tuple[Row, ...]:
    return tuple(_dated(rows(table)))


def _dated(found: Iterable[Row]) -> Iterable[Row]:
    """Rows with their quarters as such, each made once."""
    known: dict[str, Quarter] = {}
    for row in found:
        text = row["quarter"]
        if text not in known:
            known[text] = Quarter.parse(text)
        yield row | {"quarter": known[text]}
