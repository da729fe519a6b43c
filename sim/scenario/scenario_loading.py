"""Scenario loading: a scenario file, text or dictionary, read and checked."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from sim.declarations.input_issues import Issue, Problem, ScenarioError
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


_CHECKED: WeakValueDictionary[int, Scenario] = WeakValueDictionary()
"""Scenarios that were checked, by identity: pydantic checks neither a copy nor what values mean together."""


def load_scenario_file(source: str | Path) -> Loaded[Scenario]:
    """Load a scenario with the places in files where its values stand, as commands need it.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with file, line and column.
    """
    return _noted(load(source, Scenario, CONVENTIONS))


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
    return _noted(load_text(text, Scenario, CONVENTIONS)).scenario


def make_scenario(values: Mapping[str, Any]) -> Scenario:
    """Make a scenario from values written in Python; they may extend a shipped one by name."""
    return _noted(from_values(values, Scenario, CONVENTIONS)).scenario


def _noted(loaded: Loaded[Scenario]) -> Loaded[Scenario]:
    """Note that a scenario was checked."""
    _CHECKED[id(loaded.scenario)] = loaded.scenario
    return loaded


def _checked(scenario: Scenario) -> Scenario:
    """The same scenario, checked if it was put together or copied in Python and is not yet."""
    if _CHECKED.get(id(scenario)) is not scenario:
        with warnings.catch_warnings():
            # Pydantic warns of values of another type; the check reports them as errors.
            warnings.simplefilter("ignore", UserWarning)
            values = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
        # A copy may well be shorter than its policies.
        found = from_values(values | {"dates_outside_run": True}, Scenario, CONVENTIONS).scenario
        for name in Scenario.model_fields:
            if name != "dates_outside_run" and getattr(found, name) != getattr(scenario, name):
                what = f"holds {type(getattr(scenario, name)).__name__}, in whole or in part, which no file can say"
                raise ScenarioError([Problem("", 0, 0, (name,), what, "make it with make_scenario")])
        _CHECKED[id(scenario)] = scenario
    return scenario


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
        return _checked(source)
    if isinstance(source, Loaded) and isinstance(source.scenario, Scenario):
        return _checked(source.scenario)
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
