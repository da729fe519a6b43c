"""Quits: effects of pay and overdue wages, in Beijing and where prices are frozen."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import BUSY


def run(seed: int = 1, **people: float) -> RunResult:
    values = copy.deepcopy(BUSY)
    values["rules"]["people"] = people
    return simulate(CompiledScenario.of(make_scenario(values)), seed)


def turnover(**people: float) -> float:
    """Mean turnover of the busy town once payers are late."""
    return float(np.mean([np.nanmean(run(seed, **people).sector.turnover[16:]) for seed in range(16)]))


def test_overdue_wages_raise_quits():
    none, some, more = (turnover(arrears_effect=effect) for effect in (0.0, 0.4, 0.8))
    assert none < some - 0.02
    assert some < more - 0.02


@pytest.mark.parametrize(
    ("scenario", "first", "low", "high"),
    # Quarters in which a market is mature: Zeng et al. 2020 have 18 to 22 %, F5 allows 15 to 25 %.
    [("beijing-2010", 26, 0.18, 0.22), ("guangzhou-centres", 12, 0.15, 0.25)],
)
def test_turnover_is_what_was_observed(scenario, first, low, high):
    compiled = CompiledScenario.of(load_scenario(scenario).scenario)
    last = first + 16
    runs = [simulate(compiled, seed, detailed=False).sector.turnover[first:last].mean() for seed in range(8)]
    assert low <= np.mean(runs) <= high
