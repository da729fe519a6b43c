"""Policy table: the policies of a scenario as rows of settings, their measures, and the triggers that some wait for.

The order of entries in a file changes nothing: rows are sorted by their content.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Course
from sim.engine.fields import StructArray
from sim.engine.struct_arrays import as_bytes, fill
from sim.model.setup.jurisdictions_and_communities import Places, lever_column
from sim.model.state.government_fields import BUDGET_LEVER, LEVERS
from sim.model.state.world import World
from sim.model.state.world_arrays import LAYOUTS
from sim.scenario.checks.name_checks import lever_keys
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.policy_syntax import Condition, Policy, trigger_words
from sim.scenario.parameters.scenario_file import Scenario

OUTCOME_COLUMN = {outcome.name: n for n, outcome in enumerate(SECTOR)}
"""Columns of outcomes by name."""


@dataclass(frozen=True)
class PolicyTable:
    """Policies of a scenario as the rows of a world.

    Attributes
    ----------
    settings, measures, triggers : recarray
        Every lever of a government that is touched, and every budget, without the value yet; what is done to it;
        conditions.
    names : list of str
        Triggers in words.
    """

    settings: StructArray
    measures: StructArray
    triggers: StructArray
    names: list[str]


def build_policy_table(scenario: Scenario, places: Places) -> PolicyTable:
    """Lay out the effect of every policy on every lever of every government that it names."""
    waiting = {trigger_words(policy): policy for policy in scenario.policies if policy.when is not None}
    names = sorted(waiting)
    triggers = LAYOUTS["trigger"].fresh(len(names))
    fill(triggers, as_columns([trigger_fields(waiting[name]) for name in names]))
    changes: list[dict[str, Any]] = []
    targets: list[dict[int, int]] = []
    levers: list[int] = []
    for policy in scenario.policies:
        trigger = names.index(trigger_words(policy)) if policy.when is not None else -1
        course = schedule_fields(policy, scenario.start) | {"trigger": trigger}
        for key, value in policy.levers.items():
            levers.append(lever_column(key))
            lever = LEVERS[levers[-1]]
            changes.append(course | {"value": lever.number(value), "whole": lever.info.annotation is int})
            targets.append(target_governments(places, policy, key))
    settings, measures = setting_rows(changes, levers, targets, len(places.governments))
    return PolicyTable(settings, measures, triggers, names)


def setting_rows(
    changes: list[dict[str, Any]], levers: list[int], targets: list[dict[int, int]], governments: int
) -> tuple[StructArray, StructArray]:
    """Settings and their measures, government by government and lever by lever.

    Parameters
    ----------
    changes : list of dict
        What each entry does to each of its levers, as fields of a measure.
    levers : list of int
        Column of the lever of each change.
    targets : list of dict of int to int
        Governments that each change concerns, with the ranks of their names.
    governments : int
        Number of governments; the budget of each is a setting, touched or not, because it grows.
    """
    change = np.repeat(np.arange(len(changes)), [len(those) for those in targets])
    government = np.fromiter(chain.from_iterable(targets), np.intp, len(change))
    ranks = np.fromiter(chain.from_iterable(those.values() for those in targets), np.int64, len(change))
    setting = government * len(LEVERS) + np.array(levers, dtype=np.intp)[change]
    columns = {name: np.array(values)[change] for name, values in as_columns(changes).items()} | {"rank": ranks}
    # Measures of a setting are sorted by their fields, in the order of the fields' names.
    order = np.lexsort([*(columns[name] for name in sorted(columns, reverse=True)), setting])
    measures = LAYOUTS["measure"].fresh(len(change))
    fill(measures, {name: values[order] for name, values in columns.items()})
    setting = setting[order]
    budgets = np.arange(governments, dtype=np.intp) * len(LEVERS) + BUDGET_LEVER
    touched = np.union1d(setting, budgets)
    firsts = np.searchsorted(setting, touched)
    settings = LAYOUTS["setting"].fresh(len(touched))
    rows, columns_of_levers = np.divmod(touched, len(LEVERS))
    counts = np.searchsorted(setting, touched, "right") - firsts
    fill(settings, {"government": rows, "lever": columns_of_levers, "first": firsts, "measures": counts})
    return settings, measures


def as_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Rows that have the same fields as columns; none for no rows."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


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


def target_governments(places: Places, policy: Policy, key: str) -> dict[int, int]:
    """Governments that a policy names, each with how specifically it does (0 all, 1 a level, 2 by name).

    Parameters
    ----------
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
            meant = places.districts_of(places.known[name]) if name in places.known else places.cities_of(name)
            by_name |= {place.index: 2 for place in meant}
    return by_level | by_name


def write_policy_table(world: World, table: PolicyTable) -> None:
    """Fill settings, measures and triggers of a world that has room for just these."""
    for kind in ("settings", "measures", "triggers"):
        as_bytes(getattr(world, kind))[:] = as_bytes(getattr(table, kind))
    begin_settings(world.settings, world.lever_values)


def begin_settings(settings: StructArray, lever_values: npt.NDArray[np.float64]) -> None:
    """Give every setting the value of its lever at the start, which is in force until a measure changes it."""
    values = lever_values[settings.government, settings.lever]
    fill(settings, {"value": values, "base_value": values})
