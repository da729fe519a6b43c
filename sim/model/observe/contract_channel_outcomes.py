"""Contract channel outcomes: planned staffing, and agencies that live on the fund or on districts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.agency_sums import Sum
from sim.model.observe.ratios_and_units import ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers

ALONE = 0.95
"""Share of contract income from which on an agency lives on one channel alone."""


@rule
def add_contract_channels(sums: Numbers, agency: AgencyRow) -> None:
    """Add an active agency's hours planned, and on which channel it lives."""
    sums[Sum.PLANNED] += agency.planned
    sums[Sum.COMMITTED] += agency.committed
    fund = float(agency.income_special_fund)
    income = fund + agency.income_district_contracts + agency.income_institutions
    if agency.contracts == 0 or income <= 0.0:
        return
    sums[Sum.WITH_CONTRACTS] += 1
    sums[Sum.FUND_ALONE] += 1 if fund >= ALONE * income else 0
    sums[Sum.DISTRICTS_ALONE] += 1 if fund <= (1.0 - ALONE) * income else 0


@rule
def write_contract_channels(row: SectorRow, sums: Numbers) -> None:
    """Set planned staffing and the shares of agencies that live on one channel alone."""
    row.planned_staffing = ratio(sums[Sum.PLANNED], sums[Sum.COMMITTED])
    row.fund_alone = ratio(sums[Sum.FUND_ALONE], sums[Sum.WITH_CONTRACTS])
    row.districts_alone = ratio(sums[Sum.DISTRICTS_ALONE], sums[Sum.WITH_CONTRACTS])
