"""Policy application: steps, ramps, pulses and triggers take effect at the beginning of a quarter.

A lever of a government has a lasting value, set by steps and ramps, and temporary values over it, of
pulses and triggers.  Where two apply at once the more specific one wins: an entry that names the place
before one that names its level, and that before one for everywhere.  A later entry wins even
where it is more general.  A temporary value has no after-effect: when it ends, the value without it holds.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.declarations.state_codes import BY_HAND, Course, Stand
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import MeasureRow, SettingRow, TriggerRow
    from sim.model.state.world import World


@rule
def apply_policies(world: World) -> None:
    """Read the triggers, and set every lever that a policy touches to the value now in force."""
    quarter = world.clock[0].quarter
    for t in range(len(world.triggers)):
        trigger = world.triggers[t]
        if quarter > 0:
            update_trigger(world, trigger)
        world.trigger_panel[quarter, t] = trigger.stand
    for setting in world.settings:
        update_setting(world, setting)


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
    held = world.lever_values[setting.government, setting.lever]
    if held != setting.value:
        # The row was changed between two quarters: that counts as a step, and as the most specific one.
        setting.lasting = held
        setting.since = world.clock[0].quarter - 1
        setting.rank = BY_HAND
    update_lasting_value(world, setting)
    setting.value = temporary_value(world, setting)
    world.lever_values[setting.government, setting.lever] = setting.value


@rule
def update_lasting_value(world: World, setting: SettingRow) -> None:
    """Let the most specific step or ramp of this quarter set the lasting value."""
    quarter = world.clock[0].quarter
    chosen = -1
    rank = -1
    for m in range(setting.first, setting.first + setting.measures):
        measure = world.measures[m]
        if measure.course == Course.RAMP and quarter == measure.first + 1:
            measure.start = setting.lasting
        # A ramp applies from its second quarter on; a step, once.
        if sets_lasting_value(measure, quarter) and measure.rank > rank:
            if is_overruled(setting, measure, measure.first + 1):
                continue
            chosen = m
            rank = measure.rank
    if chosen >= 0:
        setting.lasting = measure_value(world.measures[chosen], quarter)
        setting.since = quarter
        setting.rank = rank


@rule
def sets_lasting_value(measure: MeasureRow, quarter: int) -> bool:
    """Whether a measure sets the lasting value in a quarter; a ramp does from its second quarter on."""
    if measure.course == Course.STEP:
        return bool(measure.first == quarter)
    return bool(measure.course == Course.RAMP and measure.first < quarter and quarter <= measure.last)


@rule
def measure_value(measure: MeasureRow, quarter: int) -> float:
    """Value of a measure in a quarter; on a ramp, interpolated."""
    if measure.course != Course.RAMP or quarter >= measure.last:
        return float(measure.value)
    way = (quarter - measure.first) / (measure.last - measure.first)
    value = measure.start + (measure.value - measure.start) * way
    return float(floor(value + 0.5)) if measure.whole else float(value)


@rule
def temporary_value(world: World, setting: SettingRow) -> float:
    """Value of the most specific pulse or trigger in force; the lasting value where there is none."""
    quarter = world.clock[0].quarter
    value = setting.lasting
    rank = -1
    for m in range(setting.first, setting.first + setting.measures):
        measure = world.measures[m]
        begun = -1
        if measure.course == Course.PULSE and measure.first <= quarter and quarter <= measure.last:
            begun = measure.first
        elif measure.course == Course.TRIGGERED and world.triggers[measure.trigger].stand == Stand.IN_FORCE:
            begun = world.triggers[measure.trigger].since
        if begun >= 0 and measure.rank > rank and not is_overruled(setting, measure, begun):
            value = measure.value
            rank = measure.rank
    return float(value)


@rule
def is_overruled(setting: SettingRow, measure: MeasureRow, begun: int) -> bool:
    """Whether a more specific measure has set the lasting value since a measure began.

    Parameters
    ----------
    setting, measure : row
        A lever of a government, and a measure for it.
    begun : int
        Quarter in which the measure began.
    """
    return bool(setting.since >= begun and setting.rank > measure.rank)
