"""Returns of firms: what investors see of firms at work, and the margin that they then expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.engine.compilation import rule
from sim.model.rules.shared.active_agencies import active_agencies_in

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World

RETURN_SPEED = 0.1
"""Speed, 1/quarter, at which what investors see of firms follows what these earn."""


@rule
def note_returns_of_firms(world: World, city: CityRow) -> None:
    """Let investors see income and cost of the city's firms at work, as running means; kept while none works."""
    income, cost, working = 0, 0, 0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.kind == Kind.FOR_PROFIT and agency.contracts > 0:
            income += agency.income
            cost += agency.cost
            working += 1
    if working > 0:
        city.firm_income += RETURN_SPEED * (income - city.firm_income)
        city.firm_cost += RETURN_SPEED * (cost - city.firm_cost)


@rule
def margin_seen(world: World, city: CityRow, reckoned: float) -> float:
    """Margin that investors expect, as a share of income: their own reckoning, and what firms there have earned.

    Parameters
    ----------
    reckoned : float
        Margin by their own reckoning.
    """
    if city.firm_income <= 0.0:
        return reckoned
    earned = max(1.0 - city.firm_cost / city.firm_income, -1.0)
    return reckoned + world.rules[0].founding_firm_example * (earned - reckoned)
