"""Knowledge of clients: a change of contractor costs effective service for about a year."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used


def test_an_hour_by_a_new_contractor_does_less():
    new, old = [], []
    for seed in range(1, 5):
        record = simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario), seed)
        contracts = used(record.world, "contracts")
        done = contracts[(contracts["delivered_total"] > 0) & (contracts["incumbent"] >= 0) & (contracts["term"] == 4)]
        quality = done["effective_total"] / done["delivered_total"]
        same = done["incumbent"] == done["agency"]
        new.append(quality[~same].mean())
        old.append(quality[same].mean())
    assert np.mean(new) < 0.92 * np.mean(old)


def run(seed: int, **rules: dict[str, Any]) -> RunResult:
    values = deepcopy(BUSY)
    for group, changed in rules.items():
        values["rules"][group] = {**values["rules"].get(group, {}), **changed}
    return simulate(CompiledScenario.of(make_scenario(values), 24), seed)


def test_nothing_is_lost_where_knowledge_has_no_weight():
    panel = used(run(1, delivery={"knowledge_weight": 0.0}).world, "panel")
    served = panel["delivered"] - panel["handover_hours"] + panel["extra_hours"] + panel["own_hours"]
    np.testing.assert_allclose(panel["effective"], served * panel["quality"], rtol=1e-9)


def test_who_learns_at_once_knows_all_clients_of_the_quarter_before():
    """With a short time constant nearly all hours are by people who know clients, but for growth and staff who left."""
    quick = run(1, delivery={"knowledge_time": 0.01}, people={"knowledge_loss": 0.0}).sector["client_knowledge"]
    slow = run(1, delivery={"knowledge_time": 10.0}).sector["client_knowledge"]
    assert np.nanmean(quick[8:]) > 0.75
    assert np.nanmean(slow[8:]) < 0.4
