"""Bridging loans: founders and their acquaintances lend against what purchasers owe, because banks do not.

A loan is drawn before costs are paid, for what cash does not cover, and repaid as soon as there is money to spare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.engine.arithmetic import to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.agency_capacity_and_unit_cost import monthly_cost, unpaid_debts

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World

KEPT_MONTHS = 0.5
"""Cost that an agency keeps in hand before it repays a loan, months."""


@rule
def credit_limit(world: World, agency: AgencyRow) -> int:
    """Most that lenders leave with an agency, fen: a part of what it is owed, and so many months of its cost."""
    rules = world.rules[0]
    months = rules.credit_months * monthly_cost(world, agency, agency.staff)
    return to_fen_down(min(rules.credit_dues * agency.receivable, months))


@rule
def draw_bridging_loan(world: World, agency: AgencyRow, due: int) -> None:
    """Pay interest, repay what is above the limit, and borrow what is missing for costs and debts, up to the limit.

    Interest that cash does not cover is added to the loan.

    Parameters
    ----------
    due : int
        Costs of this quarter, fen.
    """
    lenders = world.externals[Party.HOUSEHOLDS]
    interest = to_fen(world.rules[0].credit_interest * agency.loan)
    paid = min(interest, max(agency.cash, 0))
    transfer(world, agency, lenders, Purpose.INTEREST, -1, paid)
    agency.loan += interest - paid
    limit = credit_limit(world, agency)
    repay_loan(world, agency, min(agency.loan - limit, agency.cash))
    missing = due + unpaid_debts(agency) - agency.cash
    drawn = max(min(limit - agency.loan, missing), 0)
    transfer(world, lenders, agency, Purpose.LOAN, -1, drawn)
    agency.loan += drawn


@rule
def repay_from_surplus(world: World, agency: AgencyRow) -> None:
    """After costs, repay from what is left beyond debts and half a month's cost."""
    if agency.loan > 0:
        kept = to_fen(KEPT_MONTHS * monthly_cost(world, agency, agency.staff))
        repay_loan(world, agency, min(agency.loan, agency.cash - unpaid_debts(agency) - kept))


@rule
def repay_loan(world: World, agency: AgencyRow, amount: int) -> None:
    """Repay part of a loan, fen; nothing at zero or below."""
    if amount > 0:
        transfer(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.LOAN_REPAID, -1, amount)
        agency.loan -= amount
