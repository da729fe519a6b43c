"""Scenarios: what a user writes, read, checked and reported in the user's terms.

Names are loaded when they are first used: rules need the parameters, and nothing of what reads files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.declarations.input_issues import ScenarioError
    from sim.scenario.parameters.scenario_file import Scenario
    from sim.scenario.scenario_loading import (
        Loaded,
        ScenarioSource,
        as_scenario,
        load_scenario,
        load_scenario_file,
        make_scenario,
        read_scenario,
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


def __getattr__(name: str) -> Any:
    """Load a name from its module."""
    if name in __all__:
        from sim.scenario import scenario_loading

        return getattr(scenario_loading, name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__() -> list[str]:
    """Names that editors and interpreters offer."""
    return sorted({*globals(), *__all__})
