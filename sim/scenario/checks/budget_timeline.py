"""Budget timeline: the yearly budget of a government with its growth, as far as the scenario alone decides it.

The economy and the pressure of unmet need come on top, and what triggers do depends on the run.  The rules are those of
`sim.model.rules.budget_growth`: a budget is set at the start of a year, each level grows by itself from the first year
for which it holds, and a ramp goes from the grown budget to the one that it reaches.  Ceilings are left out: what is
computed here is never too low.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.declarations.calendar_quarter import Quarter
from sim.scenario.checks.lever_timeline import DatedChange, change_in_force, dated_changes, ramps_from, value_of
from sim.scenario.checks.purchasing_channel_checks import Purchasing
from sim.scenario.parameters.scenario_file import City, Scenario

BUDGET = "procurement.budget"
"""Lever that is the yearly budget."""


class GrowingLevels:
    """Levels of a yearly budget, each with its growth.

    Parameters
    ----------
    changes : list of DatedChange
        What policies do to the budget.
    base : float
        Budget at the start, CNY.
    """

    def __init__(self, changes: list[DatedChange], base: float) -> None:
        self.changes = changes
        self.base = base
        self.growth = [1.0] * len(changes)
        self.base_growth = 1.0
        self.starts: dict[int, float] = {}

    def start_ramps(self, quarter: int) -> None:
        """Note the grown budget from which each ramp goes that moves from a quarter on."""
        for n in ramps_from(self.changes, quarter):
            first = self.changes[n].first
            self.starts[n] = self.grown(change_in_force(self.changes, first, lasting=True), first)

    def grow(self, quarter: int, rate: float) -> None:
        """Let the levels that are in force grow when budgets are set, at a yearly rate."""
        self.base_growth = 1.0 if quarter == 0 else self.base_growth * (1.0 + rate)
        for n, change in enumerate(self.changes):
            if change.is_in_force(quarter):
                begun = change.last if change.policy.ramp else change.first
                first_year = quarter == 0 or begun > max(quarter - 4, 0)
                self.growth[n] = 1.0 if first_year else self.growth[n] * (1.0 + rate)

    def grown(self, n: int, quarter: int) -> float:
        """Budget of a level (-1 for that of the start) with its growth; that of a ramp grows once it is at its end."""
        if n < 0:
            return self.base * self.base_growth
        change = self.changes[n]
        if change.policy.ramp and quarter < change.last:
            return value_of(change, self.starts.get(n, self.base), quarter)
        return change.value * self.growth[n]


def grown_budgets(scenario: Scenario, purchasing: Purchasing, rates: Sequence[float], years: list[int]) -> list[float]:
    """Budget that is set at the start of each year, before the factor, the economy and pressure.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    purchasing : Purchasing
        Whose budget.
    rates : sequence of float
        Yearly growth in force.
    years : list of int
        Quarters at which budgets are set.

    Returns
    -------
    list of float
        CNY, year by year.
    """
    levels = GrowingLevels(dated_changes(scenario, purchasing, BUDGET), purchasing.levers.procurement.budget)
    found: list[float] = []
    for quarter in range(years[-1] + 1):
        levels.start_ramps(quarter)
        if quarter == years[len(found)]:
            levels.grow(quarter, float(rates[quarter]))
            found.append(levels.grown(change_in_force(levels.changes, quarter), quarter))
    return found


def begins_later(city: City, start: Quarter) -> bool:
    """Whether a city may begin to buy after the start."""
    return city.adopts or (city.begins is not None and city.begins > start)
