"""Run design: a run of one scenario is an experiment of one point that keeps all tables.

>>> from sim.experiment.design.run_design import run_design
>>> from sim.scenario import load_scenario_file
>>> design = run_design(load_scenario_file("beijing-2010"), "beijing-2010", replications=10)
>>> design.points, design.file.keep.tables[0]
(1, 'sector')
"""

from __future__ import annotations

from sim.experiment.design.bases_and_variants import Base
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_checks import KEPT_TABLES
from sim.experiment.design.experiment_file import ExperimentFile, Keep
from sim.scenario import Loaded, Scenario, ScenarioError
from sim.scenario.checks.consistency_checks import check_scenario

_LONGEST_TITLE = 120


def run_design(
    loaded: Loaded[Scenario],
    name: str,
    *,
    replications: int,
    seed: int = 1,
    quarters: int | None = None,
    keep: Keep | None = None,
) -> Design:
    """The design of a run.

    Parameters
    ----------
    loaded : Loaded
        The checked scenario and where it came from.
    name : str
        What it is called in tables.
    replications, seed : int
        As for an experiment.
    quarters : int, optional
        Length of a run; the scenario's by default.
    keep : Keep, optional
        What is kept of it; by default every table.

    Raises
    ------
    ScenarioError
        Where the scenario cannot be run for so long.
    """
    found = list(check_scenario(loaded.scenario, {"length"}, quarters)) if quarters else []
    if found:
        raise ScenarioError(map(loaded.problem, found))
    file = ExperimentFile(
        title=loaded.scenario.title[:_LONGEST_TITLE],
        scenarios=[name],
        quarters=quarters or loaded.scenario.quarters,
        replications=replications,
        seed=seed,
        keep=keep or Keep(series=[], tables=list(KEPT_TABLES)),
    )
    return Design(file, (Base(name, "", loaded.values),), (), tuple(loaded.files))
