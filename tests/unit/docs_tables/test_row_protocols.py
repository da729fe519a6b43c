"""Row types: they are those that the declarations give, and mypy finds a misspelt field in a rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sim.docs_tables.row_protocols import ROW_TYPES, ROWS, class_name, row_types
from sim.model.state.world import World

ROOT = Path(__file__).parents[3]
RULE = """
from sim.engine.compilation import rule
from sim.model.state.row_types import AgencyRow
from sim.model.state.world import World


@rule
def right(world: World, agency: AgencyRow) -> int:
    return agency.cash + world.agencies[agency.index].staff


@rule
def wrong(world: World, agency: AgencyRow) -> int:
    return agency.cahs + world.agencies[agency.index].staf
"""


def test_row_types_are_those_that_the_declarations_give():
    assert ROW_TYPES.read_text(encoding="utf-8") == row_types(), "run: make docs"


def test_every_struct_array_of_a_world_has_a_row_type():
    written = [getattr(kind, "__forward_arg__", str(kind)) for kind in World.__annotations__.values()]
    named = {kind[5:-1] for kind in written if kind.startswith("Rows[")}
    assert len(named) > 20
    assert named <= {class_name(kind) for kind in ROWS}


def test_mypy_finds_a_misspelt_field_in_a_rule(tmp_path):
    file = tmp_path / "misspelt.py"
    file.write_text(RULE, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    errors = [line for line in done.stdout.splitlines() if "error" in line and "misspelt.py" in line]
    assert len(errors) == 2, done.stdout + done.stderr
    assert '"AgencyRow" has no attribute "cahs"' in errors[0]
    assert '"AgencyRow" has no attribute "staf"' in errors[1]
