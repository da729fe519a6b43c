"""docs/glossary.md names what exists, and leaves nothing out that it promises to name."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import sim.declarations as declarations
from sim.declarations.income_sources import Source
from sim.engine.fields import LabelledEnum
from sim.experiment.design.declared_parameters import declared_at
from sim.model.state.government_fields import LEVERS
from sim.output.table_columns import TABLES
from sim.scenario import Scenario
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment

ROOT = Path(__file__).parents[3]
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<names>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)
ROWS = [row for row in ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8")) if "`" in row[1]]
NAMES = [name for _, names, _ in ROWS for name in re.findall("`([^`]+)`", names)]
COLUMNS = {table: {column.name for column in columns} for table, columns in TABLES.items()}
LEVER_GROUPS = {name for level in (CityGovernment, DistrictGovernment) for name in level.model_fields}
PACKAGES = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "sim").rglob("__init__.py")} - {"sim"}


def enumerations() -> dict[str, type[LabelledEnum]]:
    """Labelled enumerations of the declarations, by name."""
    for path in Path(declarations.__file__).parent.glob("*.py"):
        importlib.import_module(f"sim.declarations.{path.stem}")
    found = (each for each in LabelledEnum.__subclasses__() if each.__module__.startswith("sim.declarations."))
    return {each.__name__: each for each in found}


ENUMERATIONS = enumerations()


def in_the_code(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    module, _, rest = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ImportError:
        return bool(module) and hasattr(importlib.import_module(module), rest)
    return True


def a_parameter(name: str) -> bool:
    """Whether a scenario may set a number or choice of this name."""
    try:
        return bool(declared_at(tuple(name.split("."))))
    except ValueError:
        return False


def exists(name: str) -> bool:
    """Whether a name of the glossary is found where the glossary's head says."""
    first, _, rest = name.partition(".")
    if name.startswith("sim"):
        return name in PACKAGES if "/" in name else in_the_code(name)
    if first in ENUMERATIONS:
        return not rest or rest in {member.label for member in ENUMERATIONS[first]}
    return (
        name in COLUMNS["sector"] | COLUMNS.keys() | Scenario.model_fields.keys()
        or rest in COLUMNS.get(first, set())
        or name.replace(".", "_") in {lever.name for lever in LEVERS}
        or a_parameter(name)
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists(name):
    assert exists(name)


@pytest.mark.parametrize(
    "name", ["agencies.employees", "Form.branch", "Shape", "contract.length", "sim.chance", "sim/view", "unmet"]
)
def test_a_name_that_is_gone_is_noticed(name):
    assert not exists(name)


def test_terms_are_there_once():
    terms = [term for term, _, _ in ROWS]
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(ENUMERATIONS.keys(), id="enumerations"),
        pytest.param({f"Source.{source.label}" for source in Source}, id="sources of income"),
        pytest.param(COLUMNS.keys(), id="tables"),
        pytest.param(Scenario.model_fields.keys(), id="keys of a scenario"),
        pytest.param(PACKAGES, id="packages"),
    ],
)
def test_nothing_is_left_out(expected):
    assert set(expected) - set(NAMES) == set()


def test_every_group_of_levers_has_its_line():
    assert LEVER_GROUPS - {name.partition(".")[0] for name in NAMES} == set()
