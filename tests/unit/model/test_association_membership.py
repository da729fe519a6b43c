"""Association membership: officers in common, and members who learn from each other."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from sim.declarations.events_and_causes import Event
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def run(overlap: float = 0.0, learning: float = 0.0, seed: int = 1, quarters: int = 24) -> RunResult:
    values = copy.deepcopy(BUSY)
    for association in values["associations"].values():
        association["overlap"] = overlap
    values["rules"]["standing"] = {"peer_learning": learning}
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


@pytest.mark.parametrize("overlap", [0.0, 1.0])
def test_directors_become_officers_when_they_join(overlap):
    record = run(overlap)
    events = used(record.world, "events")
    joined = events["agency"][events["event"] == Event.JOINED]
    assert len(joined) > 3
    agencies = used(record.world, "agencies")[joined]
    first = agencies["directors"] == 1
    assert first.sum() > 3
    assert (agencies["officers_in_common"][first] == bool(overlap)).all()
    # Who takes over as director is nobody's officer.
    assert not agencies["officers_in_common"][~first].any()


def test_overlap_lowers_governance_and_raises_relations():
    one, other = run(0.0), run(1.0)
    assert other.sector.governance_mean[-1] < one.sector.governance_mean[-1]
    panel = used(other.world, "panel")
    officers = panel["officers_in_common"] & (used(other.world, "panel_rows")[:, 0] > panel["founded"])
    # Less what has been lost since by shading that was noticed.
    assert np.median(panel["relation"][officers]) >= other.world.rules[0].standing_overlap_relation


def test_members_learn_from_members():
    gained = []
    for seed in range(4):
        one, other = run(learning=0.0, seed=seed), run(learning=0.3, seed=seed)
        panels = [used(record.world, "panel") for record in (one, other)]
        skills = [used(record.world, "panel_skills") for record in (one, other)]
        members = [panel["association"] >= 0 for panel in panels]
        gained.append(skills[1][members[1]].mean() - skills[0][members[0]].mean())
    assert np.mean(gained) > 0.01


def test_non_members_do_not_learn_from_members():
    one, other = (run(learning=learning, seed=4, quarters=1) for learning in (0.0, 1.0))
    alone = used(one.world, "panel")["association"] < 0
    before, after = used(one.world, "panel_skills"), used(other.world, "panel_skills")
    np.testing.assert_array_equal(before[alone], after[alone])
    assert (after[~alone] >= before[~alone]).all()
    assert (after[~alone] > before[~alone]).any()


def test_overlap_is_a_share():
    with pytest.raises(ScenarioError, match="overlap"):
        run(overlap=1.5)
