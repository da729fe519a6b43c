"""Rooms downstream of the model import it and are never imported by it: its compiled code does not hang on them."""

import subprocess
import sys

from sim.rule import APART, sources

IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*(name for name in sys.modules if name.startswith("sim.")))
"""


def test_the_model_reaches_no_room_that_is_left_out_of_its_digest():
    """Every module with a rule in it, and all that they import."""
    ruled = [name for name, source in sources(APART).items() if b"import rule" in source or b"import entry" in source]
    modules = ["sim." + name.removesuffix(".py").replace("/", ".") for name in ruled]
    assert "sim.quarter" in modules
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL, *modules], capture_output=True, text=True, check=True)
    reached = {name.split(".")[1] for name in done.stdout.split()}
    assert "agents" in reached
    assert not reached & set(APART)


def test_the_rooms_that_are_left_out_are_there():
    there = {name.split("/")[0] for name in sources()}
    assert {"experiment", "view", "cli", "describe", "analysis"} <= there & set(APART)
