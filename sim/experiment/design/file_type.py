"""File type: whether a file is an experiment or a scenario; a shipped name may be both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.declarations.input_issues import Problem, suggest
from sim.scenario.reading.file_search import find, read_text, shipped_directory
from sim.scenario.reading.yaml_reader import read

if TYPE_CHECKING:
    from pydantic import BaseModel

MARK = "scenarios"
"""A top-level key that every experiment has, or what it extends, and no scenario."""


def detect_file_type(source: str) -> tuple[bool, bool]:
    """Whether a path, or the name of a shipped file, means a scenario, and whether it means an experiment.

    Neither where there is no such file, nor one that can be read.
    """
    return _kinds(source, Path(), ())


def _kinds(source: str, beside: Path, above: tuple[Path, ...]) -> tuple[bool, bool]:
    """The kinds of what a name means to the last of the files `above`, which lead here by what they extend."""
    itself = above[-1] if above else None
    path = find(source, beside, shipped_directory(), itself=itself)
    other = find(source, beside, shipped_directory("experiments"), itself=itself)
    if isinstance(path, Problem) or isinstance(other, Problem):
        return not isinstance(path, Problem), not isinstance(other, Problem)
    if path != other:
        return True, True
    text = read_text(path)
    node = None if isinstance(text, Problem) or path in above else read(text, source)[0]
    if node is None or not isinstance(node.value, dict):
        return False, False
    experiment = MARK in node.value
    if not experiment:
        base = node.value.get("extends")
        name = base.value if base is not None else None
        found = _kinds(name, path.parent, (*above, path)) if isinstance(name, str) else (False, False)
        experiment = found[1] if found[0] != found[1] else _looks_like_an_experiment(node.value)
    return not experiment, experiment


def _looks_like_an_experiment(keys: Iterable[str]) -> bool:
    """Whether more keys, as they are or nearly so, are such that only experiments have than that only scenarios have.

    >>> _looks_like_an_experiment(["title", "scenario", "axis"]), _looks_like_an_experiment(["title", "seed", "cities"])
    (True, False)
    """
    from sim.experiment.design.experiment_file import ExperimentFile
    from sim.scenario.parameters.scenario_file import Scenario

    theirs, others = _keys(ExperimentFile), _keys(Scenario)
    near = [suggest(str(key), sorted(theirs | others)) for key in keys]
    return sum(name in theirs - others for name in near) > sum(name in others - theirs for name in near)


def _keys(model: type[BaseModel]) -> set[Any]:
    return {field.alias or name for name, field in model.model_fields.items()}
