"""Compile errors: one line with file, line and rule, under both ways of compiling."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine.compilation import NUMBA_BELOW, NUMBA_FROM, check_numba

ROOT = Path(__file__).parents[3]
RULES = ROOT / "tests" / "support" / "tiny_rules.py"
LINES = RULES.read_text(encoding="utf-8").splitlines()
SCRIPT = """
import sys
from tests.support import tiny_rules
for name in sys.argv[1:]:
    try:
        getattr(tiny_rules, name)(tiny_rules.purses())
    except Exception as error:
        print(type(error).__name__, error.__suppress_context__, error, sep="|")
"""
ENTRIES = ("enter_misspelt", "enter_undefined", "add_text", "enter_failing")


def line_of(text):
    return next(n for n, line in enumerate(LINES, 1) if text in line)


@pytest.fixture(scope="module", params=["linked", "plain"])
def said(request, tmp_path_factory):
    cache = str(tmp_path_factory.mktemp("cache"))
    changes = {"SIM_COMPILER": request.param, "SIM_CACHE_DIR": cache, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT, *ENTRIES]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | changes, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == len(ENTRIES), done.stdout
    return dict(zip(ENTRIES, lines, strict=True))


def test_a_misspelt_field_is_named_with_the_nearest_one(said):
    place = f"tests/support/tiny_rules.py:{line_of('agency.cahs')} in rule misspell:"
    assert said["enter_misspelt"].startswith(f"RuleCompileError|True|{place}")
    assert re.search(r"'cahs'.*agency.*'cash'", said["enter_misspelt"])


def test_an_undefined_name_is_placed_in_the_rule_that_uses_it(said):
    place = f"tests/support/tiny_rules.py:{line_of('no_such_name')} in rule name_nothing:"
    assert said["enter_undefined"].startswith(f"RuleCompileError|True|{place}")
    assert "no_such_name" in said["enter_undefined"]


def test_types_that_do_not_go_together_are_placed(said):
    place = f"tests/support/tiny_rules.py:{line_of('cash + ')} in rule add_text:"
    assert said["add_text"].startswith(f"RuleCompileError|True|{place}")


def test_an_error_of_a_running_rule_stays_as_it_is(said):
    assert said["enter_failing"] == "ValueError|False|a rule's own error"


@pytest.mark.parametrize("version", ["0.61.2", "0.67.0", "0.69.0rc1", "1.0"])
def test_an_unsuitable_numba_is_one_clear_error(version):
    with pytest.raises(ImportError, match=rf"{re.escape(version)}.*numba>=.*SIM_COMPILER=plain"):
        check_numba(version)


def test_the_bounds_are_those_of_the_package():
    check_numba(".".join(map(str, NUMBA_FROM)) + ".9")
    wanted = "numba>={}.{},<{}.{}".format(*NUMBA_FROM, *NUMBA_BELOW)
    assert f'"{wanted}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
