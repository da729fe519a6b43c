"""Budget growth: every level of the yearly budget grows by itself from the first year for which it sets the budget.

Levels that are hidden by others in force, as by a pulse, go on growing: when the others end, the budget is what it
would be without them.  A budget with a ceiling levels off: growth beyond that of prices falls as it comes near.  One
of a city that does not buy services yet follows prices.

Growth is found anew each year from the rates of all years and from the ceiling of the present one, so that a ceiling
that passes leaves nothing behind, as any other level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Course
from sim.engine.compilation import rule
from sim.model.rules.measures_in_force import first_quarter_in_force, interpolated, measure_in_force
from sim.model.rules.shared.purchasing_begun import bought_services_before
from sim.model.state.government_fields import BUDGET_LEVER

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow, SettingRow
    from sim.model.state.world import World

BUDGETS, PRICES = 0, 1
"""Columns of `growth_panel`: growth of a yearly budget, and of prices."""


@rule
def grow_budgets(world: World) -> None:
    """Note the rates of growth; at the start of a year (and of the run), let the yearly budgets grow."""
    clock = world.clock[0]
    for g in range(len(world.governments)):
        government = world.governments[g]
        world.growth_panel[clock.quarter, g, BUDGETS] = government.procurement_growth
        world.growth_panel[clock.quarter, g, PRICES] = government.contract_price_growth
    if clock.season != 0 and clock.quarter > 0:
        return
    for setting in world.settings:
        if setting.lever == BUDGET_LEVER:
            grow_budget(world, setting)


@rule
def grow_budget(world: World, setting: SettingRow) -> None:
    """Note what the ramps of one government's budget started from, and the budget that holds now, with its growth."""
    quarter = world.clock[0].quarter
    government = world.governments[setting.government]
    ceiling = budget_ceiling(world, government)
    for m in range(setting.first, setting.first + setting.measures):
        ramp = world.measures[m]
        # They stand in the order of their first quarters, so that one may start from another.
        if ramp.course == Course.RAMP and ramp.first < quarter:
            before = measure_in_force(world, setting, ramp.first, True)
            ramp.grown_start = grown_value(world, setting, before, ramp.first, ceiling)
    holds = measure_in_force(world, setting, quarter, False)
    government.grown_budget = grown_value(world, setting, holds, quarter, ceiling)


@rule
def budget_ceiling(world: World, government: GovernmentRow) -> float:
    """Yearly budget at which growth beyond that of prices ends, in prices of the start, fen; 0 for none."""
    residents = 0.0
    for c in range(government.first_community, government.first_community + government.communities):
        residents += world.communities[c].residents
    return government.procurement_ceiling * residents


@rule
def grown_value(world: World, setting: SettingRow, m: int, quarter: int, ceiling: float) -> float:
    """Value of a measure (the one at the start, for -1) with its growth; that of a ramp grows once it is at its end.

    Parameters
    ----------
    m : int
        Measure.
    quarter : int
        The present quarter, or an earlier one.
    ceiling : float
        That of `budget_ceiling`, fen a year.
    """
    if m < 0:
        return grown_level(world, setting, setting.base_value, setting.since + 1, quarter, ceiling)
    measure = world.measures[m]
    if measure.course != Course.RAMP:
        return grown_level(world, setting, measure.value, first_quarter_in_force(world, measure), quarter, ceiling)
    if quarter < measure.last:
        return interpolated(measure, measure.grown_start, quarter)
    return grown_level(world, setting, measure.value, measure.last, quarter, ceiling)


@rule
def grown_level(world: World, setting: SettingRow, level: float, begun: int, quarter: int, ceiling: float) -> float:
    """A level of a budget with its growth by every year after the first for which it set the budget, fen a year.

    Parameters
    ----------
    level : float
        What it began with, fen a year.
    begun : int
        First quarter of the level.
    quarter : int
        Quarter until which it grows.
    ceiling : float
        That of `budget_ceiling`, fen a year.
    """
    clock = world.clock[0]
    government = world.governments[setting.government]
    growth = 1.0
    prices = 1.0
    set_before = False
    for year in range(quarter + 1):
        # Budgets are set at the start of the run and in the first quarters of years.
        if year > 0 and (clock.season + year - clock.quarter) % 4 != 0:
            continue
        rates = world.growth_panel[year, setting.government]
        if year >= begun:
            if set_before:
                bought = bought_services_before(world.cities[government.city], year)
                growth *= growth_factor(rates[BUDGETS], rates[PRICES], bought, level * growth, ceiling * prices)
            set_before = True
        if year > 0:
            prices *= 1.0 + rates[PRICES]
    return level * growth


@rule
def growth_factor(growth: float, prices: float, bought: bool, level: float, ceiling: float) -> float:
    """Factor of a year on a level of a budget.

    Parameters
    ----------
    growth, prices : float
        Growth of budgets and of prices in that year, 1/year.
    bought : bool
        Whether the city bought services before that year.
    level, ceiling : float
        Those of the year before, fen a year; a ceiling of 0 is none.

    Examples
    --------
    >>> growth_factor(0.5, 0.1, True, 50.0, 100.0), growth_factor(0.5, 0.1, True, 200.0, 100.0)
    (1.3, 1.1)
    """
    if not bought:
        return 1.0 + prices
    beyond = growth - prices
    if ceiling <= 0.0 or beyond <= 0.0:
        return 1.0 + growth
    return 1.0 + prices + beyond * max(1.0 - level / ceiling, 0.0)
