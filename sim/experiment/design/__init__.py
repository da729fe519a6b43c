"""What is to be run: an experiment file, checked, and the table of points that it stands for.

>>> from sim.experiment.design import experiment_from_values
>>> design = experiment_from_values(
...     {
...         "title": "How eager are agencies?",
...         "scenarios": ["beijing-2010"],
...         "axes": {"drive": {"path": "rules.strategy.drive", "values": [0, 0.5, 1]}},
...         "replications": 20,
...     }
... )
>>> design.table().column("drive").to_pylist()
[0.0, 0.5, 1.0]
>>> design.scenario(design.row(design.table(), 2)).rules.strategy.drive
1.0

Names are loaded when they are first used, so that a command that only looks at a scenario starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.design.cost_and_coverage import Plan, make_plan
    from sim.experiment.design.experiment_loading import (
        experiment_from_values,
        load_experiment,
        restored,
        shipped_experiments,
    )
    from sim.experiment.design.experiment_schema import experiment_schema_text
    from sim.experiment.design.file_type import detect_file_type

_HOMES = {
    "Design": "checked_design",
    "Plan": "cost_and_coverage",
    "experiment_from_values": "experiment_loading",
    "experiment_schema_text": "experiment_schema",
    "detect_file_type": "file_type",
    "load_experiment": "experiment_loading",
    "make_plan": "cost_and_coverage",
    "restored": "experiment_loading",
    "shipped_experiments": "experiment_loading",
}

__all__ = [
    "Design",
    "Plan",
    "detect_file_type",
    "experiment_from_values",
    "experiment_schema_text",
    "load_experiment",
    "make_plan",
    "restored",
    "shipped_experiments",
]


def __getattr__(name: str) -> Any:
    """Load a name from its module."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
