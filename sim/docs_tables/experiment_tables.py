"""Experiment tables: what an experiment file may say, made from the declarations that it is checked by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.docs_tables.markdown import as_table, number
from sim.experiment.design.experiment_file import ExperimentFile, Value
from sim.scenario.parameters.parameter_spec import Group

Row = tuple[str, str, str, str]


def fields_table() -> str:
    """Every key of an experiment file: what it takes, its default, its meaning."""
    return as_table(("key", "takes", "default", "meaning"), experiment_keys())


def experiment_keys() -> Iterator[Row]:
    """Every key of an experiment file, as rows."""
    return rows_of(ExperimentFile)


def rows_of(group: type[Group], before: str = "") -> Iterator[Row]:
    """Every key of a group, and of groups below it, as rows."""
    for name, info in group.model_fields.items():
        key = f"{before}{info.alias or name}"
        below = _groups(info)
        if len(below) != 1 or info.description:
            yield f"`{key}`", words(info.annotation), _default(info), info.description or ""
        inner = f"{key}.NAME" if get_origin(info.annotation) is dict else key
        for one in below:
            yield from rows_of(one, f"{inner}.") if len(below) == 1 else _kind(one, inner)


def _kind(group: type[Group], key: str) -> Iterator[Row]:
    """One of several kinds of group, with the keys that only it has."""
    kind = get_args(group.model_fields["kind"].annotation)[0]
    yield f"`{key}.kind: {kind}`", "", "", " ".join((group.__doc__ or "").split())
    for name, info in group.model_fields.items():
        if name != "kind":
            yield f"`{key}.{name}` of {kind}", words(info.annotation), _default(info), info.description or ""


def _groups(info: FieldInfo) -> list[type[Group]]:
    """Groups of keys below a key."""
    parts = (info.annotation, *get_args(info.annotation))
    return [part for part in parts if isinstance(part, type) and issubclass(part, Group)]


def words(kind: Any) -> str:
    """What a key takes, in words.

    >>> words(int | None), words(list[Value]), words(Literal["linear", "log"])
    ('whole number', 'list of value', 'linear, log')
    """
    origin, parts = get_origin(kind), get_args(kind)
    if kind in (Value, Value | None):
        return "value"
    if origin is Annotated:
        return words(parts[0])
    if origin is Literal:
        return ", ".join(map(str, parts))
    if origin is list:
        return f"list of {words(parts[0])}"
    if origin is tuple:
        return f"list of {len(parts)}, each {words(parts[0])} or null"
    if origin is dict:
        return "mapping"
    if origin in (Union, type(int | str)):
        return " or ".join(dict.fromkeys(words(part) for part in parts if part is not type(None)))
    named = {int: "whole number", float: "number", str: "text", bool: "true or false"}
    return named.get(kind, "mapping")


def _default(info: FieldInfo) -> str:
    """The default in a cell."""
    if info.is_required():
        return "required"
    value = info.default
    return "" if value in (None, "", [], {}) or isinstance(value, Group) else number(value)
