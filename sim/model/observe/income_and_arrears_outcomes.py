"""Income and arrears outcomes of agencies: sources of income, effort, overdue income, and wages owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.income_sources import Source
from sim.engine.compilation import rule
from sim.model.observe.agency_sums import Sum
from sim.model.observe.ratios_and_units import FEN, ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Integers, Numbers


@rule
def add_income(sums: Numbers, agency: AgencyRow, incomes: Integers) -> None:
    """Add an active agency's income and effort.

    Parameters
    ----------
    sums : float array, shape (sums,)
        By `Sum`; changed in place.
    agency : row
        Active agency.
    incomes : int array, shape (sources,)
        Its income of this quarter by source, fen.
    """
    if agency.income_year > 0:
        sums[Sum.INCOME] += agency.income_year
        sums[Sum.PUBLIC] += agency.income_year * agency.government_share
        if agency.operating:
            sums[Sum.EARNING] += 1
            sums[Sum.CONCENTRATION] += agency.concentration
            sums[Sum.SOURCE_CONCENTRATION] += agency.source_concentration
            sums[Sum.THREE_SOURCES] += 1 if agency.sources >= 3 else 0
    sums[Sum.SPONSORED] += 1 if agency.sponsor >= 0 else 0
    sums[Sum.SPONSORSHIP] += incomes[Source.SPONSORSHIP]
    sums[Sum.FEES] += incomes[Source.FEES]
    sums[Sum.BIDDING] += agency.effort[Source.DISTRICT_CONTRACTS] + agency.effort[Source.SPECIAL_FUND]
    sums[Sum.BIDDING] += agency.effort[Source.INSTITUTIONS]
    sums[Sum.FUNDRAISING] += agency.effort[Source.DONATIONS]


@rule
def write_income(row: SectorRow, sums: Numbers) -> None:
    """Set outcomes of income by source and payer, and of effort."""
    row.government_share = ratio(sums[Sum.PUBLIC], sums[Sum.INCOME])
    row.concentration = ratio(sums[Sum.CONCENTRATION], sums[Sum.EARNING])
    row.source_concentration = ratio(sums[Sum.SOURCE_CONCENTRATION], sums[Sum.EARNING])
    row.three_sources = ratio(sums[Sum.THREE_SOURCES], sums[Sum.OPERATING])
    row.sponsored = ratio(sums[Sum.SPONSORED], row.agencies)
    row.sponsorship = sums[Sum.SPONSORSHIP] / FEN
    row.fees = sums[Sum.FEES] / FEN
    row.bidding_effort = ratio(sums[Sum.BIDDING], row.agencies)
    row.fundraising_effort = ratio(sums[Sum.FUNDRAISING], row.agencies)


@rule
def add_arrears(sums: Numbers, agency: AgencyRow, quarter: int) -> None:
    """Add what is overdue to an active agency, the wages that it owes, and whether it is barred."""
    sums[Sum.OVERDUE] += agency.overdue_income
    sums[Sum.OWED] += 1 if agency.overdue_income > 0 else 0
    sums[Sum.WAITING] += agency.overdue_assessment
    sums[Sum.WAGES_OWED] += agency.overdue_wages
    sums[Sum.BARRED] += 1 if agency.barred_until >= quarter else 0


@rule
def write_arrears(row: SectorRow, sums: Numbers) -> None:
    """Set overdue income and wages, and agencies barred."""
    row.overdue_income = sums[Sum.OVERDUE] / FEN
    row.agencies_overdue = ratio(sums[Sum.OWED], row.agencies)
    row.overdue_to_purchase = ratio(row.overdue_income, row.running)
    row.overdue_assessment = ratio(sums[Sum.WAITING], sums[Sum.OVERDUE])
    row.overdue_wages = sums[Sum.WAGES_OWED] / FEN
    row.agencies_barred = sums[Sum.BARRED]
