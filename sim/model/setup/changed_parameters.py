"""Changed parameters: a compiled scenario with other rules, levers and policies, without laying the rest out again.

Points of a sweep mostly differ in a few numbers.  Only the arrays that hold parameters are made anew; all others are
shared with the compiled scenario that they come from, which is a template that no run writes to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.engine.fields import StructArray
from sim.engine.struct_arrays import as_bytes, number_table
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.setup.jurisdictions_and_communities import Places, copy_levers
from sim.model.setup.parameter_copying import copy_parameters
from sim.model.setup.policy_table import begin_settings, build_policy_table
from sim.model.state.empty_world import LAYOUTS
from sim.model.state.government_fields import LEVERS
from sim.scenario.parameters.scenario_file import Scenario


def change_parameters(
    compiled: CompiledScenario, base: Scenario, scenario: Scenario, places: Places
) -> CompiledScenario | None:
    """Compile a scenario that differs from a compiled one in rules, levers and policies only.

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
    world = compiled.world
    names = compiled.names
    new: dict[str, Any] = {}
    if scenario.rules is not base.rules:
        new |= {"rules": LAYOUTS["rules"].fresh(1), "clock": _copied(world.clock)}
        copy_parameters(new["rules"], [0], scenario.rules)
        new["clock"][0].noise_scale = scenario.rules.chance.noise_scale
    if scenario.policies is not base.policies:
        table = build_policy_table(scenario, places)
        new |= {kind: getattr(table, kind) for kind in ("settings", "measures", "triggers")}
        if any(len(rows) != len(getattr(world, kind)) for kind, rows in new.items()):
            return None
        names = names | {"trigger": table.names}
        begin_settings(table.settings, world.lever_values)
    if scenario.cities is not base.cities:
        new |= {"governments": _copied(world.governments), "settings": _copied(new.get("settings", world.settings))}
        new["lever_values"] = number_table(new["governments"], len(LEVERS))
        copy_levers(new["governments"], scenario, places, base)
        begin_settings(new["settings"], new["lever_values"])
    return replace(compiled, world=world._replace(**new), names=names)


def _copied(records: StructArray) -> StructArray:
    """A copy of records, as bytes, which is many times faster than field by field."""
    new = np.empty(records.shape, dtype=records.dtype).view(np.recarray)
    as_bytes(new)[:] = as_bytes(records)
    return new
