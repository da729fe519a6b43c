"""Interpreted rules (``NUMBA_DISABLE_JIT=1``) and compiled rules give the same run, bit for bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core import config

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import ASSESSED, BUSY
from tests.support.world_reading import bits

ROOT = Path(__file__).parents[2]
INTERPRETED = """
import json, warnings
warnings.simplefilter("error")
from tests.invariants.test_interpreted_rules import RUNS, run
print(json.dumps({name: run(name) for name in RUNS}))
"""
RUNS = {
    "beijing-2010": (load_scenario("beijing-2010").scenario, 5),
    "a busy town": (make_scenario(BUSY), 12),
    "an assessed town": (make_scenario(ASSESSED), 16),
    # NumPy adds up eight numbers or more in another order than a loop does.
    "many fields": (make_scenario(BUSY | {"fields": BUSY["fields"] | {f"field {n}": {} for n in range(9)}}), 6),
}


def run(name: str) -> dict[str, str]:
    """Digests of a run."""
    scenario, quarters = RUNS[name]
    return bits(simulate(CompiledScenario.of(scenario, quarters), 1).world)


@pytest.fixture(scope="module")
def interpreted():
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", INTERPRETED]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.skipif(config.DISABLE_JIT, reason="the rules are not compiled here")
@pytest.mark.parametrize("name", RUNS)
def test_interpreted_as_compiled(name, interpreted):
    assert [part for part, digest in run(name).items() if digest != interpreted[name][part]] == []
