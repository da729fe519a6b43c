"""For-profit dividends: what is paid to owners, and quarters with a return below the owners' hurdle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves

if TYPE_CHECKING:
    from sim.model.state.world import World


@rule
def pay_dividends(world: World, a: int) -> None:
    """Count quarters with a return below the hurdle, and pay a dividend.

    The dividend is the cash above the reserve, at most the district's cap on the quarter's income.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    earned = agency.income - agency.cost
    agency.low_return_quarters = agency.low_return_quarters + 1 if earned < rules.founding_hurdle * agency.cost else 0
    months = months_of_reserves(world, agency)
    if agency.staff > 0 and months > rules.closing_dividend_reserve:
        dividend = to_fen_down(agency.cash * (1.0 - rules.closing_dividend_reserve / months))
        cap = world.governments[agency.district].for_profits_profit_cap
        if cap < 1.0:
            dividend = min(dividend, to_fen_down(cap * agency.income))
        transfer(world, agency, world.externals[Party.OWNERS], Purpose.DIVIDEND, -1, dividend)
