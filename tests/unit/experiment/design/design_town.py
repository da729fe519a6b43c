"""A small scenario file and experiments on it, and the messages about wrong ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.declarations.input_issues import Problem
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_loading import experiment_from_values, load_experiment
from sim.scenario import ScenarioError

TOWN: dict[str, Any] = {
    "title": "A town",
    "start": "2010-Q1",
    "quarters": 12,
    "fields": {"elderly": {}, "youth": {}},
    "cities": {
        "Anping": {
            "government": {"procurement": {"budget": 600_000}},
            "districts": {"East": {}, "West Side": {"government": {"contract": {"term": 8}}}},
        }
    },
    "colleges": {"Normal College": {"city": "Anping"}},
    "agencies": {"St. John's 2.0": {"district": "East"}, "Harbour": {"district": "West Side", "staff": 9}},
    "policies": [
        {"at": "2010-Q1", "set": {"procurement.growth": 0.1}},
        {"name": "cut", "from": "2011-Q1", "to": "2011-Q4", "set": {"procurement.budget_factor": 0.5}},
    ],
}

DRIVE: dict[str, Any] = {"path": "rules.strategy.drive", "values": [0, 0.5, 1]}


def town(folder: Path, name: str = "town", **changes: object) -> Path:
    """A scenario file."""
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(TOWN | changes, sort_keys=False), encoding="utf-8")
    return path


def values(folder: Path, **changes: object) -> dict[str, Any]:
    """An experiment on the town, as a Python user writes it."""
    usual: dict[str, Any] = {"title": "An experiment", "replications": 3, "axes": {"drive": DRIVE}}
    if "scenarios" not in changes:
        usual["scenarios"] = [town(folder)]
    return usual | changes


def design(folder: Path, **changes: object) -> Design:
    return experiment_from_values(values(folder, **changes))


def messages_of(folder: Path, **changes: object) -> list[str]:
    """Messages about the experiment after changes."""
    with pytest.raises(ScenarioError) as caught:
        experiment_from_values(values(folder, **changes))
    return [str(problem) for problem in caught.value.problems]


def about_axis(folder: Path, axis: dict[str, object], **changes: object) -> list[str]:
    """Messages about an axis named `it`."""
    return messages_of(folder, axes={"it": axis}, **changes)


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_experiment(path)
    return caught.value.problems
