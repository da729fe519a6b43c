"""Money total: all money that a scenario brings into the model over a run, which its accounts must be able to hold."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.checks.grown_amount import GrownAmount, year_starts
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY
from sim.scenario.parameters.scenario_file import Scenario

LARGEST_TOTAL = 2**53 // FEN_PER_CNY
"""Largest sum of money that is exact to the fen, CNY; `sim.engine.arithmetic.LARGEST_FEN` in fen."""


class Inflow(NamedTuple):
    """Money from one entry of a scenario over a run: CNY, and where the entry's amount stands."""

    money: float
    path: KeyPath


def too_much_money(
    scenario: Scenario, length: int, budgets: list[GrownAmount], pools: list[GrownAmount]
) -> Iterator[Issue]:
    """More money over the run than an account can hold exactly, reported at the entry that brings most.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    length : int
        Quarters of the run.
    budgets, pools : list of GrownAmount
        Budgets of governments, and donors' pools, each within its limit.
    """
    inflows = [*yearly_inflows(scenario, length, budgets, pools), *initial_inflows(scenario)]
    total = sum(inflow.money for inflow in inflows)
    if total > LARGEST_TOTAL:
        largest = max(inflows, key=lambda inflow: inflow.money)
        what = (
            f"all money of the run together is {total:.3g} CNY, of which this brings {largest.money:.3g}: above "
            f"{LARGEST_TOTAL:,} CNY sums are not exact"
        )
        yield Issue(largest.path, what, "expected smaller amounts, lower counts or a shorter run")


def yearly_inflows(
    scenario: Scenario, length: int, budgets: list[GrownAmount], pools: list[GrownAmount]
) -> Iterator[Inflow]:
    """Budgets, donations, sponsorship and colleges' funds of all years."""
    years = year_starts(scenario.start, length)
    for amount in (*budgets, *pools):
        yield Inflow(amount.count * sum(amount.amounts[n] for n in years), amount.paths[0])
    for name, sponsor in scenario.sponsors.items():
        count = sponsor.count * scenario.cities[sponsor.city].count
        yield Inflow(count * sponsor.budget * len(years), ("sponsors", name, "budget"))
    for name, college in scenario.colleges.items():
        count = scenario.cities[college.city].count
        yield Inflow(count * college.emergency * len(years), ("colleges", name, "emergency"))


def initial_inflows(scenario: Scenario) -> Iterator[Inflow]:
    """Money that agencies and associations begin with, on average."""
    most = max(city.count * district.count for city in scenario.cities.values() for district in city.districts.values())
    for name, group in scenario.generated.items():
        yield Inflow(group.count * group.cash * exp(0.5 * group.cash_spread**2), ("generated", name, "cash"))
    for section, entries in (("agencies", scenario.agencies), ("associations", scenario.associations)):
        for name, entry in entries.items():
            yield Inflow(most * entry.cash, (section, name, "cash"))


def copies(scenario: Scenario, path: KeyPath) -> int:
    """Number of governments, or pools, that an entry below a city makes."""
    city = scenario.cities[str(path[1])]
    return city.count * (city.districts[str(path[3])].count if "districts" in path[2:3] else 1)
