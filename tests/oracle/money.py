"""Money: whole fen that move from one holder to another and are recorded.

Every holder of money has `cash` and a `party`.  Parties outside the model (treasury, households, ...) may be in
debt, so all the cash there is sums to zero at every moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.contract import Contract
    from tests.oracle.oracle_model import Sector


@dataclass
class Outside:
    """A party outside the model."""

    party: Party
    cash: int = 0
    index: int = 0


@dataclass(frozen=True)
class Flow:
    """One payment; payer and payee are the holders themselves, the contract is -1 for none."""

    quarter: int
    payer: Any
    payee: Any
    purpose: Purpose
    contract: int
    amount: int


def transfer(
    model: Sector, payer: Any, payee: Any, purpose: Purpose, amount: int, contract: Contract | None = None
) -> None:
    """Move `amount` fen; nothing happens at zero or below."""
    if amount <= 0:
        return
    payer.cash -= amount
    payee.cash += amount
    number = contract.index if contract else -1
    model.flows.append(Flow(model.quarter, payer, payee, purpose, number, amount))


def pay_part(model: Sector, payer: Any, payee: Any, purpose: Purpose, bill: int) -> int:
    """Pay as much of a bill as cash covers; return the amount paid."""
    paid = min(bill, max(payer.cash, 0))
    transfer(model, payer, payee, purpose, paid)
    return paid


def take_from_owners(model: Sector, firm: Agency, purpose: Purpose, amount: int) -> None:
    """Owners' money into their firm."""
    transfer(model, model.outside[Party.OWNERS], firm, purpose, amount)
    firm.capital += amount
    firm.owners_in += amount


def give_to_owners(model: Sector, firm: Agency, purpose: Purpose, amount: int) -> None:
    """A firm's money to its owners."""
    transfer(model, firm, model.outside[Party.OWNERS], purpose, amount)
    firm.drawn += amount
    firm.owners_out += amount
