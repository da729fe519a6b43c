"""Changed parameters: a compiled scenario with other numbers, without laying the rest out again.

Points of a sweep mostly differ in a few numbers.  Only the arrays that hold them are made anew; all others are
shared with the compiled scenario that they come from, which is a template that no run writes to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.engine.fields import StructArray
from sim.engine.struct_arrays import as_bytes, number_table
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.setup.jurisdictions_and_communities import Places, write_fields, write_place_parameters
from sim.model.setup.organisation_lists import LISTS
from sim.model.setup.organisation_rows import WRITERS, agency_draws
from sim.model.setup.parameter_copying import copy_parameters
from sim.model.setup.policy_table import begin_settings, build_policy_table
from sim.model.state.government_fields import LEVERS
from sim.model.state.world import World
from sim.scenario.parameters.scenario_file import Scenario


def change_parameters(
    compiled: CompiledScenario, base: Scenario, scenario: Scenario, places: Places
) -> CompiledScenario | None:
    """Compile a scenario that differs from a compiled one in numbers only, not in counts.

    Parameters
    ----------
    compiled : CompiledScenario
        What the base was compiled to; it stays as it is.
    base : Scenario
        The other scenario.
    scenario : Scenario
        The scenario to compile; what is as in the base is the same object.
    places : Places
        Places of either, which are the same.

    Returns
    -------
    CompiledScenario, optional
        The same arrays, bit for bit, as `CompiledScenario.of` makes; None where the number of measures or triggers
        differs, so that arrays of other sizes are needed.
    """
    changed = {key for key in Scenario.model_fields if getattr(scenario, key) is not getattr(base, key)}
    world = compiled.world
    if "rules" in changed:
        world = with_copies(world, "rules", "clock")
        copy_parameters(world.rules, [0], scenario.rules)
        world.clock[0].noise_scale = scenario.rules.chance.noise_scale
    if "fields" in changed:
        world = with_copies(world, "fields", "split", "plan")
        write_fields(world, scenario.fields)
    new: dict[str, Any] = {}
    if "cities" in changed:
        new["community_draws"] = _copied(compiled.community_draws)
        world = with_copies(world, "governments", "cities", "donors", "settings")
        world = world._replace(lever_values=number_table(world.governments, len(LEVERS)))
        write_place_parameters(world, new["community_draws"], scenario, places, base)
    if "policies" in changed:
        table = build_policy_table(scenario, places)
        rows = {"settings": table.settings, "measures": table.measures, "triggers": table.triggers}
        if any(len(rows[kind]) != len(getattr(world, kind)) for kind in rows):
            return None
        world = world._replace(**rows)
        new["names"] = compiled.names | {"trigger": table.names}
    if changed & {"cities", "policies"}:
        begin_settings(world.settings, world.lever_values)
    for kind in changed & {*WRITERS}:
        world = with_copies(world, kind)
        WRITERS[kind](world, scenario, tuple(LISTS[kind](scenario, places)))
    if changed & {"agencies", "generated"}:
        world = world._replace(agency_draws=agency_draws(scenario, tuple(LISTS["agencies"](scenario, places))))
    return replace(compiled, world=world, **new)


def with_copies(world: World, *kinds: str) -> World:
    """A world with copies of some of its arrays, which may be written."""
    return world._replace(**{kind: _copied(getattr(world, kind)) for kind in kinds})


def _copied(array: StructArray) -> StructArray:
    """A copy of an array; of records as bytes, which is many times faster than field by field."""
    if array.dtype.names is None:
        return array.copy()
    new = np.empty(array.shape, dtype=array.dtype).view(np.recarray)
    as_bytes(new)[:] = as_bytes(array)
    return new
