"""Owners' money: what investors put into a firm when it is founded or short of money, and what they take out of it.

Capital stays in the firm: only profits are paid out, and only beyond a reserve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.engine.arithmetic import to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.payment.wages_and_costs import pay_debts
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    monthly_cost,
    months_of_reserves,
    own_reserve,
    unpaid_debts,
)

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def bring_in_owners_money(world: World, agency: AgencyRow, purpose: int, amount: int) -> None:
    """Move money, fen above or at zero, from owners to their firm."""
    transfer(world, world.externals[Party.OWNERS], agency, purpose, -1, amount)
    agency.capital += amount
    agency.owners_in += amount


@rule
def take_out_owners_money(world: World, agency: AgencyRow, purpose: int, amount: int) -> None:
    """Move money, fen above or at zero, from a firm to its owners."""
    transfer(world, agency, world.externals[Party.OWNERS], purpose, -1, amount)
    agency.drawn += amount
    agency.owners_out += amount


@rule
def invest(world: World, a: int) -> None:
    """Let owners add what a firm with contracts lacks for its debts and a month's cost, up to their limit.

    Who took out more than was brought in may add no more than the limit for that.
    """
    agency = world.agencies[a]
    if agency.contracts == 0:
        return
    missing = unpaid_debts(agency) + to_fen(monthly_cost(world, agency, agency.staff)) - agency.cash
    room = to_fen_down(world.rules[0].founding_firm_limit) - max(agency.capital - agency.drawn, 0)
    amount = min(missing, room)
    if amount > 0:
        bring_in_owners_money(world, agency, Purpose.CAPITAL, amount)
        record_event(world, Event.INVESTED, Cause.CASH_SHORT, a, agency.district, Party.OWNERS, 0, amount, agency.staff)
        pay_debts(world, agency)


@rule
def pay_dividends(world: World, a: int) -> None:
    """Count quarters with a return below the hurdle, and pay a dividend.

    The dividend is the cash above the reserve, as far as it is profit and not capital, at most the district's cap on
    the quarter's income.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    earned = agency.income - agency.cost
    agency.low_return_quarters = agency.low_return_quarters + 1 if earned < rules.founding_hurdle * agency.cost else 0
    months = months_of_reserves(world, agency)
    if agency.staff > 0 and months > rules.closing_dividend_reserve:
        dividend = to_fen_down(agency.cash * (1.0 - rules.closing_dividend_reserve / months))
        reserve = own_reserve(world, agency, world.clock[0].quarter + 1)
        dividend = min(dividend, max(reserve - agency.capital, 0))
        cap = world.governments[agency.district].for_profits_profit_cap
        if cap < 1.0 and not agency.guise:
            dividend = min(dividend, to_fen_down(cap * agency.income))
        take_out_owners_money(world, agency, Purpose.DIVIDEND, dividend)
