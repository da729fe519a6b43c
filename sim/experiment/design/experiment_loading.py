"""Experiment loading: from a file, or values from Python, to a checked design, with all problems reported together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from sim.declarations.input_issues import Problem, ScenarioError
from sim.experiment.design.bases_and_variants import Base, ResolvedBase, Sources
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_checks import check_experiment
from sim.experiment.design.experiment_file import ExperimentFile
from sim.scenario.reading.file_conventions import Conventions
from sim.scenario.reading.file_loading import Loaded, from_values, load
from sim.scenario.reading.file_search import Shipped, shipped, shipped_directory
from sim.scenario.reading.located_values import Node, to_problem

EXPERIMENTS = "experiments"
"""Folder of shipped experiments."""


def load_experiment(source: str | Path) -> Design:
    """Load an experiment file, or a shipped experiment by its name.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with file, line and column.
    """
    reader = _Reader()
    return reader.design_of(load(source, ExperimentFile, reader.conventions()))


def experiment_from_values(values: Mapping[str, Any], *, beside: Path | None = None) -> Design:
    """Make a design from values written in Python; they may extend a shipped experiment by name.

    Tuples, ranges, NumPy's arrays, enumerations, quarters, paths and NumPy's numbers are taken for what they stand for.

    Parameters
    ----------
    values : mapping
        What a file would say.
    beside : Path, optional
        Folder that paths are relative to; by default the working directory.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with the keys that lead to it.
    """
    reader = _Reader(beside)
    return reader.design_of(from_values(_without_paths(values), ExperimentFile, reader.conventions(), beside=beside))


def restored(dump: Mapping[str, Any]) -> Design:
    """Make a design again from what `Design.dump` wrote, without reading any file.

    Raises
    ------
    ScenarioError
        Where this version of the package does not accept it any more.
    """
    try:
        file = ExperimentFile.model_validate_json(json.dumps(dump["experiment"]))
        resolved_bases = [ResolvedBase.again(Base(**base)) for base in dump["bases"]]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        what = f"what was written down is no longer accepted: {first['msg']}"
        raise ScenarioError([Problem("", 0, 0, tuple(first["loc"]), what)]) from None
    design, found = check_experiment(file, resolved_bases, tuple(map(Path, dump["sources"])))
    if design is None:
        raise ScenarioError(to_problem(Node({}), issue) for issue in found)
    return design


def shipped_experiments() -> list[Shipped]:
    """List the experiments that ship with the package."""
    return shipped(EXPERIMENTS)


class _Reader:
    """Reads scenarios and makes the design while the file itself is still being checked."""

    def __init__(self, beside: Path | None = None) -> None:
        self._beside = beside
        self._design: Design | None = None

    def conventions(self) -> Conventions[ExperimentFile]:
        """What is particular to experiment files."""
        return Conventions(directory=shipped_directory(EXPERIMENTS), free=("variants",), beyond=self._beyond)

    def design_of(self, loaded: Loaded[ExperimentFile]) -> Design:
        """The design of a file in which nothing was wrong."""
        if self._design is None:
            raise AssertionError("a file without problems has a design")
        own = [file for file in loaded.files if file not in self._design.sources]
        design = self._design
        return Design(design.file, design.bases, design.axes, (*own, *design.sources), design.notes)

    def _beyond(self, values: Any, tree: Node) -> Iterable[Problem]:
        """Everything that needs the scenarios, as far as the file is valid."""
        part = valid_part(values)
        if part is None:
            return
        file, broken = part
        sources = Sources(file, tree, self._beside)
        yield from sources.problems
        design, found = check_experiment(file, sources.resolved_bases, tuple(sources.files), broken)
        if not sources.problems:
            self._design = design
        for issue in found:
            yield to_problem(tree, issue)


def valid_part(values: Any) -> tuple[ExperimentFile, frozenset[str]] | None:
    """The file without the entries that are wrong by themselves, so that the others can be looked at.

    Returns
    -------
    tuple, optional
        The rest; and what was taken out: names of sections, and of axes.  None where nothing can be looked at.
    """
    if not isinstance(values, dict):
        return None
    rest = {key: dict(value) if isinstance(value, dict) else value for key, value in values.items()}
    rest.setdefault("title", "untitled")
    broken: set[str] = set()
    while True:
        try:
            return ExperimentFile.model_validate_json(json.dumps(rest)), frozenset(broken)
        except ValidationError as error:
            places = {tuple(map(str, entry["loc"][:2])) for entry in error.errors(include_url=False)}
        # Every round takes something out, so there is a last one.
        taken = {_take_out(rest, place) for place in places}
        if taken <= broken:
            return None
        broken |= taken


def _take_out(rest: dict[str, Any], place: tuple[str, ...]) -> str:
    """Take an axis or variant, or else a whole section, out of a file; return its name."""
    section, *below = place
    if section == "title":
        rest["title"] = "untitled"
    elif section in ("axes", "variants") and below and isinstance(rest.get(section), dict):
        rest[section].pop(below[0], None)
        return below[0]
    else:
        rest.pop(section, None)
    return section


def _without_paths(value: Any) -> Any:
    """Values from Python with paths as text, and arrays and ranges as lists."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, range | np.ndarray):
        return np.asarray(value).tolist()
    if isinstance(value, Mapping):
        return {key: _without_paths(below) for key, below in value.items()}
    return [_without_paths(below) for below in value] if isinstance(value, list | tuple) else value


__all__ = ["experiment_from_values", "load_experiment", "restored", "shipped_experiments", "valid_part"]
