"""Money: whole fen that move from one holder to another and are written down.

Whoever holds money has `cash` and a `party`.  Parties outside the model (treasury, households, ...) may be in
debt, so all the cash there is sums to zero at every moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose

if TYPE_CHECKING:
    from tests.oracle.model import Sector


@dataclass
class Outside:
    """A party outside the model."""

    party: Party
    cash: int = 0
    index: int = 0


@dataclass(frozen=True)
class Flow:
    """One payment."""

    quarter: int
    payer: Party
    payee: Party
    purpose: Purpose
    amount: int


def transfer(model: Sector, payer: Any, payee: Any, purpose: Purpose, amount: int) -> None:
    """Move `amount` fen; nothing happens at zero or below."""
    if amount <= 0:
        return
    payer.cash -= amount
    payee.cash += amount
    model.flows.append(Flow(model.quarter, payer.party, payee.party, purpose, amount))


def pay_part(model: Sector, payer: Any, payee: Any, purpose: Purpose, bill: int) -> int:
    """Pay as much of a bill as there is money for; return what was paid."""
    paid = min(bill, max(payer.cash, 0))
    transfer(model, payer, payee, purpose, paid)
    return paid
