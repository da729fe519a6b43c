"""Why people quit: what wages that are owed do, and where that ends."""

from __future__ import annotations

import copy

import numpy as np

from sim.build import Blueprint
from sim.record import Record, simulate
from sim.scenario import make_scenario
from tests.busy import BUSY


def run(seed: int = 1, **people: float) -> Record:
    values = copy.deepcopy(BUSY)
    values["rules"]["people"] = people
    return simulate(Blueprint.of(make_scenario(values)), seed)


def turnover(**people: float) -> float:
    """Mean turnover once payers are late."""
    return float(np.mean([np.nanmean(run(seed, **people).sector.turnover[16:]) for seed in range(4)]))


def test_wages_owed_that_nobody_feels_change_nothing():
    assert run(arrears_felt=0.0).sector.tobytes() == run(arrears_effect=0.0).sector.tobytes()


def test_wages_owed_make_people_leave_up_to_a_limit():
    none, some, all_of_them = (turnover(arrears_felt=months) for months in (0.0, 2.0, 60.0))
    assert none < some - 0.02
    assert some < all_of_them - 0.02
