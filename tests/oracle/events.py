"""Events and their causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.declarations.events_and_causes import Cause, Event

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


@dataclass(frozen=True)
class EventRecord:
    """One event, with the cash, debts and contracts of the agency at that moment."""

    quarter: int
    event: Event
    cause: Cause
    agency: int
    government: int
    party: int
    other: int
    amount: int
    persons: int
    cash: int
    overdue_income: int
    overdue_wages: int
    contracts: int
    idle_quarters: int
    source: int


def record(
    model: Sector,
    event: Event,
    cause: Cause,
    agency: Agency | None,
    government: Government,
    other: Any = None,
    amount: int = 0,
    persons: int = 0,
    source: int = -1,
) -> None:
    """Record one event; `other` is the other party, if any."""
    model.events.append(
        EventRecord(
            model.quarter,
            event,
            cause,
            agency.index if agency else -1,
            government.index,
            other.party if other else -1,
            other.index if other else -1,
            amount,
            persons,
            agency.cash if agency else 0,
            agency.overdue_income if agency else 0,
            agency.overdue_wages if agency else 0,
            agency.contracts if agency else 0,
            agency.idle_quarters if agency else 0,
            source,
        )
    )
