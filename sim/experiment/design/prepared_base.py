"""Prepared base, from which points that only change numbers, choices of levers or dates are made quickly.

Of such a point only the changed groups of values are validated, only the checks that read them are made, and only the
arrays that hold parameters are written again.  Whatever else changes, or is wrong, is left to the full way, which also
writes the messages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.declarations.input_issues import KeyPath
from sim.experiment.design.declared_parameters import Kind, declared_at
from sim.experiment.design.parameter_paths import value_at
from sim.model.setup.changed_parameters import change_parameters
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.setup.jurisdictions_and_communities import list_places
from sim.scenario import Scenario
from sim.scenario.checks.consistency_checks import check_scenario
from sim.scenario.checks.name_checks import wrong_lever

POLICY_NUMBERS = {"set": 4, "ramp": 4, "at": 3, "from": 3, "to": 3, "for": 3, "after": 3}
"""Keys of a policy that hold values or dates, each with the length of a path to one of them."""


class PreparedBase:
    """A scenario that passed all checks, and what it is compiled to.

    Parameters
    ----------
    scenario : Scenario
        The base; every check of it has passed.
    quarters : int, optional
        Length of runs; by default the scenario's.
    paths : iterable of KeyPath
        Where points differ from the base; all in groups of parameters (`group_of`).
    """

    def __init__(self, scenario: Scenario, quarters: int | None, paths: Iterable[KeyPath]) -> None:
        self._scenario = scenario
        self._quarters = quarters
        self._places = list_places(scenario)
        changed = [*paths]
        self._groups = dict.fromkeys(group for path in changed if (group := group_of(path)))
        self._levers = [path for path in changed if path[0] == "policies" and path[2] in ("set", "ramp")]
        self._keys = changed_keys(scenario, changed)

    @cached_property
    def _compiled(self) -> CompiledScenario:
        return CompiledScenario.of_checked(self._scenario, self._quarters)

    def scenario(self, values: dict[str, Any]) -> Scenario | None:
        """The scenario of a point, of which these are the plain values; None where anything is wrong."""
        try:
            found = replaced(self._scenario, {group: self._validated(group, values) for group in self._groups})
        except ValidationError:
            return None
        for path in self._levers:
            if any(wrong_lever(path, str(path[3]), value_at(values, path), set())):
                return None
        return None if any(check_scenario(found, self._keys, self._quarters)) else found

    def _validated(self, group: KeyPath, values: dict[str, Any]) -> BaseModel:
        """One group of a point's values."""
        model: Any = self._scenario
        for key in group:
            model = getattr(model, str(key)) if isinstance(model, BaseModel) else model[key]
        found: BaseModel = type(model).model_validate_json(json.dumps(value_at(values, group) or {}))
        return found

    def compiled(self, scenario: Scenario) -> CompiledScenario | None:
        """What a scenario that `scenario` returned is compiled to; None where arrays of other sizes are needed."""
        return change_parameters(self._compiled, self._scenario, scenario, self._places)


def group_of(path: KeyPath) -> KeyPath | None:
    """The group of parameters that a path leads into; None where not only numbers, choices or dates change with it.

    >>> group_of(("rules", "strategy", "drive")), group_of(("policies", 2, "at")), group_of(("start",))
    (('rules',), ('policies', 2), None)
    >>> group_of(("agencies", "Hope", "staff")), group_of(("agencies", "Hope", "sponsor"))
    (('agencies', 'Hope'), None)
    """
    if path[0] == "rules":
        return path[:1]
    if path[0] == "policies":
        return path[:2] if len(path) > 2 and POLICY_NUMBERS.get(str(path[2])) == len(path) else None
    if path[0] == "cities" and "government" in path[2:5:2]:
        return path[: path.index("government", 2) + 1]
    declared = declared_at(path)
    numbers = declared is not None and declared.kind in (Kind.NUMBER, Kind.WHOLE)
    return path[:-1] if numbers and len(path) > 2 and path[-1] != "count" else None


def changed_keys(scenario: Scenario, paths: Iterable[KeyPath]) -> set[str]:
    """What changes at some paths may concern, as `check_scenario` reads it."""
    found: set[str] = set()
    for path in paths:
        keys = [str(key) for key in path]
        if path[0] == "rules":
            found.add(".".join(keys))
        elif path[0] == "cities" and "government" in path[2:5:2]:
            found.add(".".join(keys[keys.index("government", 2) + 1 :]))
        elif path[0] != "policies":
            found.add(f"{keys[0]}.{keys[-1]}")
        elif path[2] in ("set", "ramp"):
            found.add(keys[3])
        else:
            found |= {"dates", *scenario.policies[int(path[1])].levers}
    return found


def replaced(tree: Any, changes: dict[KeyPath, Any]) -> Any:
    """A tree of models, mappings and lists with other values at some paths; what is beside the paths is shared.

    >>> replaced({"a": {"b": 1, "c": 2}, "d": [3]}, {("a", "b"): 7, ("d", 0): 8})
    {'a': {'b': 7, 'c': 2}, 'd': [8]}
    """
    if () in changes:
        return changes[()]
    below: dict[str | int, dict[KeyPath, Any]] = {}
    for (key, *rest), value in changes.items():
        below.setdefault(key, {})[tuple(rest)] = value
    if isinstance(tree, BaseModel):
        return tree.model_copy(update={str(key): replaced(getattr(tree, str(key)), below[key]) for key in below})
    new = tree.copy()
    for key in below:
        new[key] = replaced(tree[key], below[key])
    return new
