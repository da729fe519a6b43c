"""Policy application: steps, ramps, pulses and triggers take effect at the beginning of a quarter.

Of all entries of policies that are in force for a lever of a government the most specific one holds: one that names the
place before one that names its level, and that before one for everywhere, whatever their dates; of equally specific
ones the one that began last.  The value is found anew every quarter, so what is no longer in force has no effect left.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Course, Stand
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
    quarter = world.clock[0].quarter
    held = world.lever_values[setting.government, setting.lever]
    if held != setting.value:
        # The record was written between two quarters: that ends everything that began before.
        setting.base = held
        setting.since = quarter - 1
        setting.growth = 1.0
    start_ramps(world, setting)
    m = measure_in_force(world, setting, quarter, False)
    setting.value = setting.base if m < 0 else measure_value(world.measures[m], quarter)
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
            ramp.start = setting.base if before < 0 else measure_value(world.measures[before], ramp.first)
            ramp.grown_start = grown_value(world, setting, before, ramp.first)


@rule
def measure_in_force(world: World, setting: SettingRow, quarter: int, lasting: bool) -> int:
    """Measure that holds in a quarter: the most specific one, of equals the one that began last; -1 for none.

    Parameters
    ----------
    world : World
        State.
    setting : row
        A lever of a government.
    quarter : int
        The present quarter, or of lasting measures an earlier one.
    lasting : bool
        Whether only steps and ramps count.
    """
    chosen = -1
    for m in range(setting.first, setting.first + setting.measures):
        measure = world.measures[m]
        if lasting and (measure.course == Course.PULSE or measure.course == Course.TRIGGERED):
            continue
        begun = first_quarter_in_force(world, measure)
        # A value written by hand ends what began before it; the run begins with what was in force before its start.
        if max(begun, 0) <= setting.since or not is_in_force(world, measure, quarter):
            continue
        if chosen >= 0:
            best = world.measures[chosen]
            if measure.rank < best.rank:
                continue
            if measure.rank == best.rank and begun <= first_quarter_in_force(world, best):
                continue
        chosen = m
    return chosen


@rule
def is_in_force(world: World, measure: MeasureRow, quarter: int) -> bool:
    """Whether a measure is in force in a quarter; a ramp is from its second quarter on, a trigger is asked for now."""
    if measure.course == Course.TRIGGERED:
        return bool(world.triggers[measure.trigger].stand == Stand.IN_FORCE)
    if measure.course == Course.RAMP:
        return bool(measure.first < quarter)
    return bool(measure.first <= quarter and (measure.course == Course.STEP or quarter <= measure.last))


@rule
def first_quarter_in_force(world: World, measure: MeasureRow) -> int:
    """Quarter from which a measure that is in force has been so; below 0 where that is before the start."""
    if measure.course == Course.TRIGGERED:
        return int(world.triggers[measure.trigger].since)
    return int(measure.first) + (measure.course == Course.RAMP)


@rule
def measure_value(measure: MeasureRow, quarter: int) -> float:
    """Value of a measure in a quarter; on a ramp, interpolated."""
    if measure.course != Course.RAMP or quarter >= measure.last:
        return float(measure.value)
    value = interpolated(measure, measure.start, quarter)
    return float(floor(value + 0.5)) if measure.whole else value


@rule
def interpolated(ramp: MeasureRow, start: float, quarter: int) -> float:
    """Value in a quarter between one at the first quarter of a ramp and the one that it reaches."""
    way = (quarter - ramp.first) / (ramp.last - ramp.first)
    return float(start + (ramp.value - start) * way)


@rule
def grown_value(world: World, setting: SettingRow, m: int, quarter: int) -> float:
    """Value of a measure (the one at the start, for -1) with its growth; that of a ramp grows once it is at its end."""
    if m < 0:
        return float(setting.base * setting.growth)
    measure = world.measures[m]
    if measure.course == Course.RAMP and quarter < measure.last:
        return interpolated(measure, measure.grown_start, quarter)
    return float(measure.value * measure.growth)
