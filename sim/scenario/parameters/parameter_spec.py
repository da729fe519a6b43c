"""Parameter specifications: type, bounds, unit, meaning, default and source, declared in one place.

Every group of parameters is a pydantic model; every number in it is made with `param`.  Checking, the
JSON Schema, the records of the compiled rules, the tables in the docs and the axes of experiments all
read these declarations.

>>> class Example(Group):
...     rate: float = param(0.2, "1/year", "Share that leaves.", ge=0, le=1)
>>> [leaf.name for leaf in parameters_of(Example)]
['rate']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from sim.engine.fields import LabelledEnum

FEN_PER_CNY = 100
LARGEST_AMOUNT = 1e11
"""Largest amount of a scenario, CNY (a year): no parameter has a higher maximum, and none may grow beyond it."""


class Group(BaseModel):
    """A named group of parameters; unknown keys and values of another type are errors."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Codes:
    """Marks a choice whose words stand for the members of an enumeration."""

    members: type[LabelledEnum]


def param(
    default: object,
    unit: str,
    meaning: str,
    source: str = "free",
    grows_with: str = "",
    plausible: tuple[float, float] | None = None,
    **bounds: float,
) -> Any:
    """Declare one parameter.

    Parameters
    ----------
    default : object
        Value when a scenario says nothing.
    unit : str
        Unit; a unit that begins with ``CNY`` is held as fen inside.
    meaning : str
        One sentence.
    source : str
        Author or body and year; ``free`` where nothing is known and the value is a judgement.
    grows_with : str
        Key of the yearly growth that an amount follows; `sim.scenario.checks.amount_checks` reads it.
    plausible : tuple of float, optional
        Lowest and highest value that a reader of the literature could defend, in the unit of the default; sensitivity
        analyses vary it there.
    **bounds : float
        ``ge``, ``gt``, ``le``, ``lt``.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source}
    if grows_with:
        extra["grows_with"] = grows_with
    if plausible:
        extra["plausible"] = list(plausible)
    return Field(default, description=meaning, json_schema_extra=extra, **bounds)  # type: ignore[call-overload]


@dataclass(frozen=True)
class ParameterSpec:
    """A single parameter inside nested groups.

    Attributes
    ----------
    path : tuple of str
        Keys from the outermost group, as a scenario file writes them.
    info : FieldInfo
        The declaration.
    """

    path: tuple[str, ...]
    info: FieldInfo

    @cached_property
    def name(self) -> str:
        """Name in a record: the path joined by underscores."""
        return "_".join(self.path)

    @cached_property
    def key(self) -> str:
        """Name in a file: the path joined by dots."""
        return ".".join(self.path)

    @cached_property
    def extra(self) -> dict[str, Any]:
        """Unit and source."""
        extra = self.info.json_schema_extra
        return extra if isinstance(extra, dict) else {}

    @cached_property
    def unit(self) -> str:
        """Unit as declared."""
        return str(self.extra.get("unit", ""))

    @cached_property
    def source(self) -> str:
        """Where the default comes from, or ``free``."""
        return str(self.extra.get("source", ""))

    @cached_property
    def grows_with(self) -> str:
        """Key of the yearly growth that it follows; empty where it stays as it is."""
        return str(self.extra.get("grows_with", ""))

    @cached_property
    def plausible(self) -> tuple[float, float] | None:
        """Range of values that could be defended; none where nobody has declared one."""
        found = self.extra.get("plausible")
        return (float(found[0]), float(found[1])) if found else None

    @cached_property
    def codes(self) -> type[LabelledEnum] | None:
        """Enumeration behind a choice of words."""
        for mark in self.info.metadata:
            if isinstance(mark, Codes):
                return mark.members
        return None

    def number(self, value: object) -> float:
        """The number that compiled rules see: money in fen, a word as its code, yes as 1."""
        codes = self.codes
        if codes is not None:
            return float(codes[str(value).upper().replace("-", "_")])
        number = float(value)  # type: ignore[arg-type]
        return number * FEN_PER_CNY if self.unit.startswith("CNY") else number

    def word(self, number: float) -> object:
        """Inverse of `number`, for tables."""
        codes = self.codes
        if codes is not None:
            return codes(int(number)).label  # type: ignore[call-arg]
        return number / FEN_PER_CNY if self.unit.startswith("CNY") else number


@cache
def parameters_of(group: type[BaseModel]) -> tuple[ParameterSpec, ...]:
    """Every parameter of a group and of the groups inside it, in order of declaration."""
    return tuple(_walk(group, ()))


def _walk(group: type[BaseModel], prefix: tuple[str, ...]) -> Iterator[ParameterSpec]:
    for name, info in group.model_fields.items():
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _walk(inner, (*prefix, name))
        elif info.json_schema_extra is not None:
            yield ParameterSpec((*prefix, name), info)


def value_at(group: BaseModel, path: tuple[str, ...]) -> object:
    """Value of the parameter at a path."""
    value: object = group
    for name in path:
        value = getattr(value, name)
    return value
