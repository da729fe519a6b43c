"""Prepared base, from which points that only change rules, levers or policies are made quickly.

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
    """

    def __init__(self, scenario: Scenario, quarters: int | None) -> None:
        self._scenario = scenario
        self._quarters = quarters
        self._places = list_places(scenario)

    @cached_property
    def _compiled(self) -> CompiledScenario:
        return CompiledScenario.of(self._scenario, self._quarters)

    def scenario(self, values: dict[str, Any], paths: Iterable[KeyPath]) -> Scenario | None:
        """The scenario of a point.

        Parameters
        ----------
        values : dict
            Plain values of the point.
        paths : iterable of KeyPath
            Where they differ from those of the base.

        Returns
        -------
        Scenario, optional
            None where something else than rules, levers and policies changes, or where anything is wrong.
        """
        changed = [*paths]
        groups = {group_of(path) for path in changed}
        if None in groups:
            return None
        found = self._scenario
        try:
            for group in groups:
                found = _with_group(found, group or (), values)
        except ValidationError:
            return None
        levers = [path for path in changed if path[0] == "policies" and path[2] in ("set", "ramp")]
        if any(issue for path in levers for issue in wrong_lever(path, str(path[3]), value_at(values, path), set())):
            return None
        return None if any(check_scenario(found, changed_keys(found, changed))) else found

    def compiled(self, scenario: Scenario, paths: Iterable[KeyPath]) -> CompiledScenario | None:
        """What a scenario that `scenario` returned is compiled to; None where arrays of other sizes are needed."""
        sections = {path[0] for path in paths}
        levers, policies = "cities" in sections, "policies" in sections
        return change_parameters(self._compiled, scenario, self._places, levers=levers, policies=policies)


def group_of(path: KeyPath) -> KeyPath | None:
    """The group of parameters that a path leads into; None where it is not one of rules, levers or policies.

    >>> group_of(("rules", "strategy", "drive")), group_of(("policies", 2, "at")), group_of(("start",))
    (('rules',), ('policies', 2), None)
    """
    if path[0] == "rules":
        return path[:1]
    if path[0] == "policies":
        return path[:2] if len(path) > 2 and POLICY_NUMBERS.get(str(path[2])) == len(path) else None
    if path[0] == "cities" and "government" in path[2:5:2]:
        return path[: path.index("government", 2) + 1]
    return None


def changed_keys(scenario: Scenario, paths: Iterable[KeyPath]) -> set[str]:
    """Keys of rules and levers that changes at some paths may concern, and "dates", as `check_scenario` reads them."""
    found: set[str] = set()
    for path in paths:
        keys = [str(key) for key in path]
        if path[0] == "rules":
            found.add(".".join(keys))
        elif path[0] == "cities":
            found.add(".".join(keys[keys.index("government", 2) + 1 :]))
        elif path[2] in ("set", "ramp"):
            found.add(keys[3])
        else:
            found |= {"dates", *scenario.policies[int(path[1])].levers}
    return found


def _with_group(scenario: Scenario, group: KeyPath, values: dict[str, Any]) -> Scenario:
    """A scenario with one group of values validated anew."""
    inner: Any = scenario
    for key in group:
        inner = getattr(inner, str(key)) if isinstance(inner, BaseModel) else inner[key]
    text = json.dumps(value_at(values, group) or {})
    found: Scenario = _replaced(scenario, group, type(inner).model_validate_json(text))
    return found


def _replaced(tree: Any, path: KeyPath, value: object) -> Any:
    """A tree of models, mappings and lists with another value at a path; what is beside the path is shared."""
    if not path:
        return value
    key, *rest = path
    if isinstance(tree, BaseModel):
        return tree.model_copy(update={str(key): _replaced(getattr(tree, str(key)), tuple(rest), value)})
    new = tree.copy()
    new[key] = _replaced(tree[key], tuple(rest), value)
    return new
