"""Full files: a scenario or experiment as it is understood, everything that it extends and every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.declarations.input_issues import KeyPath, printable
from sim.experiment.design.checked_design import Design
from sim.experiment.design.declared_parameters import declared_at, schema_at
from sim.scenario import Loaded, Scenario
from sim.scenario.yaml_writing import yaml_text


def full_scenario(loaded: Loaded[Scenario], source: str) -> str:
    """A scenario as a file that gives the same runs, with units and a mark at each default.

    Parameters
    ----------
    loaded : Loaded
        The checked scenario.
    source : str
        Where it comes from, for the first line.
    """
    values = loaded.scenario.model_dump(mode="json", by_alias=True, exclude_none=True)

    def comment(path: KeyPath) -> str:
        unit = str(schema_at(path).get("unit", ""))
        given = _is_given(loaded.values, path)
        # Of a section that is a default as a whole, its entries say so.
        default = "" if given or isinstance(_at(values, path), Mapping) else "default"
        return ", ".join(part for part in (unit, default) if part)

    return f"# {printable(source)}, with every default filled in.\n\n" + yaml_text(values, comment)


def full_experiment(design: Design, source: str) -> str:
    """An experiment as a file that gives the same points and runs, from the same folder."""
    values = design.dump()["experiment"]
    return f"# {printable(source)}, with every default filled in; paths are those of its folder.\n\n" + yaml_text(
        values
    )


def value_comment(path: KeyPath) -> str:
    """What a parameter is, what is allowed, and its unit, for the comment beside it; empty where none is."""
    declared = declared_at(path)
    if declared is None or not declared.meaning:
        return ""
    return f"{declared.meaning.rstrip('.')}; {declared.allowed}"


def _at(values: Any, path: KeyPath) -> Any:
    for part in path:
        values = values[part]
    return values


def _is_given(values: Any, path: KeyPath) -> bool:
    """Whether files say something at a path."""
    try:
        _at(values, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True
