"""The committed JSON Schema is the one that the declarations give, and experiments satisfy it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sim.experiment.design.experiment_schema import experiment_schema, experiment_schema_text
from sim.scenario.reading.file_search import shipped
from tests.unit.experiment.design.test_cost_and_coverage import AXES

SCHEMA = Path(__file__).parents[4] / "docs" / "experiment.schema.json"
GOOD: dict[str, Any] = {"title": "An experiment", "scenarios": ["town"], "replications": 3, "axes": AXES}


def test_the_committed_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == experiment_schema_text()


def test_every_key_says_what_it_is_for() -> None:
    for name, definition in json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"].items():
        for key, declared in definition["properties"].items():
            assert key == "kind" or declared["description"].endswith("."), f"{name}.{key}"


def test_experiments_satisfy_it() -> None:
    jsonschema.validate(GOOD, experiment_schema())
    jsonschema.validate({"extends": "other", "axes": {"drive": {"values": [1]}}}, experiment_schema())
    for each in shipped("experiments"):
        jsonschema.validate(yaml.safe_load(each.path.read_text(encoding="utf-8")), experiment_schema())


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"replications": 0},
        {"design": {"kind": "sobol"}},
        {"precision": {"outcome": "closures", "width": 1}},
        {"axes": {"both": {"path": "x", "lever": "y"}}},
    ],
)
def test_what_is_wrong_does_not(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(GOOD | change, experiment_schema())
