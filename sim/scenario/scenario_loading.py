"""Scenario loading: a scenario file, text or dictionary, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.declarations.input_issues import Issue, ScenarioError
from sim.scenario.checks.consistency_checks import check_scenario, ends_in_time
from sim.scenario.checks.name_checks import check_values
from sim.scenario.checks.policy_conflicts import outside_the_run
from sim.scenario.checks.unreached_policies import leave_out_unreached
from sim.scenario.parameters.scenario_file import Scenario
from sim.scenario.reading.file_loading import Conventions, Loaded, from_values, load, load_text
from sim.scenario.reading.layering import Template


def _check_file(scenario: Scenario) -> Iterator[Issue]:
    """All checks over a scenario as files say it: also whether the dates of their policies lie within the run."""
    if ends_in_time(scenario) and not scenario.dates_outside_run:
        yield from outside_the_run(scenario)
    yield from check_scenario(scenario)


CONVENTIONS: Conventions[Scenario] = Conventions(
    templates=(Template(("cities", "*"), "each_district", "districts"),),
    added=("policies",),
    references=check_values,
    unreached=leave_out_unreached,
    check=_check_file,
)
"""What is particular to scenario files."""


ScenarioSource = Scenario | str | Path | Mapping[str, Any]
"""What stands for a scenario: itself, a shipped name, a file, or values as they would stand in a file."""


def load_scenario_file(source: str | Path) -> Loaded[Scenario]:
    """Load a scenario with the places in files where its values stand, as commands need it.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with file, line and column.
    """
    return load(source, Scenario, CONVENTIONS)


def load_scenario(source: str | Path) -> Scenario:
    """Load a scenario file, or a shipped scenario by its name.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with file, line and column.
    """
    return load_scenario_file(source).scenario


def read_scenario(text: str) -> Scenario:
    """Read a scenario from YAML text, for notebooks and tests."""
    return load_text(text, Scenario, CONVENTIONS).scenario


def make_scenario(values: Mapping[str, Any]) -> Scenario:
    """Make a scenario from values written in Python; they may extend a shipped one by name."""
    return from_values(values, Scenario, CONVENTIONS).scenario


def as_scenario(source: ScenarioSource) -> Scenario:
    """The scenario that is meant, read and checked if it is not yet.

    Parameters
    ----------
    source : Scenario, str, Path or mapping
        A scenario, the name of a shipped one, a file, or values as they would stand in a file.

    Raises
    ------
    ScenarioError
        With every problem that was found.
    TypeError
        If it is nothing of the kind.
    """
    if isinstance(source, Scenario):
        return source
    if isinstance(source, Loaded) and isinstance(source.scenario, Scenario):
        return source.scenario
    if isinstance(source, Mapping):
        return make_scenario(source)
    if isinstance(source, str) and "\n" in source:
        raise TypeError("found text of several lines where a scenario is expected; read_scenario(TEXT) reads YAML")
    if isinstance(source, str | Path):
        return load_scenario(source)
    raise TypeError(
        f"found {type(source).__name__} where a scenario is expected: a Scenario, a shipped name, a file, or a mapping"
    )


__all__ = [
    "Loaded",
    "Scenario",
    "ScenarioError",
    "ScenarioSource",
    "as_scenario",
    "load_scenario",
    "load_scenario_file",
    "make_scenario",
    "read_scenario",
]
