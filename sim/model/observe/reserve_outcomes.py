"""Reserve outcomes of agencies: who is in debt, who holds more than a year, and what the sector holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.agency_sums import Sum
from sim.model.observe.ratios_and_units import FEN, ratio
from sim.model.rules.shared.agency_capacity_and_unit_cost import money_after_debts

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers

MONTHS_OF_A_YEAR = 12.0
"""Reserve above which an agency counts as holding more than a year's cost, months."""


@rule
def add_reserves(sums: Numbers, agency: AgencyRow) -> None:
    """Add an active agency's money, and count it where it is in debt or holds more than a year's cost."""
    money = money_after_debts(agency)
    sums[Sum.MONEY] += money
    sums[Sum.IN_DEBT] += 1 if money < 0 else 0
    sums[Sum.ABOVE_A_YEAR] += 1 if agency.reserve_months > MONTHS_OF_A_YEAR else 0
    sums[Sum.OWN_POSTS] += agency.own_posts
    sums[Sum.ADVANCES] += agency.support
    sums[Sum.LOANS] += agency.loan


@rule
def add_lenders_accounts(sums: Numbers, agency: AgencyRow, quarter: int) -> None:
    """Add what an agency repaid this quarter, and what its lenders lost where it closed."""
    sums[Sum.ADVANCES_REPAID] += agency.repaid
    if agency.closed == quarter:
        sums[Sum.ADVANCES_LOST] += agency.advance
        sums[Sum.LOANS_LOST] += agency.loan


@rule
def write_reserves(row: SectorRow, sums: Numbers) -> None:
    """Set shares of agencies by reserve, the sector's reserve, and own posts."""
    row.agencies_in_debt = ratio(sums[Sum.IN_DEBT], row.agencies)
    row.reserves_above_year = ratio(sums[Sum.ABOVE_A_YEAR], row.agencies)
    row.reserves_to_cost = ratio(sums[Sum.MONEY], 4.0 * sums[Sum.COST])
    row.own_posts = sums[Sum.OWN_POSTS]
    row.advances = sums[Sum.ADVANCES] / FEN
    row.advances_repaid = sums[Sum.ADVANCES_REPAID] / FEN
    row.advances_lost = sums[Sum.ADVANCES_LOST] / FEN
    row.loans = sums[Sum.LOANS] / FEN
    row.loans_lost = sums[Sum.LOANS_LOST] / FEN
