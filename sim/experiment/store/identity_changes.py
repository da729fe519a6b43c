"""What decides the numbers of a sweep, and what of it has changed since the sweep began.

Half a sweep by one model and half by another is worse than none, so a sweep is only taken up again with the
same experiment, scenarios, sources and packages; whoever knows better says so, and the manifest remembers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.experiment.store.run_manifest import versions

if TYPE_CHECKING:
    from sim.experiment.design import Design

_MACHINE = ("machine",)
"""Told in the manifest, but no reason to refuse: runs are the same on every machine of a kind."""
_RUNS = ("seed", "keep", "quarters")
"""Parts of an experiment file that decide what a run is and what is kept of it."""
_PLACE = ("path", "paths", "lever", "in")
"""Parts of an axis that say what varies; the others say which values."""
_BESIDE = ("scenario", "experiment", "output")
"""Packages beside the model whose sources decide what is drawn for a point and what is kept of a run."""
_MOST_NAMED = 5
_WORDS: dict[object, str] = {None: "none", True: "yes", False: "no"}
"""Numbers are read as text, so 1 is not yes."""

GROWING = "points"
"""The part of an identity that may grow when a sweep is extended."""
_SCENARIO = "scenario"
_OTHER = ("experiment", "axis", GROWING)
"""Parts that are of the experiment itself, not of what it is run with."""


def identity(design: Design) -> dict[str, Any]:
    """Everything that decides the numbers: plain values, digests and versions, by part and name.

    How often a point is run, and what is printed of it, is left out: it changes no run.
    """
    from sim.engine.rules_cache import REACHED, sources

    file = design.file.model_dump(mode="json", by_alias=True)
    axes: dict[str, dict[str, Any]] = file["axes"]
    values = {name: {key: axis[key] for key in axis if key not in (*_PLACE, "title")} for name, axis in axes.items()}
    return {
        "experiment": {key: _plain(file[key]) for key in _RUNS},
        "axis": {name: _plain({key: axis[key] for key in _PLACE if axis[key]}) for name, axis in axes.items()},
        GROWING: {"design": _plain(file["design"]), "scenarios": _plain(list(_scenarios(design)))}
        | {f"of {name}": _plain(each) for name, each in values.items()},
        _SCENARIO: {label: _digest(json.dumps(values, sort_keys=True)) for label, values in _scenarios(design).items()},
        "code": {name: _digest(source) for name, source in sources((*REACHED, *_BESIDE)).items()},
        "package": {name: version for name, version in versions().items() if name not in _MACHINE},
    }


def _scenarios(design: Design) -> dict[str, Any]:
    return {base.label: base.values for base in design.bases}


def _plain(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _digest(data: bytes | str) -> str:
    return hashlib.blake2b(data.encode() if isinstance(data, str) else data, digest_size=8).hexdigest()


def other_runs(before: dict[str, Any], now: dict[str, Any], *, growing: bool = False) -> list[str]:
    """What of it makes another experiment, in words: other runs, in which those that are there have no place.

    Where the sweep is growing, further points and scenarios are no difference.

    >>> other_runs({"scenario": {"a": "1"}}, {"scenario": {"a": "2", "b": "3"}})
    ['scenario b (new)']
    >>> other_runs({"scenario": {"a": "1"}}, {"scenario": {"a": "2", "b": "3"}}, growing=True)
    []
    """
    told = changes(
        {part: values for part, values in before.items() if part in _OTHER},
        {part: values for part, values in now.items() if part in _OTHER},
        growing=growing,
    )
    old, new = before.get(_SCENARIO, {}), now.get(_SCENARIO, {})
    come = [] if growing else sorted(new.keys() - old.keys())
    named = [*((label, "gone") for label in sorted(old.keys() - new.keys())), *((label, "new") for label in come)]
    return sorted([*told, *(f"{_SCENARIO} {label} ({what})" for label, what in named)])


def changes(before: dict[str, Any], now: dict[str, Any], *, growing: bool = False) -> list[str]:
    """What is different, part by part, in words; where the sweep is growing, further points are no difference.

    >>> changes({"package": {"numpy": "2.3.0"}}, {"package": {"numpy": "2.4.1"}})
    ['package numpy: 2.3.0 before, 2.4.1 now']
    >>> changes({"code": {"a.py": "1", "b.py": "2"}}, {"code": {"a.py": "3", "c.py": "4"}})
    ['code a.py', 'code b.py (gone)', 'code c.py (new)']
    """
    told: list[str] = []
    for part in before.keys() | now.keys():
        if growing and part == GROWING:
            continue
        old, new = before.get(part, {}), now.get(part, {})
        if growing and part == _SCENARIO:
            new = {label: digest for label, digest in new.items() if label in old}
        found = list(_part(part, old, new))
        more = len(found) - _MOST_NAMED
        told += found[:_MOST_NAMED] + ([f"{part}: {more} more"] if more > 0 else [])
    return sorted(told)


def _part(part: str, before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        if old is None or new is None:
            yield f"{part} {name} ({'new' if old is None else 'gone'})"
        elif part in ("package", "experiment", "axis", GROWING):
            yield f"{part} {name}: {_told(old)} before, {_told(new)} now"
        else:
            yield f"{part} {name}"


def _told(value: object) -> str:
    """What `_plain` wrote, in plain words and without what is not given; a version as it is.

    >>> _told('{"values": null, "low": 0.0, "steps": 3}'), _told('["a", "b"]'), _told("null"), _told("2.10")
    ('low 0.0, steps 3', 'a and b', 'none', '2.10')
    """
    if isinstance(value, str):
        try:
            # Numbers as they are written: 2.10 is a version.
            value = json.loads(value, parse_float=str, parse_int=str)
        except ValueError:
            return str(value)
    if isinstance(value, dict):
        given = {key: each for key, each in value.items() if each not in (None, [], {})}
        return ", ".join(f"{key} {_in_words(each)}" for key, each in given.items()) or "none"
    return _in_words(value)


def _in_words(value: object) -> str:
    if isinstance(value, list | dict):
        parts = [_told(each) if isinstance(each, dict) else _in_words(each) for each in value]
        more = len(parts) - _MOST_NAMED
        parts = parts if more <= 1 else [*parts[:_MOST_NAMED], f"{more} more"]
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts) or "none"
    return _WORDS.get(value) or str(value)
