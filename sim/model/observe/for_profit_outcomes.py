"""For-profit outcomes: owners' money in and out, and the return of firms at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.engine.compilation import rule
from sim.model.observe.agency_sums import Sum
from sim.model.observe.ratios_and_units import FEN, ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers


@rule
def add_owners_money(sums: Numbers, agency: AgencyRow) -> None:
    """Add what owners brought in and took out, also of firms that closed this quarter."""
    sums[Sum.OWNERS_IN] += agency.owners_in
    sums[Sum.OWNERS_OUT] += agency.owners_out


@rule
def add_firms(sums: Numbers, agency: AgencyRow) -> None:
    """Count an active firm in guise; add income and cost of a firm at work."""
    sums[Sum.FIRMS_IN_GUISE] += 1 if agency.guise else 0
    if agency.kind == Kind.FOR_PROFIT and agency.contracts > 0:
        sums[Sum.FIRM_INCOME] += agency.income
        sums[Sum.FIRM_COST] += agency.cost


@rule
def write_for_profits(row: SectorRow, sums: Numbers) -> None:
    """Set owners' money, the return of firms, and how many are in guise."""
    row.owners_money_in = sums[Sum.OWNERS_IN] / FEN
    row.owners_money_out = sums[Sum.OWNERS_OUT] / FEN
    row.firms_in_guise = sums[Sum.FIRMS_IN_GUISE]
    row.firm_return = ratio(sums[Sum.FIRM_INCOME] - sums[Sum.FIRM_COST], sums[Sum.FIRM_INCOME])
