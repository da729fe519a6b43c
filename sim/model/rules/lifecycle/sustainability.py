"""Sustainability of an agency: reserves, lines of income and size, and what is reported beside them."""

from __future__ import annotations

from math import exp, isnan, log, sqrt
from typing import TYPE_CHECKING

from sim.declarations.income_sources import OTHER_SOURCES
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.model.rules.ledger.income_accounts import annual_income
from sim.model.rules.shared.agency_capacity_and_unit_cost import cost_per_person, months_of_reserves

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World

YEAR_SPEED = 0.25
"""Part of the gap that a running mean over about a year closes in a quarter."""


@rule
def update_year_means(world: World, a: int) -> None:
    """Move the running means of reserves, lines of income and staff; the first value of each is what it finds."""
    agency = world.agencies[a]
    agency.reserve_months = months_of_reserves(world, agency) if agency.staff > 0 else 0.0
    agency.lines = lines_of_income(world, a)
    agency.reserve_year = moved_mean(agency.reserve_year, agency.reserve_months)
    agency.line_mean = moved_mean(agency.line_mean, float(agency.lines))
    agency.staff_mean = moved_mean(agency.staff_mean, float(agency.staff))


@rule
def moved_mean(mean: float, value: float) -> float:
    """Running mean a quarter later; the value itself where there was none.

    Parameters
    ----------
    mean : float
        Not a number before the first value.
    value : float
        This quarter's.
    """
    return value if isnan(mean) else mean + YEAR_SPEED * (value - mean)


@rule
def lines_of_income(world: World, a: int) -> int:
    """Separate lines of income: running contracts, and other sources that gave a person's cost in four quarters."""
    agency = world.agencies[a]
    lines = agency.contracts
    person = 4.0 * cost_per_person(world, agency)
    for source in OTHER_SOURCES:
        if annual_income(world, a, source) >= person:
            lines += 1
    return int(lines)


@rule
def measure_sustainability(world: World, agency: AgencyRow) -> None:
    """Sustainability: less can stop an agency with each month of reserve, separate line of income and colleague.

    Reported beside it, and no parts of it: steadiness of income, staff who stay, and next year's cost under contract.
    """
    rules = world.rules[0]
    unbridged = rules.sustainability_bridge / (rules.sustainability_bridge + max(agency.reserve_year, 0.0))
    lost = agency.line_mean * log(rules.sustainability_loss) - rules.sustainability_size * log(1.0 + agency.staff_mean)
    agency.sustainability = 1.0 - unbridged * exp(lost)
    varying = sqrt(agency.income_variance) / agency.income_mean if agency.income_mean > 0 else 1.0
    agency.stability = 1.0 / (1.0 + varying)
    agency.retention = min(max(1.0 - agency.turnover, 0.0), 1.0)
    agency.contract_cover = min(contracted_income(world, agency) / max(4.0 * agency.cost, 1.0), 1.0)


@rule
def update_best_member(world: World, agency: AgencyRow) -> None:
    """Record the most sustainable member of each association this quarter: others may imitate it."""
    if agency.association < 0:
        return
    association = world.associations[agency.association]
    quarter = world.clock[0].quarter
    first = association.best_quarter != quarter
    if first or agency.sustainability > world.agencies[association.best].sustainability:
        association.best = agency.index
        association.best_quarter = quarter


@rule
def contracted_income(world: World, agency: AgencyRow) -> float:
    """Income under contract in the next four quarters, fen."""
    clock = world.clock[0]
    total = 0.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            total += contract.price / 4.0 * min(contract.ends - clock.quarter - 1, 4)
        k = contract.next_of_agency
    return total
