"""Budget growth: every level of the yearly budget grows by itself from the first year for which it sets the budget.

Levels that are hidden by others in force, as by a pulse, go on growing: when the others end, the budget is what it
would be without them.  A budget with a ceiling levels off: growth beyond that of prices falls as it comes near.  One
of a city that does not buy services yet follows prices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Course
from sim.engine.compilation import rule
from sim.model.rules.measures_in_force import first_quarter_in_force, grown_value, is_in_force, measure_in_force
from sim.model.rules.shared.purchasing_begun import bought_services_before
from sim.model.state.government_fields import BUDGET_LEVER

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow, SettingRow
    from sim.model.state.world import World


@rule
def grow_budgets(world: World) -> None:
    """At the start of a year (and of the run): let every level of the yearly budgets grow that is in force."""
    clock = world.clock[0]
    if clock.season != 0 and clock.quarter > 0:
        return
    for setting in world.settings:
        if setting.lever == BUDGET_LEVER:
            grow_budget_levels(world, setting)


@rule
def grow_budget_levels(world: World, setting: SettingRow) -> None:
    """Let the levels of one government's budget grow, and note the one that holds this year."""
    quarter = world.clock[0].quarter
    government = world.governments[setting.government]
    ceiling = budget_ceiling(world, government)
    factor = growth_factor(world, government, setting.base_value * setting.growth, ceiling)
    setting.growth = next_growth(setting.growth, setting.since + 1, quarter, factor)
    for m in range(setting.first, setting.first + setting.measures):
        measure = world.measures[m]
        if is_in_force(world, measure, quarter):
            begun = measure.last if measure.course == Course.RAMP else first_quarter_in_force(world, measure)
            factor = growth_factor(world, government, measure.value * measure.growth, ceiling)
            measure.growth = next_growth(measure.growth, begun, quarter, factor)
    government.grown_budget = grown_value(world, setting, measure_in_force(world, setting, quarter, False), quarter)


@rule
def budget_ceiling(world: World, government: GovernmentRow) -> float:
    """Yearly budget at which growth beyond that of prices ends, in last year's prices, fen; 0 for none."""
    if government.procurement_ceiling <= 0.0:
        return 0.0
    residents = 0.0
    for c in range(government.first_community, government.first_community + government.communities):
        residents += world.communities[c].residents
    return government.procurement_ceiling * residents * government.price_index


@rule
def growth_factor(world: World, government: GovernmentRow, level: float, ceiling: float) -> float:
    """Factor of a year on a level of a budget.

    Parameters
    ----------
    level : float
        Last year's, fen a year.
    ceiling : float
        That of `budget_ceiling`, fen a year.
    """
    prices = government.contract_price_growth
    if not bought_services_before(world.cities[government.city], world.clock[0].quarter):
        return 1.0 + prices
    beyond = government.procurement_growth - prices
    if ceiling <= 0.0 or beyond <= 0.0:
        return 1.0 + government.procurement_growth
    return 1.0 + prices + beyond * max(1.0 - level / ceiling, 0.0)


@rule
def next_growth(growth: float, begun: int, quarter: int, factor: float) -> float:
    """Growth of a level when budgets are set: 1 in the first year, then last year's times a factor.

    Parameters
    ----------
    growth : float
        Growth until last year, ratio.
    begun : int
        First quarter of the level.
    quarter : int
        Present quarter, in which budgets are set.
    factor : float
        1 + growth of a year.
    """
    # Budgets were last set a year ago, or at the start of the run.
    first_year = quarter == 0 or begun > max(quarter - 4, 0)
    return 1.0 if first_year else growth * factor
