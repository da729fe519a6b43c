"""Measures in force: which of the entries of policies for a lever of a government holds, and at what value.

The most specific one holds: one that names the place before one that names its level, and that before one for
everywhere, whatever their dates; of equally specific ones the one that began last.  The value is found anew every
quarter, so what is no longer in force has no effect left.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Course, Stand
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import MeasureRow, SettingRow
    from sim.model.state.world import World


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
