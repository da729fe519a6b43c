"""Shipped scenarios: invariants hold after every quarter."""

from __future__ import annotations

import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.scenario import load_scenario
from sim.scenario.reading.file_search import shipped
from tests.invariants.world_invariants import inspected

LENGTHS = {"national": 2}
"""Quarters of scenarios too large to be inspected to their end in a test."""


OFTEN = ("beijing-2010", "guangzhou-centres")
"""Scenarios that are inspected at every change; the others are when all is tested."""


@pytest.mark.parametrize(
    "name", [one.name if one.name in OFTEN else pytest.param(one.name, marks=pytest.mark.slow) for one in shipped()]
)
def test_every_quarter_of_a_shipped_scenario(name: str):
    compiled = CompiledScenario.of(load_scenario(name).scenario, LENGTHS.get(name))
    record, _ = inspected(compiled, 5)
    assert record.world.sector["agencies"][: record.compiled.quarters].min() > 0
