"""Uncertainty runs: a scenario under parameter sets that calibration keeps, beside runs that differ by chance."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.declarations.input_issues import ScenarioError
from sim.experiment.store.results_folder import UNCERTAINTY
from sim.scenario import Loaded, Scenario, load_scenario_file
from sim.validation.drawn_designs import drawn_design, swept
from sim.validation.ensemble_file import Ensemble, read_ensemble, shipped_ensemble

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

SETS = 20
"""Sets that are run; the first of the file, whose order is that of the draws."""
REPLICATIONS = 10
"""Runs of each."""


def ensemble_of(loaded: Loaded[Scenario]) -> Ensemble | str:
    """The ensemble that belongs to a scenario, or why there is none.

    Sets were kept because the patterns hold in that scenario as it is shipped; what holds in a changed one is
    not known.

    Raises
    ------
    ScenarioError
        If the ensemble file is wrong.
    """
    path = shipped_ensemble()
    if not path.exists():
        return "there is no ensemble of parameter sets; sim validate --random SETS --ensemble FILE makes one"
    ensemble = read_ensemble(path)
    try:
        itself = load_scenario_file(ensemble.scenario)
    except ScenarioError:
        return f"the ensemble of parameter sets belongs to {ensemble.scenario}, which is not there"
    if itself.values != loaded.values:
        return f"no ensemble of parameter sets belongs to this scenario; there is one of {ensemble.scenario} as shipped"
    return ensemble


def uncertainty_design(ensemble: Ensemble, quarters: int, seed: int, outcomes: Iterable[str]) -> Design:
    """The sweep over the sets, keeping these outcomes by quarter.

    Parameters
    ----------
    ensemble : Ensemble
        The sets, and the scenario that they belong to.
    quarters, seed : int
        Those of the run beside it.
    outcomes : iterable of str
        Outcomes of the table `sector`.

    Raises
    ------
    ScenarioError
        If a set is not admissible.
    """
    values = {
        "title": f"Uncertainty of parameters: {ensemble.scenario}",
        "scenarios": [ensemble.scenario],
        "quarters": quarters,
        "seed": seed,
        "replications": REPLICATIONS,
        "keep": {"tables": ["sector"], "columns": {"sector": list(outcomes)}},
    }
    return drawn_design(values, ensemble.axes(), ensemble.points(SETS), Path())


def run_uncertainty(design: Design, run_folder: Path, executor: Executor, reporter: ProgressReporter) -> None:
    """Run the sets into a folder of the run, or what is left of it.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    KeyboardInterrupt
        As it comes; what is done stays.
    """
    swept(design, run_folder / UNCERTAINTY, executor, reporter)
