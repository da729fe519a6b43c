"""Student placements: to which agencies students go and the hours that they add."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def run(placements: float, seed: int = 1, quarters: int = 16) -> RunResult:
    values = copy.deepcopy(BUSY)
    values["colleges"]["Normal College"]["placements"] = placements
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


def test_students_go_to_affiliates_in_equal_parts():
    record = run(3.0, quarters=1)
    panel = used(record.world, "panel")
    affiliated = panel["college"] >= 0
    assert affiliated.any()
    np.testing.assert_allclose(panel["placements"][affiliated], 3.0 / affiliated.sum())
    assert not panel["placements"][~affiliated].any()
    assert record.sector.placements[0] == pytest.approx(3.0)


def test_students_add_hours():
    without, with_students = run(0.0, quarters=1), run(2.0, quarters=1)
    rules = without.world.rules[0]
    before, after = used(without.world, "panel"), used(with_students.world, "panel")
    added = after["hours"] - before["hours"]
    expected = after["placements"] * rules.people_placement_hours * rules.people_placement_output
    np.testing.assert_allclose(added[expected > 0], expected[expected > 0])
    assert not added[expected == 0].any()
    assert with_students.sector.service_hours[0] > without.sector.service_hours[0]


def test_at_most_one_student_per_staff_member():
    panel = used(run(10_000.0, quarters=1).world, "panel")
    affiliated = panel["college"] >= 0
    assert (panel["placements"] == panel["staff"])[affiliated].all()


def test_fewer_than_no_students_are_refused():
    values = copy.deepcopy(BUSY)
    values["colleges"]["Normal College"]["placements"] = -1
    with pytest.raises(ScenarioError, match="placements"):
        make_scenario(values)
