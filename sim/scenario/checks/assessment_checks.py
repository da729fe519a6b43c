"""Assessment checks: cut-offs in order, and an assessor where one is needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.parameters.policy_levers import Purchaser
from sim.scenario.parameters.scenario_file import City, Scenario

CUT_OFFS = ("passing", "renewable", "full")
"""Grades in rising order."""


def wrong_assessment(scenario: Scenario) -> Iterator[Issue]:
    """All checks of assessment."""
    for name, city in scenario.cities.items():
        for path, government in governments(name, city):
            levels = {key: getattr(government.assessment, key) for key in CUT_OFFS}
            yield from out_of_order((*path, "assessment"), levels, "")
        yield from nobody_to_assess(scenario, name, city)
    for n, policy in enumerate(scenario.policies):
        for how, values in (("set", policy.set), ("ramp", policy.ramp)):
            changes = values or {}
            given = {key: changes[f"assessment.{key}"] for key in CUT_OFFS if f"assessment.{key}" in changes}
            yield from out_of_order(("policies", n, how), given, "assessment.")


def governments(name: str, city: City) -> Iterator[tuple[KeyPath, Purchaser]]:
    """A city's government and those of its districts, each with its place in the file."""
    yield ("cities", name, "government"), city.government
    for district, entry in city.districts.items():
        yield ("cities", name, "districts", district, "government"), entry.government


def out_of_order(path: KeyPath, levels: dict[str, float], prefix: str) -> Iterator[Issue]:
    """A grade that leads to more although it is higher than one that leads to less."""
    known = [key for key in CUT_OFFS if key in levels]
    for low, high in pairwise(known):
        if levels[low] > levels[high]:
            what = f"{levels[low]:g} is above '{high}', {levels[high]:g}"
            yield Issue((*path, prefix + low), what, "expected passing <= renewable <= full")


def nobody_to_assess(scenario: Scenario, name: str, city: City) -> Iterator[Issue]:
    """Third-party assessment where no assessor ever works: contracts would never be paid."""
    professors = any(college.city == name and college.assessors > 0 for college in scenario.colleges.values())
    later = any("assessors.capacity" in (policy.set or policy.ramp or {}) for policy in scenario.policies)
    if city.government.assessors.capacity > 0 or professors or later:
        return
    for path, government in governments(name, city):
        if government.assessment.regime == "third-party" and government.assessment.coverage > 0:
            what = f"there is no assessor in {name}: its contracts would never be paid"
            allowed = "give its government 'assessors: {capacity: ...}', or a college 'assessors: ...'"
            yield Issue((*path, "assessment", "regime"), what, allowed)
