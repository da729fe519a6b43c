"""For-profit outcomes: owners' money in and out, and the return of firms at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.agency_sums import Sum
from sim.model.observe.ratios_and_units import FEN, ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers, World


@rule
def add_owners_money(sums: Numbers, agency: AgencyRow) -> None:
    """Add what owners brought in and took out, also of firms that closed this quarter."""
    sums[Sum.OWNERS_IN] += agency.owners_in
    sums[Sum.OWNERS_OUT] += agency.owners_out


@rule
def add_firms(sums: Numbers, agency: AgencyRow) -> None:
    """Count an active firm in guise."""
    sums[Sum.FIRMS_IN_GUISE] += 1 if agency.guise else 0


@rule
def write_for_profits(world: World, row: SectorRow, sums: Numbers) -> None:
    """Set owners' money, how many firms are in guise, and the return of firms, as investors see it."""
    row.owners_money_in = sums[Sum.OWNERS_IN] / FEN
    row.owners_money_out = sums[Sum.OWNERS_OUT] / FEN
    row.firms_in_guise = sums[Sum.FIRMS_IN_GUISE]
    income, cost = 0.0, 0.0
    for city in world.cities:
        income += city.firm_income
        cost += city.firm_cost
    row.firm_return = ratio(income - cost, cost)
