"""Transfers of money and events of a run, recorded as they happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.arithmetic import LARGEST_FEN, TOO_LARGE, AmountError
from sim.engine.compilation import rule
from sim.model.state.row_adding import add_event, add_flow

if TYPE_CHECKING:
    from sim.model.state.row_types import AccountRow
    from sim.model.state.world import World


@rule
def transfer(world: World, payer: AccountRow, payee: AccountRow, purpose: int, contract: int, amount: int) -> None:
    """Move `amount` fen from one account to another; record the flow where the ledger is kept.

    Parameters
    ----------
    payer, payee : row
        Any rows with `cash` and `account`.
    purpose : Purpose
        What the money is for.
    contract : int
        Index of the contract that it belongs to; -1 for none.
    amount : int
        Fen; nothing happens at zero or below.

    Raises
    ------
    AmountError
        If an account would then hold, or owe, more than is exact to the fen.
    """
    if amount <= 0:
        return
    payer.cash -= amount
    payee.cash += amount
    if max(amount, abs(payer.cash), abs(payee.cash)) > LARGEST_FEN:
        world.clock[0].full_code = purpose
        raise AmountError(TOO_LARGE)
    if world.clock[0].detailed:
        # A rule of its own: `transfer` is compiled once for each pair of kinds of rows, this once.
        record_flow(world, payer.account, payee.account, purpose, contract, amount)


@rule
def record_flow(world: World, payer: int, payee: int, purpose: int, contract: int, amount: int) -> None:
    """Write one flow between two accounts in the ledger.

    Parameters
    ----------
    payer, payee : int
        Accounts.
    purpose : Purpose
        What the money is for.
    contract : int
        Index of the contract; -1 for none.
    amount : int
        Fen.
    """
    row = world.flows[add_flow(world, purpose)]
    row.quarter = world.clock[0].quarter
    row.payer = payer
    row.payee = payee
    row.purpose = purpose
    row.contract = contract
    row.amount = amount


@rule
def record_event(
    world: World,
    event: int,
    cause: int,
    a: int,
    government: int,
    party: int,
    other: int,
    amount: int,
    persons: int,
) -> None:
    """Record one event, with the agency's cash, debts and contracts at that moment.

    Parameters
    ----------
    event, cause : Event, Cause
        What happened and why.
    a : int
        Index of the agency; -1 where none was founded.
    government : int
        Index of the district government.
    party, other : int
        Kind (`sim.declarations.accounts.Party`) and index of the other party; -1 for none.
    amount : int
        Fen.
    persons : int
        People.
    """
    row = world.events[add_event(world, event)]
    row.quarter = world.clock[0].quarter
    row.event = event
    row.cause = cause
    row.agency = a
    row.government = government
    row.party = party
    row.other = other
    row.amount = amount
    row.persons = persons
    row.source = -1
    if a >= 0:
        agency = world.agencies[a]
        row.cash = agency.cash
        row.overdue_income = agency.overdue_income
        row.overdue_wages = agency.overdue_wages
        row.contracts = agency.contracts
        row.idle_quarters = agency.idle_quarters
    else:
        row.cash = 0
        row.overdue_income = 0
        row.overdue_wages = 0
        row.contracts = 0
        row.idle_quarters = 0
