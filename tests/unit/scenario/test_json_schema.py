"""The committed JSON Schema is the one that the declarations give, and shipped scenarios satisfy it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sim.scenario.json_schema import schema_text

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "docs" / "scenario.schema.json"


@cache
def validator() -> Any:
    """What checks values by the schema, which is itself checked once."""
    schema = json.loads(schema_text())
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def test_the_committed_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: sim schema --out docs/scenario.schema.json"


def test_every_parameter_says_unit_meaning_and_source() -> None:
    schema = json.loads(schema_text())
    for name, definition in schema["$defs"].items():
        for key, declared in definition["properties"].items():
            if "unit" in declared:
                assert declared["description"].endswith("."), f"{name}.{key}"
                assert declared["source"], f"{name}.{key}"


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_scenarios_satisfy_it(path: Path) -> None:
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    validator().validate(values)


def test_an_unknown_key_does_not_satisfy_it() -> None:
    values = yaml.safe_load((ROOT / "scenarios" / "beijing-2010.yaml").read_text(encoding="utf-8"))
    values["cities"]["Beijing"]["mayor"] = "somebody"
    with pytest.raises(jsonschema.ValidationError):
        validator().validate(values)
