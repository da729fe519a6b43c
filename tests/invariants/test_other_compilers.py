"""A whole shipped scenario with bounds checked, and compiled by `numba.njit` alone: the same run, bit for bit."""

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
from sim.scenario import load_scenario
from tests.support.world_reading import bits

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, sys
from tests.invariants.test_other_compilers import digests
assert "sim.engine.jit_linking" in sys.modules or sys.argv[1] != "linked"
assert "sim.engine.jit_linking" not in sys.modules or sys.argv[1] != "plain"
print(json.dumps(digests()))
"""


def digests() -> dict[str, str]:
    """Digests of every field of a run of a shipped scenario, all its quarters."""
    return bits(simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario), 1).world)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(config.DISABLE_JIT, reason="the rules are not compiled here")
@pytest.mark.parametrize(
    ("compiler", "check_bounds"),
    [
        pytest.param("linked", "1", id="bounds checked", marks=pytest.mark.bounds),
        pytest.param("plain", "0", id="numba.njit alone"),
    ],
)
def test_the_same_run(compiler, check_bounds, tmp_path):
    environment = os.environ | {
        "SIM_COMPILER": compiler,
        "NUMBA_BOUNDSCHECK": check_bounds,
        "SIM_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", SCRIPT, compiler]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert [part for part, digest in digests().items() if found[part] != digest] == []
