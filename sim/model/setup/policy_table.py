"""Policy table: the policies of a scenario as rows of settings, their measures, and the triggers that some wait for.

The order of entries in a file changes nothing: rows are sorted by their content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Course
from sim.model.setup.jurisdictions_and_communities import Places, lever_column
from sim.model.state.government_fields import LEVERS
from sim.model.state.world import World
from sim.scenario.checks.name_checks import district_names, lever_keys
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.policy_syntax import Condition, Policy, trigger_words
from sim.scenario.parameters.scenario_file import Scenario

OUTCOME_COLUMN = {outcome.name: n for n, outcome in enumerate(SECTOR)}
"""Columns of outcomes by name."""


SettingKey = tuple[int, int]
"""A government and the column of a lever."""


@dataclass(frozen=True)
class PolicyTable:
    """Policies of a scenario, laid out for the arrays of a world.

    Attributes
    ----------
    settings : dict of (government, lever column) to list of dict
        Measures of every lever of a government that is touched, each as the fields of its row.
    triggers : list of dict
        Triggers as the fields of their rows.
    names : list of str
        Triggers in words.
    """

    settings: dict[SettingKey, list[dict[str, Any]]]
    triggers: list[dict[str, Any]]
    names: list[str]

    @property
    def measures(self) -> list[dict[str, Any]]:
        """All measures, setting by setting."""
        return [measure for measures in self.settings.values() for measure in measures]


def build_policy_table(scenario: Scenario, places: Places) -> PolicyTable:
    """Lay out the effect of every policy on every lever of every government that it names."""
    waiting = {trigger_words(policy): policy for policy in scenario.policies if policy.when is not None}
    names = sorted(waiting)
    districts = district_names({"cities": {n: {"districts": c.districts} for n, c in scenario.cities.items()}})
    found: dict[SettingKey, list[dict[str, Any]]] = {}
    for policy in scenario.policies:
        trigger = names.index(trigger_words(policy)) if policy.when is not None else -1
        for key, value in policy.levers.items():
            column = lever_column(key)
            facts = schedule_fields(policy, scenario.start) | {
                "trigger": trigger,
                "value": LEVERS[column].number(value),
                "whole": LEVERS[column].info.annotation is int,
            }
            for government, rank in target_governments(districts, places, policy, key).items():
                found.setdefault((government, column), []).append(facts | {"rank": rank})
    settings = {touched: sorted(found[touched], key=lambda facts: sorted(facts.items())) for touched in sorted(found)}
    return PolicyTable(settings, [trigger_fields(waiting[name]) for name in names], names)


def schedule_fields(policy: Policy, start: Quarter) -> dict[str, Any]:
    """Course of a policy over time, as fields of a measure."""
    if policy.at is not None:
        return {"course": Course.STEP, "first": policy.at.index(start), "last": policy.at.index(start)}
    if policy.from_ is not None and policy.last is not None:
        course = Course.PULSE if policy.ramp is None else Course.RAMP
        return {"course": course, "first": policy.from_.index(start), "last": policy.last.index(start)}
    return {"course": Course.TRIGGERED, "first": -1, "last": -1}


def trigger_fields(policy: Policy) -> dict[str, Any]:
    """Conditions of a triggered policy, as fields of a trigger."""
    facts = condition_fields(policy.when) | {"after": policy.after or 0}
    return facts | {f"until_{name}": value for name, value in condition_fields(policy.until).items()}


def condition_fields(condition: Condition | None) -> dict[str, Any]:
    """One condition as fields; a missing one reads no outcome."""
    if condition is None:
        return {"outcome": -1, "above": False, "level": 0.0}
    return {
        "outcome": OUTCOME_COLUMN[condition.outcome],
        "above": condition.above is not None,
        "level": condition.level,
    }


def target_governments(known: dict[str, tuple[str, str]], places: Places, policy: Policy, key: str) -> dict[int, int]:
    """Governments that a policy names, each with how specifically it does (0 all, 1 a level, 2 by name).

    Parameters
    ----------
    known : dict of str to (city, district)
        Names by which districts may be meant.
    places : Places
        All places.
    policy : Policy
        The policy.
    key : str
        One of its levers, which only one level of government may have.
    """
    cities = [place.index for place in places.cities] if key in lever_keys(CityGovernment) else []
    districts = [place.index for place in places.districts] if key in lever_keys(DistrictGovernment) else []
    if policy.in_ is None:
        return dict.fromkeys((*cities, *districts), 0)
    by_level: dict[int, int] = {}
    by_name: dict[int, int] = {}
    for name in [policy.in_] if isinstance(policy.in_, str) else policy.in_:
        if name in ("cities", "districts"):
            by_level |= dict.fromkeys(cities if name == "cities" else districts, 1)
        else:
            meant = places.districts_of(known[name]) if name in known else places.cities_of(name)
            by_name |= {place.index: 2 for place in meant}
    return by_level | by_name


def write_policy_table(world: World, timeline: PolicyTable) -> None:
    """Fill settings, measures and triggers; settings begin with the governments' values."""
    first = 0
    for setting, ((government, column), measures) in zip(world.settings, timeline.settings.items(), strict=True):
        value = world.lever_values[government, column]
        facts = {"government": government, "lever": column, "first": first, "measures": len(measures)}
        _fill_row(setting, facts | {"value": value, "lasting": value})
        first += len(measures)
    for measure, facts in zip(world.measures, timeline.measures, strict=True):
        _fill_row(measure, facts)
    for trigger, facts in zip(world.triggers, timeline.triggers, strict=True):
        _fill_row(trigger, facts)


def _fill_row(record: Any, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        record[name] = value
