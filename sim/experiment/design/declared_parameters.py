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
        if self.kind is Kind.CHOICE and isinstance(value, str):
            if value in self.choices:
                return None
            return Issue((), f"{shown(value)} is none of the choices", self._expected, value, self.choices)
        if not self._fits(value):
            found = f"the text {shown(value)}" if isinstance(value, str) else shown(value)
            return Issue((), f"found {found} where {self.kind.value} is expected", self._expected)
        return self._out_of_bounds(value) if isinstance(value, int | float) else None

    @property
    def _expected(self) -> str:
        return f"expected {self.allowed}"

    def _fits(self, value: object) -> bool:
        if self.kind is Kind.YES_NO or isinstance(value, bool):
            return self.kind is Kind.YES_NO and isinstance(value, bool)
        if self.kind is Kind.NUMBER:
            return isinstance(value, int | float) and math.isfinite(value)
        return isinstance(value, int if self.kind is Kind.WHOLE else str) and self.kind is not Kind.CHOICE

    def _out_of_bounds(self, value: float) -> Issue | None:
        if value < self.low or (self.open_low and value == self.low):
            return Issue((), f"{shown(value)} is too small", self._expected)
        if value > self.high or (self.open_high and value == self.high):
            return Issue((), f"{shown(value)} is too large", self._expected)
        return None


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
    low, high = part.get("minimum"), part.get("maximum")
    above, below = part.get("exclusiveMinimum"), part.get("exclusiveMaximum")
    return Declared(
        kind=kind,
        low=next((float(bound) for bound in (low, above) if bound is not None), -math.inf),
        high=next((float(bound) for bound in (high, below) if bound is not None), math.inf),
        open_low=low is None and above is not None,
        open_high=high is None and below is not None,
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
    known = declarations()
    if len(path) == len(("policies", 0, "set", "LEVER")) and path[0] == "policies" and path[2] in ("set", "ramp"):
        path = lever_path(str(path[3]))
    schema = known.root
    for part in path:
        schema = known.child(schema, part)
    return schema


@cache
def lever_path(key: str) -> KeyPath:
    """Path of a lever inside some city or district, whose declaration is that of all.

    >>> lever_path("contract.term")
    ('cities', '', 'districts', '', 'government', 'contract', 'term')
    """
    of_district = key in {leaf.key for leaf in parameters_of(DistrictGovernment)}
    place = ("cities", "", "districts", "") if of_district else ("cities", "")
    return (*place, "government", *key.split("."))


@cache
def all_levers() -> tuple[str, ...]:
    """Names of the levers of both levels."""
    return tuple(
        dict.fromkeys(leaf.key for group in (DistrictGovernment, CityGovernment) for leaf in parameters_of(group))
    )
