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
    if ends_in_time(scenario):
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


def load_scenario(source: str | Path) -> Loaded[Scenario]:
    """Load a scenario file, or a shipped scenario by its name.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with file, line and column.
    """
    return load(source, Scenario, CONVENTIONS)


def read_scenario(text: str) -> Scenario:
    """Read a scenario from YAML text, for notebooks and tests."""
    return load_text(text, Scenario, CONVENTIONS).scenario


def make_scenario(values: Mapping[str, Any]) -> Scenario:
    """Make a scenario from values written in Python; they may extend a shipped one by name."""
    return from_values(values, Scenario, CONVENTIONS).scenario


__all__ = ["Loaded", "Scenario", "ScenarioError", "load_scenario", "make_scenario", "read_scenario"]
