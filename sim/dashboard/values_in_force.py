"""Values in force: what a scenario itself says of a lever or parameter, where places differ and when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.dashboard.control_declarations import Control
from sim.scenario.checks.name_checks import lever_keys
from sim.scenario.parameters.parameter_spec import value_at
from sim.scenario.parameters.scenario_file import Scenario


@dataclass(frozen=True)
class InForce:
    """What a scenario says of a control.

    Attributes
    ----------
    value : value
        At the start; the middle one where places differ.
    note : str
        Where places differ, and when the scenario itself changes it; empty where neither is so.
    """

    value: Any
    note: str = ""


def in_force(scenario: Scenario, control: Control) -> InForce:
    """What a scenario says of a lever or parameter."""
    path = tuple(control.key.split("."))
    if not control.is_lever:
        return InForce(value_at(scenario, path))
    start = [p for p in scenario.policies if p.at is not None and p.at <= scenario.start and control.key in p.levers]
    values = [*_of_governments(scenario, control.key), *(policy.levers[control.key] for policy in start[-1:])]
    if start and start[-1].in_ is None:
        values = values[-1:]
    notes = []
    if len(set(values)) > 1 and all(isinstance(value, int | float) for value in values):
        notes.append(f"{min(values):,.6g} to {max(values):,.6g} by place")
    later = [str(p.at or p.from_ or "by a trigger") for p in scenario.policies if control.key in p.levers]
    later = [when for when in dict.fromkeys(later) if when > str(scenario.start)]
    if later:
        notes.append(f"the scenario sets it anew: {', '.join(later[:3])}{' ...' if len(later) > 3 else ''}")
    middle = sorted(values, key=str if any(isinstance(v, str) for v in values) else None)[(len(values) - 1) // 2]
    return InForce(middle, "; ".join(notes))


def _of_governments(scenario: Scenario, key: str) -> Iterator[Any]:
    path = tuple(key.split("."))
    for city in scenario.cities.values():
        if key in lever_keys(type(city.government)):
            yield value_at(city.government, path)
        for district in city.districts.values():
            if key in lever_keys(type(district.government)):
                yield value_at(district.government, path)
