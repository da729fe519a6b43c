"""Declared names: whether a name in a document is that of something declared, or of something in the code."""

from __future__ import annotations

import importlib
from pathlib import Path

import sim.declarations as declarations
from sim.engine.fields import LabelledEnum
from sim.experiment.design.declared_parameters import declared_at
from sim.model.state.government_fields import LEVERS
from sim.output.table_columns import TABLES
from sim.scenario import Scenario

ROOT = Path(__file__).parents[2]
COLUMNS = {table: {column.name for column in columns} for table, columns in TABLES.items()}
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
