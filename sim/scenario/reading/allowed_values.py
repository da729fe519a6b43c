"""Allowed values of a parameter, in words taken from its declaration.

The JSON Schema that pydantic derives from the models is the one form in which all declarations look the same,
and it is what editors get, so an error message can never promise anything else than the editor does. It is
made only when there is an error to explain.

>>> describe({"type": "number", "minimum": 0, "maximum": 1, "unit": "share"})
'a number from 0 to 1 (unit: share)'
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from sim.declarations.input_issues import listed, shown

if TYPE_CHECKING:
    from pydantic import BaseModel

Schema = dict[str, Any]

_KINDS = {
    "number": "a number",
    "integer": "a whole number",
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
# How pydantic names the members of a union in the location of an error.
_TAG_KINDS = (
    (re.compile(r"\bint\b"), "integer"),
    (re.compile(r"\bfloat\b"), "number"),
    (re.compile(r"\bbool\b"), "boolean"),
    (re.compile(r"\bstr\b"), "string"),
)


class Declarations:
    """The JSON Schema of a model, with its references looked up."""

    def __init__(self, schema: Schema) -> None:
        self._defs: dict[str, Schema] = schema.get("$defs", {})
        self.root = self.resolve(schema)

    def resolve(self, schema: Schema) -> Schema:
        """Follow references, and see through "this or null": null never reaches validation."""
        while True:
            inner = schema.get("$ref")
            if inner is not None:
                name = inner.rsplit("/", 1)[-1]
                beside = {k: v for k, v in schema.items() if k != "$ref"}
                schema = {"title": name, **self._defs.get(name, {}), **beside}
                continue
            members = self.members(schema)
            if len(members) != 1:
                return schema
            beside = {k: v for k, v in schema.items() if k not in ("anyOf", "oneOf", "allOf", "discriminator")}
            schema = {**members[0], **beside}

    def members(self, schema: Schema) -> list[Schema]:
        """Return the alternatives of a union, without null; empty when it is none."""
        found = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf") or []
        return [member for member in found if member.get("type") != "null"]

    def is_union(self, schema: Schema) -> bool:
        """Return whether pydantic adds the name of a member to the location of an error here."""
        return len(self.members(schema)) > 1

    def child(self, schema: Schema, part: str | int) -> Schema:
        """Return the schema of an entry or item; empty when nothing is declared."""
        if isinstance(part, int):
            prefix = schema.get("prefixItems", [])
            inner = prefix[part] if 0 <= part < len(prefix) else schema.get("items", {})
        else:
            inner = schema.get("properties", {}).get(part)
            if inner is None:
                patterns = schema.get("patternProperties", {})
                inner = next(iter(patterns.values()), schema.get("additionalProperties", {}))
        return self.resolve(inner) if isinstance(inner, dict) else {}

    def key(self, schema: Schema) -> Schema:
        """Return the schema of the keys of a mapping whose keys are free."""
        names = {"type": "string", **self.resolve(schema.get("propertyNames", {}))}
        pattern = next(iter(schema.get("patternProperties", {})), None)
        return names if pattern is None else {**names, "pattern": pattern}

    def member(self, schema: Schema, tag: str) -> Schema:
        """Return the member of a union that pydantic calls `tag`; empty when it is unknown."""
        chosen = schema.get("discriminator", {}).get("mapping", {}).get(tag)
        if chosen is not None:
            return self.resolve({"$ref": chosen})
        members = [self.resolve(member) for member in self.members(schema)]
        for member in members:
            if tag == member.get("title"):
                return member
        kind = self._tag_kind(tag)
        return next((m for m in members if kind(m)), {})

    @staticmethod
    def _tag_kind(tag: str) -> Any:
        if tag.startswith("dict["):
            return lambda m: m.get("type") == "object" and "properties" not in m
        if tag.startswith(("list[", "tuple[", "set[", "frozenset[")):
            return lambda m: m.get("type") == "array"
        if tag.startswith("literal["):
            return lambda m: "enum" in m or "const" in m
        kind = next((kind for pattern, kind in _TAG_KINDS if pattern.search(tag)), None)
        return lambda m: kind is not None and m.get("type") == kind and "enum" not in m and "const" not in m

    def known_keys(self, schema: Schema) -> list[str]:
        """Return the keys declared for a mapping, in their order."""
        return list(schema.get("properties", {}))

    def choices(self, schema: Schema) -> list[Any]:
        """Return the values of an enumeration, also those inside a union."""
        if "const" in schema:
            return [schema["const"]]
        if "enum" in schema:
            return list(schema["enum"])
        return [c for m in self.members(schema) for c in self.choices(self.resolve(m))]

    def describe(self, schema: Schema) -> str:
        """Say what is allowed at a place that may be a union."""
        return _with_unit(schema, self._describe(self.resolve(schema)))

    def _describe(self, schema: Schema) -> str:
        schema = self.resolve(schema)
        if "allowed" not in schema and self.is_union(schema):
            parts = dict.fromkeys(self._describe(member) for member in self.members(schema))
            return ", or ".join(parts)
        if schema.get("type") == "array" and "allowed" not in schema:
            return self._list(schema)
        if schema.get("type") == "object" and "allowed" not in schema and "properties" not in schema:
            inner = self.child(schema, "")
            return f"a mapping, each value {self._describe(inner)}" if inner else "a mapping"
        return _single(schema)

    def _list(self, schema: Schema) -> str:
        if "prefixItems" in schema:
            items = [self._describe(item) for item in schema["prefixItems"]]
            return f"a list of exactly {len(items)}: {', '.join(items)}"
        size = _range(schema, "minItems", "maxItems")
        inner = schema.get("items")
        each = f", each {self._describe(inner)}" if inner else ""
        return f"a list{f' of {size} items' if size else ''}{each}"


@cache
def declarations_of(model: type[BaseModel]) -> Declarations:
    """What a model declares; made once, as it takes longer than reading a file."""
    return Declarations(model.model_json_schema())


def describe(schema: Schema) -> str:
    """Say what is allowed, for a schema without references."""
    return Declarations({}).describe(schema)


def kind_word(schema: Schema) -> str:
    """Return "a number", "text" ... or "" when the schema names no single kind."""
    if "enum" in schema or "const" in schema:
        return "one of the choices"
    return _KINDS.get(schema.get("type", ""), "")


def has_bounds(schema: Schema) -> bool:
    """Return whether the declaration itself bounds a number."""
    return any(word in schema for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))


def _single(schema: Schema) -> str:
    if "allowed" in schema:
        return str(schema["allowed"])
    if "const" in schema:
        return shown(schema["const"])
    if "enum" in schema:
        return f"one of {listed(schema['enum'], most=20)}"
    if "properties" in schema:
        return f"a mapping with the keys {listed(schema['properties'])}"
    kind = _KINDS.get(schema.get("type", ""), "any value")
    if kind in ("a number", "a whole number"):
        return kind + _bounds(schema)
    if kind == "text":
        return _text(schema)
    return kind


def _bounds(schema: Schema) -> str:
    low, above = schema.get("minimum"), schema.get("exclusiveMinimum")
    high, below = schema.get("maximum"), schema.get("exclusiveMaximum")
    if low is not None and high is not None:
        words = f" from {_number(low)} to {_number(high)}"
    else:
        lower = f"of at least {_number(low)}" if low is not None else ""
        lower = lower or (f"above {_number(above)}" if above is not None else "")
        upper = f"at most {_number(high)}" if high is not None else ""
        upper = upper or (f"below {_number(below)}" if below is not None else "")
        words = "".join(f" {w}" for w in (lower, "and" if lower and upper else "", upper) if w)
    step = schema.get("multipleOf")
    return words if step is None else f"{words}, a multiple of {_number(step)}"


def _number(value: float) -> str:
    """Write 1.0 as 1 and 100000 as 100 000: bounds are read, not calculated with."""
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}".replace(",", " ") if abs(value) >= 10_000 else str(int(value))
    return repr(value)


def _text(schema: Schema) -> str:
    size = _range(schema, "minLength", "maxLength")
    words = f"text of {size} characters" if size else "text"
    if schema.get("minLength") == 1 and "maxLength" not in schema:
        words = "text that is not empty"
    if pattern := schema.get("pattern"):
        words += f" that matches {pattern}"
    return words


def _range(schema: Schema, least: str, most: str) -> str:
    low, high = schema.get(least), schema.get(most)
    if low is not None and high is not None:
        return f"{low} to {high}" if low != high else f"exactly {low}"
    if low is not None:
        return f"{low} or more"
    return f"at most {high}" if high is not None else ""


def _with_unit(schema: Schema, words: str) -> str:
    # A truth value or a choice has no unit that would help to correct it.
    unit = schema.get("unit")
    return f"{words} (unit: {unit})" if unit and "number" in words.split(", or ")[0] else words
