"""What a scenario gives, as plain Python values: numbers, lists and names, read off a blueprint once.

Nothing here is a rule.  A record of the blueprint becomes a dictionary, and the policies in store become a
list of (quarter, government, lever, value).
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sim.agents.government import LEVERS
from sim.build import Blueprint
from sim.scenario.behaviour import Rules
from sim.scenario.param import leaves
from sim.scenario.parameters import Economy, Labour

LEVER_NAMES = [leaf.name for leaf in LEVERS]
CITY_NAMES = [leaf.name for group in (Labour, Economy) for leaf in leaves(group)]


def plain(record: Any) -> dict[str, Any]:
    """A record as a dictionary of Python numbers and lists."""
    return {name: record[name].tolist() for name in record.dtype.names}


def chosen(facts: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: facts[name] for name in names}


def behaviour(blueprint: Blueprint) -> SimpleNamespace:
    """Every behavioural parameter as an attribute: `rules.people_quit_rate`."""
    facts = plain(blueprint.world.rules[0])
    return SimpleNamespace(**chosen(facts, [leaf.name for leaf in leaves(Rules)]))


def policies(blueprint: Blueprint) -> list[tuple[int, int, str, float]]:
    """Dated changes of levers, in order: quarter, government, lever, value."""
    return [
        (int(change.quarter), int(change.government), LEVER_NAMES[change.lever], float(change.value))
        for change in blueprint.world.changes
    ]
