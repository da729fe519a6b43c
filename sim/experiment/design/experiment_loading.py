"""Experiment loading: from a file, or values from Python, to a checked design, with all problems reported together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from sim.declarations.input_issues import Problem, ScenarioError
from sim.experiment.design.bases_and_variants import Base, ResolvedBase, read_sources
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_checks import check_experiment
from sim.experiment.design.experiment_file import ExperimentFile
from sim.scenario.reading.file_conventions import Conventions
from sim.scenario.reading.file_loading import Loaded, from_values, load
from sim.scenario.reading.file_search import shipped_directory
from sim.scenario.reading.located_values import Node, to_problem


def load_experiment(source: str | Path) -> Design:
    """Load an experiment file, or a shipped experiment by its name.

    Raises
    ------
    ScenarioError
        With every problem that was found, each with file, line and column.
    """
    return _design_of(partial(load, source, ExperimentFile), None)


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
    return _design_of(partial(from_values, _without_paths(values), ExperimentFile, beside=beside), beside)


def restored(dump: Mapping[str, Any]) -> Design:
    """Make a design again from what `Design.dump` wrote, without reading any file.

    Raises
    ------
    ScenarioError
        Where this version of the package does not accept it any more.
    """
    try:
        file = ExperimentFile.model_validate_json(json.dumps(dump["experiment"]))
        resolved_bases = [ResolvedBase.of(Base(**base)) for base in dump["bases"]]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        what = f"what was written down is no longer accepted: {first['msg']}"
        raise ScenarioError([Problem("", 0, 0, tuple(first["loc"]), what)]) from None
    design, found = check_experiment(file, resolved_bases, tuple(map(Path, dump["sources"])))
    if design is None:
        raise ScenarioError(to_problem(Node({}), issue) for issue in found)
    return design


def _design_of(read: Callable[..., Loaded[ExperimentFile]], beside: Path | None) -> Design:
    """The design of a file, made while the file itself is still being checked, so that all problems are reported."""
    made: list[Design] = []

    def beyond(values: Any, tree: Node) -> Iterator[Problem]:
        file, broken = _valid_part(values)
        if file is None:
            return
        sources = read_sources(file, tree, beside)
        yield from sources.problems
        design, found = check_experiment(file, sources.resolved_bases, tuple(sources.files), broken)
        if design is not None:
            made.append(design)
        for issue in found:
            yield to_problem(tree, issue)

    folder = shipped_directory("experiments")
    loaded = read(conventions=Conventions(directory=folder, free=("variants",), beyond=beyond))
    own = [file for file in loaded.files if file not in made[0].sources]
    return replace(made[0], sources=(*own, *made[0].sources))


def _valid_part(values: Any) -> tuple[ExperimentFile | None, frozenset[str]]:
    """The file without what is wrong by itself, so that the rest can be looked at; and the names of what is wrong.

    Of axes and variants single ones are taken out, else whole sections; without a section that it needs there is none.
    """
    if not isinstance(values, dict):
        return None, frozenset()
    try:
        return ExperimentFile.model_validate_json(json.dumps(values)), frozenset()
    except ValidationError as error:
        wrong = [tuple(map(str, entry["loc"][:2])) for entry in error.errors(include_url=False)]
    single = {place for place in wrong if place[0] in ("axes", "variants") and len(place) > 1}
    sections = {section for section, *_ in {*wrong} - single}
    rest = {
        key: {name: each for name, each in value.items() if (key, name) not in single}
        if isinstance(value, dict)
        else value
        for key, value in values.items()
        if key not in sections
    }
    try:
        file = ExperimentFile.model_validate_json(json.dumps({"title": "untitled"} | rest))
    except ValidationError:
        file = None
    return file, frozenset(sections | {name for _, name in single})


def _without_paths(value: Any) -> Any:
    """Values from Python with paths as text, and arrays and ranges as lists."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, range | np.ndarray):
        return np.asarray(value).tolist()
    if isinstance(value, Mapping):
        return {key: _without_paths(below) for key, below in value.items()}
    return [_without_paths(below) for below in value] if isinstance(value, list | tuple) else value
