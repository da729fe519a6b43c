"""Social work sector simulator: how purchasing, policy and funding shape nonprofit social work agencies.

The public interface in one screen::

    from sim import Experiment, SectorModel, simulate

    record = simulate("beijing-2010", seed=1)  # a whole run in memory; record.tables() has everything that happened
    model = SectorModel("beijing-2010", seed=1)  # a Mesa model, one step a quarter
    results = Experiment.load("diversification").run(workers=2)  # thousands of runs, kept in a folder

A scenario may be named, or be a file, a mapping, or a `Scenario` (`load_scenario`, `read_scenario`, `make_scenario`); a
`CompiledScenario` of it, made once, is run many times.  `Results` are opened again with ``Results.open(FOLDER)``.

Names are loaded when they are first used, so that a command that only checks a file starts at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment.experiment_api import Experiment
    from sim.experiment.results.results import Results
    from sim.experiment.store.batches import replication_seed
    from sim.mesa_model import SectorModel
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import RunResult, simulate
    from sim.scenario import Scenario, ScenarioError, load_scenario, make_scenario, read_scenario

__version__ = "0.2.0"

_HOMES = {
    "CompiledScenario": "sim.model.setup.compiled_scenario",
    "Experiment": "sim.experiment.experiment_api",
    "Results": "sim.experiment.results.results",
    "RunResult": "sim.run",
    "Scenario": "sim.scenario",
    "ScenarioError": "sim.scenario",
    "SectorModel": "sim.mesa_model",
    "load_scenario": "sim.scenario",
    "make_scenario": "sim.scenario",
    "read_scenario": "sim.scenario",
    "replication_seed": "sim.experiment.store.batches",
    "simulate": "sim.run",
}

__all__ = [
    "CompiledScenario",
    "Experiment",
    "Results",
    "RunResult",
    "Scenario",
    "ScenarioError",
    "SectorModel",
    "__version__",
    "load_scenario",
    "make_scenario",
    "read_scenario",
    "replication_seed",
    "simulate",
]


_RENAMED = {"Blueprint": "CompiledScenario", "Record": "RunResult", "SweepResults": "Results"}
"""Names until 0.1, and what they are called now."""


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    hint = f"; it is called {_RENAMED[name]} now" if name in _RENAMED else ""
    raise AttributeError(f"module 'sim' has no attribute '{name}'{hint}", name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    """Names that editors and interpreters offer."""
    return sorted({*globals(), *__all__})
