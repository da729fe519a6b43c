"""File type: whether a file is an experiment or a scenario; a shipped name may be both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.declarations.input_issues import Problem, suggest
from sim.scenario.reading.extends_chain import EXTENDS, read_file
from sim.scenario.reading.file_search import find, shipped_directory

MARK = "scenarios"
"""A top-level key that every experiment has, or what it extends, and no scenario."""


def detect_file_type(source: str, beside: Path | None = None, above: tuple[Path, ...] = ()) -> tuple[bool, bool]:
    """Whether a name means a scenario, and whether it means an experiment.

    Parameters
    ----------
    source : str
        A path, or the name of a shipped file.
    beside : Path, optional
        Folder that a path is relative to; by default the working directory.
    above : tuple of Path
        Files that lead here by what they extend.

    Returns
    -------
    tuple of bool
        Both for a name that is shipped as both; neither where there is no such file, nor one that can be read.
    """
    places = (shipped_directory(), shipped_directory("experiments"))
    scenario, path = (find(source, beside or Path(), place, itself=above[-1] if above else None) for place in places)
    if isinstance(path, Problem) or scenario != path:
        return not isinstance(scenario, Problem), not isinstance(path, Problem)
    node = None if path in above else read_file(path)[0]
    if node is None or not isinstance(node.value, dict):
        return False, False
    base = node.value.get(EXTENDS)
    if MARK not in node.value and base is not None:
        for one in base.value if isinstance(base.value, list) else [base]:
            found = detect_file_type(str(one.value), path.parent, (*above, path))
            if found[0] != found[1]:
                return found
    experiment = MARK in node.value or _looks_like_an_experiment(node.value)
    return not experiment, experiment


def _looks_like_an_experiment(keys: Iterable[str]) -> bool:
    """Whether more keys, as they are or nearly so, are such that only experiments have than that only scenarios have.

    >>> _looks_like_an_experiment(["title", "scenario", "axis"]), _looks_like_an_experiment(["title", "seed", "cities"])
    (True, False)
    """
    from sim.experiment.design.experiment_file import ExperimentFile
    from sim.scenario.parameters.scenario_file import Scenario

    theirs, others = (
        {field.alias or name for name, field in model.model_fields.items()} for model in (ExperimentFile, Scenario)
    )
    near = [suggest(str(key), sorted(theirs | others)) for key in keys]
    return sum(name in theirs - others for name in near) > sum(name in others - theirs for name in near)
