"""Scenario inputs as plain Python values: numbers, lists and names, read from a compiled scenario once.

Nothing here is a rule.  A record of the compiled scenario becomes a dictionary, and the entries about policies become
lists of what each does to which lever.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sim.declarations.sector_outcomes import SECTOR
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.government_fields import LEVERS
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.rule_parameters import Rules

LEVER_NAMES = [leaf.name for leaf in LEVERS]
CITY_NAMES = [leaf.name for group in (Labour, Economy) for leaf in parameters_of(group)]


def plain(record: Any) -> dict[str, Any]:
    """A record as a dictionary of Python numbers and lists."""
    return {name: record[name].tolist() for name in record.dtype.names}


def chosen(facts: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: facts[name] for name in names}


def behaviour(compiled: CompiledScenario) -> SimpleNamespace:
    """Every behavioural parameter as an attribute: `rules.people_quit_rate`."""
    facts = plain(compiled.world.rules[0])
    return SimpleNamespace(**chosen(facts, [leaf.name for leaf in parameters_of(Rules)]))


def policies(compiled: CompiledScenario) -> list[tuple[int, str, float, list[SimpleNamespace]]]:
    """Levers that policies touch: government, lever, value at the start, and what each entry does to it."""
    world = compiled.world
    found = []
    for setting in world.settings:
        entries = [plain(record) for record in world.measures[setting.first : setting.first + setting.measures]]
        touched = [SimpleNamespace(**entry) for entry in entries]
        found.append((int(setting.government), LEVER_NAMES[setting.lever], float(setting.value), touched))
    return found


def triggers(compiled: CompiledScenario) -> list[dict[str, Any]]:
    """Conditions that some policies wait for, with the names of the outcomes that they read."""
    names = [outcome.name for outcome in SECTOR]
    found = [plain(record) for record in compiled.world.triggers]
    for facts in found:
        facts["outcome"] = names[facts["outcome"]]
        facts["until_outcome"] = names[facts["until_outcome"]] if facts["until_outcome"] >= 0 else None
    return found
