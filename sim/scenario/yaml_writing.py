"""YAML writing: plain values as text that the reader takes back unchanged, with a comment at each key.

>>> print(yaml_text({"town": {"share": 0.5, "name": "no"}}, lambda path: "0-1" if path[-1] == "share" else ""), end="")
town:
  share: 0.5  # 0-1
  name: "no"
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from sim.declarations.input_issues import KeyPath

Comment = Callable[[KeyPath], str]
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.]*([ -][A-Za-z0-9_.]+)*|[0-9]{4}-Q[1-4]")
"""Texts that need no quotes, but for words of YAML."""
_WORDS = {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"}
_LARGEST = 1e15


def yaml_text(values: Mapping[str, Any], comment: Comment = lambda path: "") -> str:
    """Plain values as YAML.

    Parameters
    ----------
    values : mapping
        Mappings, lists, texts, numbers, true and false.
    comment : callable
        What is said beside a key, by the path that leads to it; empty for nothing.
    """
    return "".join(f"{line}\n" for line in _mapping(values, (), comment))


def _mapping(values: Mapping[str, Any], path: KeyPath, comment: Comment) -> Iterator[str]:
    for key, value in values.items():
        place = (*path, key)
        said = comment(place)
        beside = f"  # {said}" if said else ""
        if isinstance(value, Mapping) and value:
            yield f"{_scalar(key)}:{beside}"
            yield from (f"  {line}" for line in _mapping(value, place, comment))
        elif isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
            yield f"{_scalar(key)}:{beside}"
            for n, each in enumerate(value):
                yield from _item(each, (*place, n), comment)
        else:
            yield f"{_scalar(key)}: {_short(value)}{beside}"


def _item(value: Any, path: KeyPath, comment: Comment) -> Iterator[str]:
    """An entry of a list, behind its dash."""
    lines = [*_mapping(value, path, comment)] if isinstance(value, Mapping) and value else [_short(value)]
    yield f"  - {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _short(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_short(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_short, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """A single value."""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
        return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**9).strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return str(int(value))
    return json.dumps(value)
