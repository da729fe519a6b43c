"""Identity of a folder: what decides its numbers, and what of it is different now.

Half a sweep by one model and half by another is worse than none, so a folder is only continued with the same
experiment, scenarios, sources, and versions of Python and of the packages that compute.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiment.store.provenance import versions

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design

_PACKAGES = ("python", "numba", "numpy")
_BESIDE = ("experiment/design", "output")
"""Packages beside the model whose sources decide what is run at a point and what is kept of a run."""
_FILES = ("run.py", "experiment/store/batches.py", "experiment/store/run_summary.py")
"""Files that do: a run from beginning to end, its seed, and what it is reduced to."""
_RUNS = ("seed", "keep", "quarters")
"""Parts of an experiment file that decide what a run is and what is kept of it."""
_PLACE = ("path", "paths", "lever", "in")
"""Parts of an axis that say what varies; the others say which values."""
_MOST_NAMED = 5

GROWING = "points"
"""The part of an identity that may grow when a sweep is extended."""
_SCENARIO = "scenario"
_MADE_WITH = ("code", "package")
"""Parts that are not of the experiment itself, but of what it is run with."""
Identity = dict[str, dict[str, str]]


def identity(design: Design) -> Identity:
    """Everything that decides the numbers: plain values, digests and versions, by part and name.

    How often a point is run, and what is printed of it, is left out: it changes no run.
    """
    file = design.file.model_dump(mode="json", by_alias=True)
    axes: dict[str, dict[str, Any]] = file["axes"]
    values = {name: {key: axis[key] for key in axis if key not in (*_PLACE, "title")} for name, axis in axes.items()}
    scenarios = {base.label: base.values for base in design.bases}
    return {
        "experiment": {key: _plain(file[key]) for key in _RUNS},
        "axis": {name: _plain({key: axis[key] for key in _PLACE if axis[key]}) for name, axis in axes.items()},
        GROWING: {"design": _plain(file["design"]), "scenarios": _plain(list(scenarios))}
        | {f"of {name}": _plain(each) for name, each in values.items()},
        _SCENARIO: {label: _digest(_plain(values).encode()) for label, values in scenarios.items()},
        **made_with_now(),
    }


def made_with_now() -> Identity:
    """Digests of the sources that decide numbers, and versions of the packages that compute."""
    from sim.engine.rule_sources import REACHED, sources

    root = Path(__file__).parents[2]
    code = sources((*REACHED, *_BESIDE)) | {name: (root / name).read_bytes() for name in _FILES}
    found = versions()
    return {
        "code": {name: _digest(source) for name, source in code.items()},
        "package": {name: found[name] for name in _PACKAGES},
    }


def _plain(value: object) -> str:
    """A value as text; of a mapping only what is given."""
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if each not in (None, [], {})}
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def other_experiment(before: Identity, now: Identity, *, growing: bool = False) -> list[str]:
    """What of it makes another experiment, in words; where the folder is growing, further points are no difference.

    >>> other_experiment({"scenario": {"a": "1"}}, {"scenario": {"a": "1", "b": "3"}})
    ['scenario b (new)']
    >>> other_experiment({"scenario": {"a": "1"}}, {"scenario": {"a": "1", "b": "3"}}, growing=True)
    []
    """
    passed_over = (*_MADE_WITH, GROWING) if growing else _MADE_WITH
    parts = sorted((before.keys() | now.keys()) - {*passed_over})
    return [each for part in parts for each in _named(part, before, now, growing=growing and part == _SCENARIO)]


def made_with_other(before: Identity, now: Identity) -> list[str]:
    """Sources and versions that are different, in words.

    >>> made_with_other({"package": {"numpy": "2.3.0"}}, {"package": {"numpy": "2.4.1"}})
    ['package numpy: 2.3.0 before, 2.4.1 now']
    >>> made_with_other({"code": {"a.py": "1", "b.py": "2"}}, {"code": {"a.py": "3", "c.py": "4"}})
    ['code a.py', 'code b.py (removed)', 'code c.py (new)']
    """
    return [each for part in _MADE_WITH for each in _named(part, before, now)]


def _named(part: str, before: Identity, now: Identity, *, growing: bool = False) -> list[str]:
    old, new = before.get(part, {}), now.get(part, {})
    names = sorted(old if growing else old.keys() | new.keys())
    found = [_difference(part, name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
    more = len(found) - _MOST_NAMED
    return found[:_MOST_NAMED] + ([f"{part}: {more} more"] if more > 0 else [])


def _difference(part: str, name: str, old: str | None, new: str | None) -> str:
    if old is None or new is None:
        return f"{part} {name} ({'new' if old is None else 'removed'})"
    if part in (_SCENARIO, "code"):
        return f"{part} {name}"
    return f"{part} {name}: {_shown(old)} before, {_shown(new)} now"


def _shown(text: str) -> str:
    """What `_plain` wrote, without JSON's brackets and quotes.

    >>> _shown('{"low": 0.0, "steps": 3}'), _shown('["a", "b"]'), _shown("null"), _shown("2.10")
    ('low: 0.0, steps: 3', 'a, b', 'none', '2.10')
    """
    return "none" if text in ("null", "{}", "[]") else text.translate(str.maketrans("", "", '"{}[]'))
