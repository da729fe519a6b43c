"""JSON Schema of a scenario file, for editors; with what the loader allows beyond the model."""

from __future__ import annotations

import json
from typing import Any

from sim.scenario.parameters.scenario_file import Scenario
from sim.scenario.reading.named_entries import REMOVE

_TIMES = (("from", "to"), ("from", "for"))
KINDS_OF_POLICY = (("at", "set"), *((*time, how) for time in _TIMES for how in ("set", "ramp")), ("when", "set"))
"""Keys of a step, a pulse, a ramp and a trigger."""


WHOLE = ("Policy", "Condition")
"""Groups that stand in lists, which are not merged: what they require must be there in any file."""


REMOVAL = {
    "type": "object",
    "properties": {REMOVE: {"type": "string", "description": "Name of an inherited entry that this one takes away."}},
    "required": [REMOVE],
    "additionalProperties": False,
}
"""Entry of a list that takes an inherited one away."""


def extends_schema(kind: str) -> dict[str, Any]:
    """Schema of `extends` in a kind of file."""
    meaning = f"{kind}s that this one is laid over, later ones over earlier ones: paths or shipped names."
    several = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    return {"anyOf": [{"type": "string"}, several], "description": meaning}


def scenario_schema() -> dict[str, Any]:
    """JSON Schema of a scenario file.

    `extends` and the template `each_district` are merged away before the model sees them, so they are added
    here; with `extends`, required keys may come from the base, at any depth.  What goes together in a policy is
    added too: the model says it in words.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"] = {"extends": extends_schema("Scenario"), **schema["properties"]}
    required = schema.pop("required", [])
    for name, definition in schema["$defs"].items():
        if name not in WHOLE:
            definition.pop("required", None)
    schema["anyOf"] = [{"required": ["extends"]}, {"required": required}]
    schema["properties"]["policies"]["items"] = {"anyOf": [{"$ref": "#/$defs/Policy"}, REMOVAL]}
    schema["$defs"]["Policy"]["oneOf"] = [{"required": list(keys)} for keys in KINDS_OF_POLICY]
    city = schema["$defs"]["City"]
    city["properties"]["each_district"] = {
        "$ref": "#/$defs/District",
        "description": "Defaults for every district of this city; a district's own values win.",
    }
    return schema


def schema_text() -> str:
    """The schema as it is committed: two spaces, a final newline."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
