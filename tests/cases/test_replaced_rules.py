"""A rule or a number of a rule that is replaced from Python: compiled rules would not see it, so it is an error."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim import Experiment, SectorModel, simulate
from sim.engine import replaced_rules
from sim.engine.replaced_rules import ReplacedRuleError
from sim.model.rules.procurement import purchasing_budgets
from sim.model.rules.workforce import quits_and_tenure

TINY = Path(__file__).parent / "mesa" / "tiny.yaml"
ROOT = Path(__file__).parents[2]


def names_of(module):
    """Names in a module that are noted, rules and numbers."""
    return sorted(name for where, name in replaced_rules._noted if where == module.__name__)


@pytest.mark.parametrize("module", [purchasing_budgets, quits_and_tenure])
def test_each_name_that_a_rule_uses(module, monkeypatch):
    names = names_of(module)
    assert len(names) > 5
    for name in names:
        with monkeypatch.context() as patch:
            patch.setattr(module, name, lambda *_: 0)
            with pytest.raises(
                ReplacedRuleError, match=rf"{module.__name__}\.{name} was replaced.*NUMBA_DISABLE_JIT=1"
            ):
                simulate(TINY, 1)
    simulate(TINY, 1)


def test_in_the_middle_of_a_run(monkeypatch):
    model = SectorModel(TINY, seed=1)
    model.step()
    monkeypatch.setattr(purchasing_budgets, "set_budgets", lambda *_: None)
    with pytest.raises(ReplacedRuleError, match="set_budgets"):
        model.step()
    assert model.quarter == 1


def test_a_name_that_was_taken_away(monkeypatch):
    monkeypatch.delattr(purchasing_budgets, "set_budgets")
    with pytest.raises(ReplacedRuleError, match="set_budgets"):
        SectorModel(TINY)


def test_nothing_is_written_for_an_experiment(monkeypatch, tmp_path):
    values = {"title": "t", "scenarios": [str(TINY)], "quarters": 4, "replications": 2, "outcomes": ["staff"]}
    monkeypatch.setattr(purchasing_budgets, "set_budgets", lambda *_: None)
    with pytest.raises(ReplacedRuleError, match="a folder of results holds what the sources give"):
        Experiment.of(values).run(tmp_path / "out", workers=0)
    assert not (tmp_path / "out").exists()


PROGRAM = """
import sys
from sim import Experiment, simulate
from sim.model.observe import quarter_observation
import sim.model.quarter as quarter
before = simulate(sys.argv[1], 1, quarters=2).world.cities.economy[0]
quarter.update_economy = lambda *_: None
after = simulate(sys.argv[1], 1, quarters=2).world.cities.economy[0]
print(before != 0, after == 0)
values = {"title": "t", "scenarios": [sys.argv[1]], "quarters": 2, "replications": 2, "outcomes": ["staff"]}
try:
    Experiment.of(values).run("out", workers=0)
except RuntimeError as error:
    print(error)
"""


def test_uncompiled_rules_may_be_replaced(tmp_path):
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(TINY)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0] == "True True"
    assert "update_economy was replaced" in lines[1]
    assert not (tmp_path / "out").exists()


def test_a_module_that_is_read_again(tmp_path):
    program = (
        "import importlib, sys; from sim import simulate; from sim.model.rules.shared import business_cycle\n"
        "importlib.reload(business_cycle); simulate(sys.argv[1], 1)"
    )
    command = [sys.executable, "-c", program, str(TINY)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "ReplacedRuleError: sim.model.rules.shared.business_cycle" in done.stderr


def test_every_module_of_rules_is_noted():
    noted = {module for module, _ in replaced_rules._noted}
    rules = ROOT / "sim" / "model" / "rules"
    for path in rules.rglob("*.py"):
        if "@rule" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            assert importlib.import_module(name).__name__ in noted
