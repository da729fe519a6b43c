"""Budget growth: every level of the yearly budget grows by itself from the first year for which it sets the budget.

Levels that are hidden by others in force, as by a pulse, go on growing: when the others end, the budget is what it
would be without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Course
from sim.engine.compilation import rule
from sim.model.rules.measures_in_force import first_quarter_in_force, grown_value, is_in_force, measure_in_force
from sim.model.state.government_fields import BUDGET_LEVER

if TYPE_CHECKING:
    from sim.model.state.row_types import SettingRow
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
    factor = 1.0 + government.procurement_growth
    setting.growth = next_growth(setting.growth, setting.since + 1, quarter, factor)
    for m in range(setting.first, setting.first + setting.measures):
        measure = world.measures[m]
        if is_in_force(world, measure, quarter):
            begun = measure.last if measure.course == Course.RAMP else first_quarter_in_force(world, measure)
            measure.growth = next_growth(measure.growth, begun, quarter, factor)
    government.grown_budget = grown_value(world, setting, measure_in_force(world, setting, quarter, False), quarter)


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
