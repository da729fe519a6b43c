"""Experiment schema: JSON Schema of an experiment file, for editors, with what the loader allows beyond the model."""

from __future__ import annotations

import json
from typing import Any

from sim.experiment.design.experiment_file import ExperimentFile
from sim.scenario.json_schema import extends_schema

TARGETS = ("path", "paths", "lever")
"""Keys of which an axis has one."""


def experiment_schema() -> dict[str, Any]:
    """JSON Schema of an experiment file.

    `extends` is merged away before the model sees it, so it is added here; with it, required keys may come from
    the base, at any depth but in lists.
    """
    schema = ExperimentFile.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"] = {"extends": extends_schema("Experiment"), **schema["properties"]}
    required = schema.pop("required", [])
    # Which kind a design is, its other keys follow from.
    for name, definition in schema["$defs"].items():
        if not name.endswith("Design"):
            definition.pop("required", None)
    length = [{"required": ["replications"]}, {"required": ["precision"]}]
    schema["anyOf"] = [{"required": ["extends"]}, {"required": required, "oneOf": length}]
    several = [{"required": [one, other]} for n, one in enumerate(TARGETS) for other in TARGETS[n + 1 :]]
    schema["$defs"]["AxisFile"]["not"] = {"anyOf": several}
    return schema


def experiment_schema_text() -> str:
    """The schema as it is committed: two spaces, a final newline."""
    return json.dumps(experiment_schema(), indent=2, ensure_ascii=False) + "\n"
