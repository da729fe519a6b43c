"""Policy application: steps, ramps, pulses and triggers take effect at the beginning of a quarter.

Which entry holds of those in force is in `measures_in_force`; a value written by hand ends all that began before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Course, Stand
from sim.engine.compilation import rule
from sim.model.rules.budget_growth import grow_budgets
from sim.model.rules.measures_in_force import measure_in_force, measure_value

if TYPE_CHECKING:
    from sim.model.state.row_types import SettingRow, TriggerRow
    from sim.model.state.world import World


@rule
def apply_policies(world: World) -> None:
    """Read the triggers, set every lever that a policy touches to the value now in force, and let budgets grow."""
    quarter = world.clock[0].quarter
    for t in range(len(world.triggers)):
        trigger = world.triggers[t]
        if quarter > 0:
            update_trigger(world, trigger)
        world.trigger_panel[quarter, t] = trigger.stand
    for setting in world.settings:
        update_setting(world, setting)
    grow_budgets(world)


@rule
def update_trigger(world: World, trigger: TriggerRow) -> None:
    """Let a trigger fire, come into force or end, by last quarter's outcomes.

    A decision comes into force, whatever the outcome does meanwhile.  A trigger stays in force for a
    quarter at least; the reading that ends it does not start it again.
    """
    quarter = world.clock[0].quarter
    if trigger.stand == Stand.IN_FORCE:
        if trigger.until_outcome >= 0 and meets_condition(
            world.outcome_values[quarter - 1, trigger.until_outcome], trigger.until_above, trigger.until_level
        ):
            trigger.stand = Stand.OFF
        return
    if trigger.stand == Stand.OFF and meets_condition(
        world.outcome_values[quarter - 1, trigger.outcome], trigger.above, trigger.level
    ):
        trigger.stand = Stand.WAITING
        trigger.since = quarter + trigger.after
    if trigger.stand == Stand.WAITING and trigger.since <= quarter:
        trigger.stand = Stand.IN_FORCE


@rule
def meets_condition(reading: float, above: bool, level: float) -> bool:
    """Whether a reading is above a level (or below it); an undefined one is neither.

    Parameters
    ----------
    reading : float
        Outcome of last quarter.
    above : bool
        Whether the condition is met above the level, or below it.
    level : float
        Level of the condition.
    """
    return bool(reading > level if above else reading < level)


@rule
def update_setting(world: World, setting: SettingRow) -> None:
    """Set the value of one lever of one government that is in force now."""
    quarter = world.clock[0].quarter
    held = world.lever_values[setting.government, setting.lever]
    if held != setting.value:
        # The record was written between two quarters: that ends everything that began before.
        setting.base_value = held
        setting.since = quarter - 1
    start_ramps(world, setting)
    m = measure_in_force(world, setting, quarter, False)
    setting.value = setting.base_value if m < 0 else measure_value(world.measures[m], quarter)
    world.lever_values[setting.government, setting.lever] = setting.value


@rule
def start_ramps(world: World, setting: SettingRow) -> None:
    """Note the value from which each ramp starts that moves from this quarter on, or since before the start.

    That is the lasting value of its first quarter, which pulses and triggers leave as it is.  Ramps of a setting stand
    in the order of their first quarters, so one that began before the start may start from another.
    """
    quarter = world.clock[0].quarter
    for m in range(setting.first, setting.first + setting.measures):
        ramp = world.measures[m]
        if ramp.course == Course.RAMP and max(ramp.first + 1, 0) == quarter:
            before = measure_in_force(world, setting, ramp.first, True)
            ramp.start = setting.base_value if before < 0 else measure_value(world.measures[before], ramp.first)
