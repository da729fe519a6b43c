"""Declared parameters: kind, bounds, unit and meaning of what may stand at a place in a scenario.

>>> found = declared_at(("rules", "strategy", "drive"))
>>> found.kind, found.low, found.high, found.unit
(<Kind.NUMBER: 'a number'>, 0.0, 1.0, '0-1')
>>> declared_at(("policies", 0, "set", "contract.term")).kind.value
'a whole number'
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from sim.declarations.calendar_quarter import ALLOWED, Quarter
from sim.declarations.input_issues import Issue, IssueError, KeyPath, shown
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.scenario_file import Scenario
from sim.scenario.reading.allowed_values import Declarations


class Kind(Enum):
    """What the values of an axis are."""

    NUMBER = "a number"
    WHOLE = "a whole number"
    CHOICE = "one of the choices"
    TEXT = "text"
    YES_NO = "true or false"
    QUARTER = "a quarter"

    @property
    def ordered(self) -> bool:
        """Whether there is something between two values."""
        return self in (Kind.NUMBER, Kind.WHOLE, Kind.QUARTER)


@dataclass(frozen=True)
class Declared:
    """What may stand at a place.

    Attributes
    ----------
    kind : Kind
        Kind of value.
    low, high : float
        Least and greatest number; infinite where the declaration does not say.
    open_low, open_high : bool
        Whether the bound itself is left out.
    choices : tuple of str
        Words of a choice.
    unit, meaning : str
        As declared; empty where there is none.
    allowed : str
        What is allowed, in words.
    """

    kind: Kind
    low: float
    high: float
    open_low: bool
    open_high: bool
    choices: tuple[str, ...]
    unit: str
    meaning: str
    allowed: str

    def wrong(self, value: object) -> Issue | None:
        """What is wrong with a value, without its place; None for a valid one.

        >>> declared_at(("rules", "strategy", "drive")).wrong(2.0).what
        '2.0 is too large'
        """
        if self.kind is Kind.QUARTER:
            return _wrong_quarter(value)
        allowed = f"expected {self.allowed}"
        infinite = isinstance(value, float) and not math.isfinite(value)
        # In Python, true is a whole number too.
        misread = isinstance(value, bool) != (self.kind is Kind.YES_NO)
        if not isinstance(value, _TYPES[self.kind]) or misread or infinite:
            found = f"the text {shown(value)}" if isinstance(value, str) else shown(value)
            text_meant = self.kind is Kind.TEXT and isinstance(value, int | float)
            what = f"found {found} where {self.kind.value} is expected"
            return Issue((), what, allowed, suggestion=shown(value) if text_meant else None, text_meant=text_meant)
        if isinstance(value, str):
            known = self.kind is Kind.TEXT or value in self.choices
            return None if known else Issue((), f"{shown(value)} is none of the choices", allowed, value, self.choices)
        if value < self.low or (self.open_low and value == self.low):
            return Issue((), f"{shown(value)} is too small", allowed)
        if value > self.high or (self.open_high and value == self.high):
            return Issue((), f"{shown(value)} is too large", allowed)
        return None


_TYPES: dict[Kind, type[str | float] | tuple[type[float], type[int]]] = {
    Kind.NUMBER: (float, int),
    Kind.WHOLE: int,
    Kind.CHOICE: str,
    Kind.TEXT: str,
    Kind.YES_NO: bool,
}


def _wrong_quarter(value: object) -> Issue | None:
    try:
        Quarter.parse(value)
    except IssueError as error:
        return error.issues[0]
    return None


def declared_at(path: KeyPath) -> Declared | None:
    """What is declared at a place in a scenario; None where no single value may stand."""
    schema = schema_at(path)
    found = _read(schema)
    if found is None:
        return None
    kind, part = found
    return Declared(
        kind=kind,
        low=float(part.get("minimum", part.get("exclusiveMinimum", -math.inf))),
        high=float(part.get("maximum", part.get("exclusiveMaximum", math.inf))),
        open_low="exclusiveMinimum" in part and "minimum" not in part,
        open_high="exclusiveMaximum" in part and "maximum" not in part,
        choices=tuple(part.get("enum", ())),
        unit=str(schema.get("unit", "")),
        meaning=str(schema.get("description", "")),
        allowed=declarations().describe(schema),
    )


_KINDS = {"number": Kind.NUMBER, "integer": Kind.WHOLE, "boolean": Kind.YES_NO, "string": Kind.TEXT}


def _read(schema: dict[str, Any]) -> tuple[Kind, dict[str, Any]] | None:
    """Kind of a schema, and the part of it that holds the bounds."""
    if schema.get("allowed") == ALLOWED.removeprefix("expected "):
        return Kind.QUARTER, schema
    if "enum" in schema:
        return Kind.CHOICE, schema
    if schema.get("type") in _KINDS:
        return _KINDS[schema["type"]], schema
    for member in declarations().members(schema):
        found = _read(declarations().resolve(member))
        if found is not None:
            return found
    return None


@cache
def declarations() -> Declarations:
    """The schema of a scenario, made once."""
    return Declarations(Scenario.model_json_schema(by_alias=True))


def schema_at(path: KeyPath) -> dict[str, Any]:
    """The declaration of what stands at a path; empty where nothing is declared."""
    if len(path) == len(("policies", 0, "set", "LEVER")) and path[0] == "policies" and path[2] in ("set", "ramp"):
        path = lever_path(str(path[3]))
    schema = declarations().root
    for part in path:
        schema = declarations().child(schema, part)
    return schema


@cache
def lever_path(key: str) -> KeyPath:
    """Path of a lever inside some city or district, whose declaration is that of all.

    >>> lever_path("contract.term")
    ('cities', '', 'districts', '', 'government', 'contract', 'term')
    """
    below = ("districts", "") if key in {leaf.key for leaf in parameters_of(DistrictGovernment)} else ()
    return ("cities", "", *below, "government", *key.split("."))


@cache
def all_levers() -> tuple[str, ...]:
    """Names of the levers of both levels."""
    leaves = [*parameters_of(DistrictGovernment), *parameters_of(CityGovernment)]
    return tuple(dict.fromkeys(leaf.key for leaf in leaves))
