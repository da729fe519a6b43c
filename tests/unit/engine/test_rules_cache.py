"""The rules' cache: what compiled code hangs on is hashed, and nothing else is."""

import subprocess
import sys

from sim.engine.rules_cache import REACHED, sources

IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*(name for name in sys.modules if name.startswith("sim.")))
"""


def test_rules_reach_only_packages_that_are_hashed():
    """Every module with a rule in it, and all that they import."""
    ruled = [name for name, source in sources().items() if b"import rule" in source or b"import entry" in source]
    modules = ["sim." + name.removesuffix(".py").replace("/", ".") for name in ruled]
    assert "sim.model.quarter" in modules
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL, *modules], capture_output=True, text=True, check=True)
    hashed = tuple("sim." + package.replace("/", ".") for package in REACHED)
    reached = set(done.stdout.split()) - {"sim.scenario"}
    assert "sim.model.rules.procurement.bidding" in reached
    assert [name for name in reached if not name.startswith(hashed)] == []


def test_the_packages_that_are_hashed_are_there():
    files = list(sources())
    assert all(any(file.startswith(package + "/") for file in files) for package in REACHED)
    assert not any(file.startswith(("cli/", "plots/", "experiment/")) for file in files)
