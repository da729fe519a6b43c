"""A small valid scenario for tests, and the messages about it after changes."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sim.scenario import ScenarioError, make_scenario

TOWN: dict[str, Any] = {
    "title": "A town",
    "start": "2010-Q1",
    "quarters": 8,
    "fields": {"elderly": {}, "youth": {}},
    "cities": {"Anping": {"districts": {"East": {}, "West": {}}}, "Beihe": {"districts": {"North": {}, "West": {}}}},
    "colleges": {"Normal College": {"city": "Anping"}},
    "sponsors": {"Anping Works": {"city": "Anping"}},
    "associations": {"East Association": {"city": "Anping", "district": "East"}},
    "agencies": {"Lantern": {"district": "East"}, "Harbour": {"district": "Anping/West"}},
    "generated": {"Group": {"count": 2, "cities": ["Beihe"]}},
    "policies": [],
}


def messages_of(*changes: tuple[str, object]) -> list[str]:
    """Messages about the town after changes; a path is written with slashes."""
    values = copy.deepcopy(TOWN)
    for path, value in changes:
        *parents, last = path.split("/")
        inner = values
        for name in parents:
            inner = inner[name]
        inner[last] = value
    with pytest.raises(ScenarioError) as caught:
        make_scenario(values)
    return [str(problem) for problem in caught.value.problems]


def policies(*entries: dict[str, object]) -> tuple[str, object]:
    return "policies", [{"at": "2010-Q2"} | entry for entry in entries]
