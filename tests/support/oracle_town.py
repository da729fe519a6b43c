"""A town with one of everything, in which the compiled rules and the oracle are compared, and changes to it.

>>> town({"quarters": 3}).quarters
3
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.scenario import make_scenario
from sim.scenario.parameters.scenario_file import Scenario

SMALL: dict[str, Any] = {
    "title": "Two districts",
    "start": "2010-Q1",
    "quarters": 14,
    "fields": {
        "elderly": {"incidence": 0.005, "paying": 0.4},
        "migrants": {"incidence": 0.004, "hours": 2.0, "paying": 0.1, "share": 0.5},
        "youth": {"incidence": 0.003, "paying": 0.2},
    },
    "cities": {
        "Town": {
            "government": {"procurement": {"budget": 900_000.0}},
            "districts": {
                "East": {
                    "communities": {"count": 4},
                    "government": {"procurement": {"budget": 1_500_000.0}},
                    "commercial_groups": 3,
                },
                "West": {"communities": {"count": 3}, "government": {"procurement": {"budget": 800_000.0}}},
            },
            "labour": {"pool": 80, "graduates": 60},
            "donors": {"pool": 1_500_000.0},
        }
    },
    "colleges": {"College": {"city": "Town", "graduates": 40, "drive": 0.9}},
    "sponsors": {"Company": {"city": "Town"}, "Works": {"city": "Town", "count": 2, "patience": 1.0}},
    "associations": {
        "East Association": {"city": "Town", "district": "East", "members": 6, "rooms": 2},
        "Town Association": {"city": "Town", "founded": "2010-Q3"},
    },
    "agencies": {
        "Alpha": {"district": "East", "association": "East Association", "college": "College", "staff": 14},
        "Beta": {
            "district": "East",
            "association": "East Association",
            "form": "attached",
            "officers_in_common": True,
            "rooms": "association",
            "sister": "Alpha",
            "founded": "2009-Q2",
            "branches": ["West"],
        },
        "Gamma": {"district": "West", "sponsor": "Company", "origin": "corporate", "fields": ["youth", "migrants"]},
        "Delta": {"district": "West", "origin": "government", "staff": 3, "cash": 20_000.0, "fields": ["elderly"]},
    },
    "institutions": {
        "homes": {"field": "elderly", "count": 2},
        "schools": {"field": "youth", "form": "post", "weight": 2.0, "track_record": 0.2},
    },
    "generated": {"Others": {"count": 4}, "Firms": {"count": 2, "kind": "for-profit", "origin": "commercial"}},
}
"""A town with one of everything."""

EAST = "cities.Town.districts.East.government."
WEST = "cities.Town.districts.West.government."
TOWN = "cities.Town.government."


def everywhere(key: str, value: Any) -> dict[str, Any]:
    """A lever in both districts and in the town."""
    return {place + key: value for place in (EAST, WEST, TOWN)}


def districts(key: str, value: Any) -> dict[str, Any]:
    """A lever in both districts."""
    return {place + key: value for place in (EAST, WEST)}


def town_scenario(changes: dict[str, Any]) -> Scenario:
    """The town of the oracle with changes."""
    values = deepcopy(SMALL)
    for key, value in changes.items():
        *path, last = key.split(".")
        place = values
        for name in path:
            place = place.setdefault(name, {})
        place[last] = value
    return make_scenario(values)


def town(changes: dict[str, Any]) -> CompiledScenario:
    """The small town with changes, compiled."""
    return CompiledScenario.of(town_scenario(changes))
