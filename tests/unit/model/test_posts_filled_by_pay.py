"""Posts filled by pay: who pays better fills more posts and keeps more people; leavers look at other agencies first."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import load_scenario
from tests.support.world_reading import used

SEEDS = range(1, 5)


@pytest.fixture(scope="module")
def runs() -> list[RunResult]:
    compiled = CompiledScenario.of(load_scenario("beijing-2010").scenario)
    return [simulate(compiled, seed) for seed in SEEDS]


def by_relative_pay(runs: list[RunResult], part: str, whole: str) -> list[float]:
    """One column of the panel over another, for agencies of the lowest, middle and highest third of pay."""
    wages, parts, wholes = [], [], []
    for record in runs:
        panel, quarters = used(record.world, "panel"), used(record.world, "panel_rows")[:, 0]
        wages.append(panel["wage"] / record.world.city_panel["market_wage"][quarters, 0])
        parts.append(panel[part])
        wholes.append(panel[whole])
    pay, top, bottom = np.concatenate(wages), np.concatenate(parts), np.concatenate(wholes)
    counted = bottom > 0
    third = np.searchsorted(np.quantile(pay[counted], [1 / 3, 2 / 3]), pay[counted])
    return [float(top[counted][third == n].sum() / bottom[counted][third == n].sum()) for n in range(3)]


def test_who_pays_better_leaves_fewer_posts_open(runs):
    low, middle, high = by_relative_pay(runs, "unfilled", "vacancies")
    assert low > middle > high


def test_who_pays_better_loses_fewer_people(runs):
    low, middle, high = by_relative_pay(runs, "quits", "staff")
    assert low > middle > high


def test_founders_and_graduates_expect_what_they_saw(runs):
    for record in runs:
        cities = record.world.city_panel
        assert ((cities["filled"] > 0) & (cities["filled"] <= 1)).all()
        assert ((cities["finding"] >= 0) & (cities["finding"] <= 1)).all()
        # Where many posts stayed open in the year before, fewer are expected to be filled.
        open_posts = np.nan_to_num(record.sector["unfilled_posts"])
        last_year = np.array([open_posts[max(q - 3, 0) : q + 1].mean() for q in range(len(open_posts))])
        assert np.corrcoef(last_year[8:], cities["filled"][8:, 0])[0, 1] < -0.5
