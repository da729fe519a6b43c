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
def add_firm_return(sums: Numbers, agency: AgencyRow) -> None:
    """Add income and cost of a firm at work."""
    if agency.kind == Kind.FOR_PROFIT and agency.contracts > 0:
        sums[Sum.FIRM_INCOME] += agency.income
        sums[Sum.FIRM_COST] += agency.cost


@rule
def write_for_profits(row: SectorRow, sums: Numbers) -> None:
    """Set owners' money and the return of firms."""
    row.owners_money_in = sums[Sum.OWNERS_IN] / FEN
    row.owners_money_out = sums[Sum.OWNERS_OUT] / FEN
    row.firm_return = ratio(sums[Sum.FIRM_INCOME] - sums[Sum.FIRM_COST], sums[Sum.FIRM_INCOME])
