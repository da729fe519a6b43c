"""Lending: bridging loans against what purchasers owe, and advances in an emergency; both are paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from tests.oracle.events import record
from tests.oracle.money import pay_part, transfer

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector


def borrow(model: Sector, agency: Agency, costs: int) -> None:
    """Interest; what exceeds the limit goes back; what is missing for costs and debts is drawn, up to the limit."""
    rules = model.rules
    lenders = model.outside[Party.HOUSEHOLDS]
    interest = round(rules.credit_interest * agency.loan)
    agency.loan += interest - pay_part(model, agency, lenders, Purpose.INTEREST, interest)
    limit = int(min(rules.credit_dues * agency.receivable, rules.credit_months * agency.monthly_cost(agency.staff)))
    pay_back_loan(model, agency, min(agency.loan - limit, agency.cash))
    drawn = min(limit - agency.loan, costs + agency.debts - agency.cash)
    if drawn > 0:
        transfer(model, lenders, agency, Purpose.LOAN, drawn)
        agency.loan += drawn


def pay_back_loan(model: Sector, agency: Agency, amount: int) -> None:
    if amount > 0:
        transfer(model, agency, model.outside[Party.HOUSEHOLDS], Purpose.LOAN_REPAID, amount)
        agency.loan -= amount


def pay_back_loan_from_surplus(model: Sector, agency: Agency) -> None:
    """What is left beyond debts and half a month's cost."""
    spare = agency.cash - agency.debts - round(0.5 * agency.monthly_cost(agency.staff))
    pay_back_loan(model, agency, min(agency.loan, spare))


def repay_advance(model: Sector, agency: Agency) -> None:
    """Pay back what can be spared of an advance."""
    if agency.advance > 0:
        if agency.lender.party == Party.AGENCY and agency.lender.closed >= 0:
            agency.advance = 0
        else:
            kept = round(model.rules.closing_support_kept * agency.monthly_cost(agency.staff))
            pay_back_advance(model, agency, agency.cash - agency.debts - kept)
            if agency.advance == 0:
                lender = agency.lender
                record(model, Event.REPAID, Cause.RECOVERED, agency, agency.district, lender, persons=agency.staff)


def consider_advance(model: Sector, agency: Agency) -> None:
    """Who owes something, has work, and neither has an advance nor lately had one may ask for it."""
    rested = agency.last_advance < 0 or model.quarter - agency.last_advance >= model.rules.closing_support_gap
    if agency.contracts > 0 and agency.advance == 0 and agency.debts > 0 and rested:
        ask_for_advance(model, agency)


def pay_back_advance(model: Sector, agency: Agency, spare: int) -> None:
    amount = max(min(agency.advance, spare), 0)
    transfer(model, agency, agency.lender, Purpose.REPAYMENT, amount)
    agency.advance -= amount
    agency.repaid += amount


def ask_for_advance(model: Sector, agency: Agency) -> None:
    """The first of association, sister, sponsor and college that has money lends."""
    wanted = min(agency.debts, round(model.rules.closing_support_months * agency.wage * max(agency.staff, 1)))
    if wanted <= 0:
        return
    for lender in (agency.association, agency.sister, agency.sponsor, agency.college):
        amount = min(wanted, money_to_lend(lender)) if lender else 0
        if amount > 0:
            lend(model, agency, lender, amount)
            return


def money_to_lend(lender: Any) -> int:
    """All that it has; of a sister, what is above the reserve that she wants."""
    if lender.party != Party.AGENCY:
        return lender.cash
    months = lender.months_of_reserve() if lender.active else 0.0
    if not lender.active or months <= lender.reserve_target:
        return 0
    return int(lender.cash * (1.0 - lender.reserve_target / months))


def lend(model: Sector, agency: Agency, lender: Any, amount: int) -> None:
    """The agency pays wages, then bills with it."""
    record(model, Event.SUPPORTED, Cause.CASH_SHORT, agency, agency.district, lender, amount, agency.staff)
    transfer(model, lender, agency, Purpose.SUPPORT, amount)
    if lender is agency.association:
        lender.support += amount
    agency.support += amount
    agency.advance, agency.lender, agency.last_advance = amount, lender, model.quarter
    pay_debts(model, agency)


def pay_debts(model: Sector, agency: Agency) -> None:
    """Wages owed, then bills."""
    households, suppliers = model.outside[Party.HOUSEHOLDS], model.outside[Party.SUPPLIERS]
    agency.overdue_wages -= pay_part(model, agency, households, Purpose.WAGES, agency.overdue_wages)
    agency.overdue_bills -= pay_part(model, agency, suppliers, Purpose.OVERHEAD, agency.overdue_bills)


def repay_at_the_end(model: Sector, agency: Agency) -> None:
    """What cash there is when an agency closes goes to lenders; the rest is their loss."""
    pay_back_loan(model, agency, min(agency.loan, agency.cash))
    if agency.advance > 0 and not (agency.lender.party == Party.AGENCY and agency.lender.closed >= 0):
        pay_back_advance(model, agency, agency.cash)
