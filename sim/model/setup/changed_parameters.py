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
    compiled: CompiledScenario, scenario: Scenario, places: Places, *, levers: bool = True, policies: bool = True
) -> CompiledScenario | None:
    """Compile a scenario that differs from a compiled one in rules, levers or policies only.

    Parameters
    ----------
    compiled : CompiledScenario
        What the other scenario was compiled to; it stays as it is.
    scenario : Scenario
        The scenario to compile.
    places : Places
        Places of either, which are the same.
    levers, policies : bool
        Whether levers at the start, or policies, may differ; where neither does, only rules are written.

    Returns
    -------
    CompiledScenario, optional
        The same arrays, bit for bit, as `CompiledScenario.of` makes; None where the number of measures or triggers
        differs, so that arrays of other sizes are needed.
    """
    world = compiled.world
    new: dict[str, Any] = {"rules": LAYOUTS["rules"].fresh(1), "clock": _copied(world.clock)}
    copy_parameters(new["rules"], [0], scenario.rules)
    new["clock"][0].noise_scale = scenario.rules.chance.noise_scale
    if levers:
        new["governments"] = _copied(world.governments)
        new["lever_values"] = number_table(new["governments"], len(LEVERS))
        copy_levers(new["governments"], scenario, places)
    names = compiled.names
    if policies:
        table = build_policy_table(scenario, places)
        new |= {kind: getattr(table, kind) for kind in ("settings", "measures", "triggers")}
        if any(len(new[kind]) != len(getattr(world, kind)) for kind in ("settings", "measures", "triggers")):
            return None
        names = names | {"trigger": table.names}
    elif levers:
        new["settings"] = _copied(world.settings)
    if "settings" in new:
        begin_settings(new["settings"], new.get("lever_values", world.lever_values))
    return replace(compiled, world=world._replace(**new), names=names)


def _copied(records: StructArray) -> StructArray:
    """A copy of records, as bytes, which is many times faster than field by field."""
    new = np.empty(records.shape, dtype=records.dtype).view(np.recarray)
    as_bytes(new)[:] = as_bytes(records)
    return new
