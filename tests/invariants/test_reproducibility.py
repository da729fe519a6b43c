"""Reproducibility: the same bits in any order of keys, alone or in a batch, in one go or by quarter, in any process."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import BUSY
from tests.support.scenario_strategies import scenarios, seeds
from tests.support.world_reading import bits, differences, plain

ROOT = Path(__file__).parents[2]
OBSERVED = (
    *("bid_records", "flows", "panel", "panel_rows", "panel_skills"),
    *("community_panel", "unmet_panel", "government_panel", "association_panel"),
    *("institution_panel", "city_panel", "split_panel"),
)
"""Arrays that are only written: the ledger and the panels."""

ELSEWHERE = """
import json
from sim import CompiledScenario, load_scenario, simulate
from tests.support.world_reading import bits
print(json.dumps(bits(simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario, 24), 5).world)))
"""


def shuffled(values, random_key):
    """The same values with the keys of every mapping in another order."""
    if isinstance(values, dict):
        keys = list(values)
        random_key.shuffle(keys)
        return {key: shuffled(values[key], random_key) for key in keys}
    return [shuffled(item, random_key) for item in values] if isinstance(values, list) else values


def run(values, seed):
    return simulate(CompiledScenario.of(make_scenario(values)), seed)


@settings(max_examples=20)
@given(scenarios(), seeds, st.integers())
def test_order_of_entries_changes_nothing(values, seed, order):
    one, other = run(values, seed), run(shuffled(values, random.Random(order)), seed)
    assert not differences(one.world, other.world)
    assert one.compiled.names == other.compiled.names


def test_order_of_entries_changes_nothing_in_a_busy_town():
    assert not differences(run(BUSY, 1).world, run(shuffled(BUSY, random.Random(1)), 1).world)


def test_order_of_policies_changes_nothing():
    turned = BUSY | {"policies": BUSY["policies"][::-1]}
    assert not differences(run(BUSY, 1).world, run(turned, 1).world)


@settings(max_examples=10)
@given(scenarios(quarters=(4, 12)), st.lists(seeds, min_size=2, max_size=4))
def test_alone_or_in_a_batch(values, several):
    compiled = CompiledScenario.of(make_scenario(values))
    alone = [simulate(compiled, seed).world for seed in several]
    reuse = None
    for seed, world in zip(several, alone, strict=True):
        reuse = simulate(compiled, seed, reuse)
        assert not differences(reuse.world, world)


def test_alone_or_in_a_batch_that_outgrew_its_arrays():
    compiled = CompiledScenario.of(load_scenario("beijing-2010").scenario)
    alone, after = simulate(compiled, 2), simulate(compiled, 2, simulate(compiled, 1))
    # How much of panel and ledger was put aside on the way depends on the free space in them; tables do not.
    assert {part.split(".")[0] for part in differences(alone.world, after.world)} <= {"clock", *OBSERVED}
    expected = alone.tables()
    for name, table in after.tables().items():
        assert plain(table).equals(plain(expected[name])), name


@given(scenarios(quarters=(4, 12)), seeds)
@settings(max_examples=10)
def test_a_run_does_not_change_its_compiled_scenario(values, seed):
    compiled = CompiledScenario.of(make_scenario(values))
    before = bits(compiled.world)
    simulate(compiled, seed)
    assert bits(compiled.world) == before


@settings(max_examples=10)
@given(scenarios(quarters=(4, 12)), seeds)
def test_in_one_go_or_by_the_quarter(values, seed):
    compiled = CompiledScenario.of(make_scenario(values))
    stepped = RunResult(compiled, seed, initialise(compiled, seed))
    for quarter in range(compiled.quarters):
        stepped.run_to(quarter + 1)
    assert not differences(stepped.world, simulate(compiled, seed).world)


@settings(max_examples=10)
@given(scenarios(quarters=(4, 12)), seeds)
def test_without_panels_and_ledger_the_rest_is_the_same(values, seed):
    compiled = CompiledScenario.of(make_scenario(values))
    whole, light = simulate(compiled, seed), simulate(compiled, seed, detailed=False)
    assert {part.split(".")[0] for part in differences(whole.world, light.world)} <= {"clock", *OBSERVED}
    for name in ("money", "bids", "agencies", "communities", "policy"):
        assert len(light.tables()[name]) == 0, name
    for name in ("sector", "contracts", "events", "triggers"):
        assert plain(light.tables()[name]).equals(plain(whole.tables()[name])), name


def test_a_shorter_run_is_the_beginning_of_a_longer_one():
    scenario = make_scenario(BUSY)
    short, long = (simulate(CompiledScenario.of(scenario, quarters), 3) for quarters in (9, 30))
    assert short.sector.tobytes() == long.sector[:9].tobytes()


def test_seeds_matter():
    assert differences(run(BUSY, 1).world, run(BUSY, 2).world)


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_in_another_process(hash_seed):
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    here = bits(simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario, 24), 5).world)
    there = json.loads(done.stdout)
    assert [part for part in here if here[part] != there[part]] == []
