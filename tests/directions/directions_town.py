"""The small town in which the directions of levers are measured, with some of everything."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sim.scenario import Scenario, make_scenario

START = "2010-Q1"
QUARTERS = 36
CHANGE = "2012-Q1"
"""Quarter from which the lever is moved."""

PURCHASING = {
    "procurement": {"budget": 2_000_000, "growth": 0.06},
    "contract": {"value": 150_000, "price_growth": 0.06},
}

TOWN: dict[str, Any] = {
    "title": "A small town for trying levers",
    "start": START,
    "quarters": QUARTERS,
    "fields": {
        "elderly": {"incidence": 0.005, "hours": 3.0, "paying": 0.4},
        "children-youth": {"incidence": 0.004, "hours": 3.0, "paying": 0.3},
        "migrants": {"incidence": 0.003, "hours": 2.0, "paying": 0.05},
    },
    "cities": {
        "Town": {
            "government": PURCHASING,
            "districts": {
                name: {
                    "communities": {"count": 5, "residents": 70_000},
                    "government": PURCHASING,
                    "commercial_groups": 3,
                }
                for name in ("East", "North", "West")
            },
            "labour": {"pool": 150, "graduates": 60, "outside_wage": 2_500, "outside_growth": 0.06},
            "donors": {"pool": 800_000},
        }
    },
    "colleges": {
        "Academy": {"city": "Town", "graduates": 40, "supervision": 6, "drive": 0.6},
        "Normal school": {"city": "Town", "graduates": 30, "supervision": 4, "drive": 0.4},
    },
    "sponsors": {"Company": {"city": "Town", "count": 4, "budget": 100_000}},
    "institutions": {
        "Elder home": {"field": "elderly"},
        "School": {"field": "children-youth"},
    },
    "associations": {"Association": {"city": "Town", "rooms": 5, "members": 60}},
    "agencies": {
        "Attached": {"district": "East", "association": "Association", "form": "attached", "staff": 5},
        "Sponsored": {"district": "West", "sponsor": "Company", "origin": "corporate", "staff": 4},
    },
    "generated": {
        "Agency": {"count": 9, "staff": 6, "cash": 120_000},
        "Group": {"count": 2, "staff": 8, "origin": "converted", "cash": 120_000},
    },
    "policies": [],
}


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay nested values over others."""
    values = dict(base)
    for key, value in over.items():
        inner = values.get(key)
        values[key] = merged(inner, value) if isinstance(value, Mapping) and isinstance(inner, Mapping) else value
    return values


def town(over: Mapping[str, Any], levers: Mapping[str, Any], rules: Mapping[str, Any]) -> Scenario:
    """Make the town with some values of its own, levers moved at `CHANGE`, and rules of behaviour.

    Parameters
    ----------
    over : mapping
        Nested values laid over `TOWN`.
    levers : mapping
        Lever or ``Town:lever`` (only the city) or ``districts:lever`` -> value.
    rules : mapping
        Nested values of `rules`.
    """
    values = merged(deepcopy(TOWN), merged(over, {"rules": merged(over.get("rules", {}), rules)}))
    for key, value in levers.items():
        place, _, lever = key.rpartition(":")
        entry: dict[str, Any] = {"at": CHANGE, "set": {lever: value}}
        if place:
            entry["in"] = place
        values["policies"] = [*values["policies"], entry]
    return make_scenario(values)
