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
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.design.design import Design
    from sim.experiment.design.kinds import is_experiment
    from sim.experiment.design.plan import Plan, make_plan
    from sim.experiment.design.reading import experiment_from_values, load_experiment, restored, shipped_experiments
    from sim.experiment.design.schema import experiment_schema_text

_HOMES = {
    "Design": "design",
    "Plan": "plan",
    "experiment_from_values": "reading",
    "experiment_schema_text": "schema",
    "is_experiment": "kinds",
    "load_experiment": "reading",
    "make_plan": "plan",
    "restored": "reading",
    "shipped_experiments": "reading",
}
"""Name -> module.  Imported when asked for: who checks a scenario or lists files needs no numbers."""

__all__ = [
    "Design",
    "Plan",
    "experiment_from_values",
    "experiment_schema_text",
    "is_experiment",
    "load_experiment",
    "make_plan",
    "restored",
    "shipped_experiments",
]


def __getattr__(name: str) -> Any:
    """Import a name of this room when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
