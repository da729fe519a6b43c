"""Name checks: names that must exist, names that must be unique, levers that a policy may set.

They run over the plain values, so that an unknown district is reported together with a misspelt key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from sim.declarations.input_issues import UNKNOWN_NAME, Issue, KeyPath, Problem, ScenarioError, listed
from sim.declarations.removed_names import gone
from sim.declarations.renamed_names import called_now, renamed
from sim.declarations.sector_outcomes import SECTOR
from sim.engine.column_names import column_name, same_columns
from sim.scenario.checks.look_alike_names import look_alike_names, why_unknown
from sim.scenario.parameters.parameter_spec import Group, parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment, Purchaser
from sim.scenario.reading.layering import each
from sim.scenario.reading.validation_messages import issues_of

KINDS = ("cities", "colleges", "sponsors", "associations", "agencies", "generated", "institutions")
"""Sections that hold organisations by name; a name stands once over all of them."""

OUTCOMES = tuple(outcome.name for outcome in SECTOR)
"""What a trigger may read."""

EVERYWHERE = ("cities", "districts")
"""Words that a policy may use instead of names: every city government, every district."""


def district_names(values: Any) -> dict[str, tuple[str, str]]:
    """Names by which a district may be meant: ``District`` where that is unique, always ``City/District``.

    Returns
    -------
    dict of str to (city, district)
    """
    found: dict[str, tuple[str, str]] = {}
    short: dict[str, list[tuple[str, str]]] = {}
    for path, _ in each(values, "cities", "*", "districts", "*"):
        city, district = str(path[1]), str(path[3])
        found[f"{city}/{district}"] = (city, district)
        short.setdefault(district, []).append((city, district))
    found.update({name: places[0] for name, places in short.items() if len(places) == 1})
    return found


@cache
def lever_keys(group: type[Purchaser]) -> tuple[str, ...]:
    """Dotted names of the levers of a level of government."""
    return tuple(leaf.key for leaf in parameters_of(group))


def unknown_names(values: Any) -> Iterator[Issue]:
    """Every reference to something that the scenario does not have."""
    names = {kind: [str(name) for name in values.get(kind) or {}] for kind in (*KINDS, "fields")}
    districts = list(district_names(values))
    rules = (
        (("colleges", "*", "city"), "city", names["cities"]),
        (("sponsors", "*", "city"), "city", names["cities"]),
        (("associations", "*", "city"), "city", names["cities"]),
        (("associations", "*", "district"), "district", districts),
        (("agencies", "*", "district"), "district", districts),
        (("agencies", "*", "branches", "*"), "district", districts),
        (("agencies", "*", "college"), "college", names["colleges"]),
        (("agencies", "*", "sponsor"), "sponsor", names["sponsors"]),
        (("agencies", "*", "association"), "association", names["associations"]),
        (("agencies", "*", "sister"), "agency", names["agencies"]),
        (("agencies", "*", "fields", "*"), "field", names["fields"]),
        (("generated", "*", "cities", "*"), "city", names["cities"]),
        (("institutions", "*", "cities", "*"), "city", names["cities"]),
        (("institutions", "*", "field"), "field", names["fields"]),
    )
    for pattern, kind, known in rules:
        for path, name in each(values, *pattern):
            if isinstance(name, str) and name not in known:
                yield unknown(path, kind, name, known)


def unknown(path: KeyPath, kind: str, name: str, known: Iterable[str]) -> Issue:
    """One reference to a name that does not exist."""
    known = sorted(known)
    allowed = f"expected one of {listed(known)}" if known else f"the scenario has no {kind}"
    what = f"unknown {kind} '{name}'{why_unknown(name, known)}"
    return Issue(path, what, allowed, value=name, candidates=known, kind=UNKNOWN_NAME)


def repeated_names(values: Any) -> Iterator[Issue]:
    """Names that stand for two organisations."""
    seen: dict[str, str] = {}
    for kind in KINDS:
        for name in values.get(kind) or {}:
            if name in seen:
                what = f"two organisations are named '{name}'; the other is in {seen[name]}"
                yield Issue((kind, name), what, "names are unique over all kinds", at_key=True)
            seen.setdefault(str(name), kind)


def folded_fields(values: Any) -> Iterator[Issue]:
    """Fields of service whose columns in tables (`skill_FIELD`) have one name."""
    fields = values.get("fields")
    names = [str(name) for name in fields] if isinstance(fields, dict) else []
    for n, first in same_columns(names, "skill"):
        what = f"'{names[n]}' and '{names[first]}' are one column in tables, '{column_name('skill', names[n])}'"
        yield Issue(("fields", names[n]), what, "give the field another name", at_key=True)


def repeated_policies(values: Any) -> Iterator[Issue]:
    """Policies that have one name."""
    seen: dict[str, KeyPath] = {}
    for path, name in each(values, "policies", "*", "name"):
        if isinstance(name, str) and name in seen:
            what = f"two policies are named '{name}'"
            yield Issue(path, what, "expected a name of its own, or none", other=seen[name])
        elif isinstance(name, str):
            seen[name] = path


def wrong_policies(values: Any) -> Iterator[Issue]:
    """Policies that name no jurisdiction, set no lever, or set one out of bounds."""
    districts = district_names(values)
    cities = [str(name) for name in values.get("cities") or {}]
    known = [*cities, *districts, *EVERYWHERE]
    for path, policy in each(values, "policies", "*"):
        if not isinstance(policy, dict):
            continue
        places = policy.get("in")
        single = isinstance(places, str)
        named = [places] if single else places or []
        for n, place in enumerate(named):
            # What is not text is reported by the declaration already.
            if isinstance(place, str) and place not in known:
                where = (*path, "in") if single else (*path, "in", n)
                yield unknown(where, "jurisdiction", place, known)
        levels = {policy_level(place, cities, districts) for place in named}
        for how in ("set", "ramp"):
            for below, value in each(policy, how, "*"):
                yield from wrong_lever((*path, *below), str(below[-1]), value, levels - {None})
        for word in ("when", "until"):
            for below, outcome in each(policy, word, "outcome"):
                if isinstance(outcome, str) and outcome not in OUTCOMES:
                    what = f"unknown outcome '{outcome}'"
                    new = renamed("outcome", outcome)
                    said = gone("outcome", outcome) if new is None else called_now(new)
                    allowed = "expected a column of the table `sector`" if said is None else said
                    yield Issue((*path, *below), what, allowed, None if said else outcome, OUTCOMES)


def policy_level(place: object, cities: list[str], districts: dict[str, tuple[str, str]]) -> str | None:
    """Level of government that a place in a policy stands for; None where it stands for nothing."""
    if place == "cities" or place in cities:
        return "city"
    return "district" if place == "districts" or place in districts else None


def wrong_lever(path: KeyPath, key: str, value: object, levels: set[str | None]) -> Iterator[Issue]:
    """A lever that no jurisdiction meant has, or a value that it cannot take."""
    groups: dict[str, type[Purchaser]] = {"city": CityGovernment, "district": DistrictGovernment}
    having = [level for level, group in groups.items() if key in lever_keys(group)]
    if not having:
        known = sorted({*lever_keys(CityGovernment), *lever_keys(DistrictGovernment)})
        new = renamed("lever", key)
        allowed = "see `sim schema`" if new is None else called_now(new)
        yield Issue(path, f"unknown lever '{key}'", allowed, None if new else key, known, at_key=True)
        return
    if path[-2] == "ramp" and not can_ramp(key):
        what = f"'{key}' is a choice, which has nothing in between"
        yield Issue(path, what, "use 'set'", at_key=True)
        return
    for level in sorted(str(level) for level in levels):
        if level not in having:
            what = f"a {level} has no lever '{key}'; it belongs to a {having[0]}"
            yield Issue(path, what, f"name a {having[0]} under 'in'", at_key=True)
    yield from wrong_value(path, groups[having[0]], key, value)


def wrong_value(path: KeyPath, group: type[Group], key: str, value: object) -> Iterator[Issue]:
    """A value that a parameter cannot take, wherever it was written: in a file, a policy, from Python, on an agent.

    Parameters
    ----------
    path : KeyPath
        Where it was written.
    group : type of Group
        Group that declares the parameter.
    key : str
        Its dotted name in the group.
    value : object
        The value, as a file would hold it.
    """
    parts = tuple(key.split("."))
    nested: object = value
    for part in reversed(parts):
        nested = {part: nested}
    try:
        group.model_validate_json(json.dumps(nested, default=_as_in_a_file))
    except ValidationError as error:
        for issue in issues_of(error, group, nested, lambda _path: ()):
            # Other parameters of the group may be required, which is nothing wrong with this one.
            if issue.path == parts or issue.what != "required, but missing":
                yield Issue(path, issue.what, issue.allowed, issue.value, issue.candidates, issue.suggestion)


def _as_in_a_file(value: Any) -> object:
    """NumPy's number as Python's; of anything else its kind, which no parameter takes."""
    return value.item() if getattr(value, "ndim", None) == 0 else f"<{type(value).__name__}>"


def check_value(group: type[Group], key: str, value: object) -> None:
    """Check one value from Python that stands for a parameter of a file.

    Raises
    ------
    ScenarioError
        If the parameter cannot take it.
    """
    issues = list(wrong_value((key,), group, key, value))
    if issues:
        raise ScenarioError(Problem("", 0, 0, one.path, one.what, one.allowed, one.repair()) for one in issues)


@cache
def can_ramp(key: str) -> bool:
    """Whether a lever has values in between: numbers have, choices and yes or no have not."""
    leaf = next(
        leaf for group in (CityGovernment, DistrictGovernment) for leaf in parameters_of(group) if leaf.key == key
    )
    return leaf.codes is None and leaf.info.annotation is not bool


def check_values(values: Any) -> Iterator[Issue]:
    """All checks over plain values."""
    if isinstance(values, dict):
        yield from unknown_names(values)
        yield from repeated_names(values)
        yield from look_alike_names(values, KINDS)
        yield from folded_fields(values)
        yield from repeated_policies(values)
        yield from wrong_policies(values)
