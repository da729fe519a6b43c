"""Exam pass rates, college quotas and wage guidance of a city."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def run(seed: int = 1, quarters: int = 24, outside_wage: float = 2_600, **profession: Any) -> RunResult:
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["labour"]["outside_wage"] = outside_wage
    values["policies"] = []
    values["cities"]["Anping"]["government"]["profession"] = profession
    return simulate(CompiledScenario.of(make_scenario(values), quarters), seed)


def test_a_pass_rate_of_zero_gives_no_licences():
    assert not used(run(exam_pass=0.0).world, "panel")["exams_passed"].any()


def test_more_pass_an_easier_exam():
    assert run(exam_pass=0.8).sector.licensed[-1] > run(exam_pass=0.1).sector.licensed[-1]


@pytest.mark.parametrize(("quota", "each"), [(0.0, 0), (1.0, 90), (2.5, 225)])
def test_a_quota_is_a_factor_on_graduates(quota, each):
    # Normal College trains 40 a year, others in the city 50; two and a half times 40 and 50 are 100 and 125.
    trained = run(quarters=8, college_quota=quota).world.cities[0].trained
    assert int(trained) == 2 * each


def test_a_quota_of_zero_stops_graduates():
    assert not run(college_quota=0.0).sector.graduates_entering.any()


def test_guidance_raises_wages():
    ratios = []
    for guidance in (0.0, 2.0):
        runs = [run(seed, wage_guidance=guidance).sector for seed in range(5)]
        ratios.append(np.mean([sector.wage_ratio[8:].mean() for sector in runs]))
    assert ratios[1] > ratios[0] + 0.02


def test_wage_guidance_lowers_turnover_in_beijing():
    turnover = []
    for guidance in (0.0, 1.2):
        policies = [{"at": "2012-Q1", "in": "cities", "set": {"profession.wage_guidance": guidance}}]
        compiled = CompiledScenario.of(make_scenario({"extends": "beijing-2010", "policies": policies}))
        turnover.append([np.nanmean(simulate(compiled, seed).sector.turnover[14:]) for seed in range(12)])
    assert np.mean(np.subtract(*turnover)) > 0.003


def test_wage_guidance_lowers_turnover_where_outside_wages_are_higher():
    # Not where they are far higher: nearly every offer is better then, with guidance and without.
    turnover = []
    for guidance in (0.0, 1.2):
        runs = [run(seed, outside_wage=4_000, wage_guidance=guidance).sector for seed in range(8)]
        turnover.append(np.mean([np.nanmean(sector.turnover[8:]) for sector in runs]))
    assert turnover[1] < turnover[0] - 0.02


def test_wage_guidance_below_present_wages_changes_nothing():
    assert run(wage_guidance=0.05).sector.tobytes() == run().sector.tobytes()


def test_wage_guidance_uses_only_spare_cash():
    # Agencies with money for the quarter still have it, so the rise alone creates no arrears.
    for seed in range(5):
        before, after = (used(run(seed, 1, wage_guidance=guidance).world, "panel") for guidance in (0.0, 3.0))
        assert (after["wage"] > before["wage"]).any()
        for owed in ("overdue_wages", "overdue_bills"):
            np.testing.assert_array_equal(before[owed], after[owed])


def test_the_exam_is_a_lever_of_the_city():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["labour"]["exam_pass"] = 0.3
    with pytest.raises(ScenarioError, match="exam_pass"):
        make_scenario(values)


def test_a_district_has_no_profession():
    values = copy.deepcopy(BUSY)
    values["policies"] = [{"at": "2011-Q1", "in": "East", "set": {"profession.exam_pass": 0.5}}]
    with pytest.raises(ScenarioError, match=r"a district has no lever 'profession.exam_pass'"):
        make_scenario(values)
