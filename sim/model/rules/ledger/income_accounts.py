"""Income accounts of agencies: income by source and by purchaser over the last four quarters, and its concentration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.income_sources import PUBLIC_SOURCES, SOURCES, Source
from sim.engine.arithmetic import squared
from sim.engine.compilation import rule
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World

MINIMUM_SOURCE_SHARE = 0.05
"""Share of a year's income from which on a source counts as one of an agency's sources."""


@rule
def record_income_from_purchaser(world: World, a: int, purchaser: int, amount: int) -> None:
    """Add income from a purchaser, fen, to the agency's tie with it.

    Parameters
    ----------
    a : int
        Index of the agency.
    purchaser : int
        Purchaser number.
    amount : int
        Fen.
    """
    tie = world.ties[ensure_tie(world, a, purchaser)]
    tie.income[world.clock[0].season] += amount
    tie.income_year += amount


@rule
def record_income(world: World, a: int, source: int, amount: int) -> None:
    """Add income of a quarter, fen, to an agency's accounts by source.

    Parameters
    ----------
    a : int
        Index of the agency.
    source : Source
        Source of the income.
    amount : int
        Fen.
    """
    world.incomes[a, world.clock[0].season, source] += amount
    agency = world.agencies[a]
    agency.income += amount
    agency.income_year += amount


@rule
def roll_annual_income(world: World, city: CityRow) -> None:
    """Start a quarter: take the same quarter of last year out of every four-quarter sum."""
    season = world.clock[0].season
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.income_year -= world.incomes[a, season].sum()
        world.incomes[a, season] = 0
        tie = agency.first_tie
        while tie >= 0:
            world.ties[tie].income_year -= world.ties[tie].income[season]
            world.ties[tie].income[season] = 0
            tie = world.ties[tie].next


@rule
def annual_income(world: World, a: int, source: int) -> int:
    """Income of an agency from one source over the last four quarters, fen."""
    year = world.incomes[a]
    return int(year[0, source] + year[1, source] + year[2, source] + year[3, source])


@rule
def measure_source_concentration(world: World, a: int) -> None:
    """Count the sources that give a minimum share of income, and sum the squared shares (Herfindahl index)."""
    agency = world.agencies[a]
    agency.sources = 0
    agency.source_concentration = 0.0
    if agency.income_year <= 0:
        return
    for source in range(SOURCES):
        share = annual_income(world, a, source) / agency.income_year
        agency.source_concentration += squared(share)
        agency.sources += 1 if share >= MINIMUM_SOURCE_SHARE else 0


@rule
def summarise_annual_income(world: World, a: int) -> None:
    """Sum the year's income by source; compute the public share and the concentration over payers (Herfindahl index).

    Fees come from many clients, so they count as income without a large payer.
    """
    agency = world.agencies[a]
    agency.income_district_contracts = annual_income(world, a, Source.DISTRICT_CONTRACTS)
    agency.income_special_fund = annual_income(world, a, Source.SPECIAL_FUND)
    agency.income_sponsorship = annual_income(world, a, Source.SPONSORSHIP)
    agency.income_fees = annual_income(world, a, Source.FEES)
    agency.income_college = annual_income(world, a, Source.COLLEGE)
    agency.income_donations = annual_income(world, a, Source.DONATIONS)
    agency.income_institutions = annual_income(world, a, Source.INSTITUTIONS)
    agency.income_grants = annual_income(world, a, Source.GRANTS)
    agency.income_commissions = annual_income(world, a, Source.COMMISSIONS)
    measure_source_concentration(world, a)
    if agency.income_year <= 0:
        agency.government_share = 0.0
        agency.concentration = 0.0
        return
    public = 0
    for source in PUBLIC_SOURCES:
        public += annual_income(world, a, source)
    total = agency.income_year
    agency.government_share = public / total
    squares = squared(agency.income_sponsorship / total) + squared(agency.income_college / total)
    tie = agency.first_tie
    while tie >= 0:
        squares += squared(world.ties[tie].income_year / total)
        tie = world.ties[tie].next
    agency.concentration = squares
