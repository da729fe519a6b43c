"""Lever timeline: the value of a lever in each quarter of a run, as far as the scenario alone decides it.

Steps, ramps and pulses have dates; what triggers do depends on the run and is left out.  The rules are those
of `sim.model.rules.policy_application`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.declarations.input_issues import KeyPath
from sim.scenario.checks.purchasing_channel_checks import Purchasing, meant
from sim.scenario.parameters.parameter_spec import Group, value_at
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.scenario_file import Scenario


class DatedChange(NamedTuple):
    """What a policy does to a lever of a government, in quarters from the start.

    Attributes
    ----------
    first, last : int
        Quarters at which it begins and ends (a ramp: is at its end).
    rank : int
        How specifically it names the place.
    value : float
        Value that it sets, or reaches.
    policy : Policy
        The entry.
    path : KeyPath
        Where the value stands.
    """

    first: int
    last: int
    rank: int
    value: float
    policy: Policy
    path: KeyPath

    @property
    def is_pulse(self) -> bool:
        """Whether its value is a passing one."""
        return self.policy.at is None and self.policy.ramp is None

    def sets_lasting_value(self, quarter: int) -> bool:
        """Whether it sets the lasting value in a quarter; a ramp does from its second quarter on."""
        if self.is_pulse:
            return False
        return self.first < quarter <= self.last if self.policy.ramp else quarter == self.first


class LeverTimeline(NamedTuple):
    """A lever of a government over a run.

    Attributes
    ----------
    values : float array, shape (quarters,)
        Value in force.
    paths : list of KeyPath
        Where in the file it comes from, by quarter.
    set : set of int
        Quarters in which a step or ramp set the lasting value.
    """

    values: npt.NDArray[np.float64]
    paths: list[KeyPath]
    set: set[int]


def lever_timeline(scenario: Scenario, purchasing: Purchasing, key: str, quarters: int) -> LeverTimeline:
    """Value of a lever in each quarter.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    purchasing : Purchasing
        Whose lever.
    key : str
        The lever, a number.
    quarters : int
        Length of the run.
    """
    keys = tuple(key.split("."))
    held, path = number_at(purchasing.levers, keys), (*purchasing.path, *keys)
    changes = dated_changes(scenario, purchasing, key)
    found = LeverTimeline(np.full(quarters, held), [path] * quarters, set())
    if not changes:
        return found
    since, rank = -1, -1
    starts: dict[int, float] = {}
    for quarter in range(quarters):
        starts |= {n: held for n, change in enumerate(changes) if change.policy.ramp and quarter == change.first + 1}
        lasting = [
            (change.rank, n)
            for n, change in enumerate(changes)
            if change.sets_lasting_value(quarter) and not (since >= change.first + 1 and rank > change.rank)
        ]
        if lasting:
            rank, n = max(lasting)
            held, path, since = value_of(changes[n], starts.get(n, held), quarter), changes[n].path, quarter
            found.set.add(quarter)
        passing = [
            (change.rank, n)
            for n, change in enumerate(changes)
            if change.is_pulse
            and change.first <= quarter <= change.last
            and not (since >= change.first and rank > change.rank)
        ]
        now = changes[max(passing)[1]] if passing else None
        found.values[quarter], found.paths[quarter] = (held, path) if now is None else (now.value, now.path)
    return found


def number_at(group: Group, path: tuple[str, ...]) -> float:
    """Value of a parameter that is a number."""
    return float(value_at(group, path))  # type: ignore[arg-type]


def dated_changes(scenario: Scenario, purchasing: Purchasing, key: str) -> list[DatedChange]:
    """Changes of a lever by policies with dates that mean a government."""
    found = []
    for n, policy in enumerate(scenario.policies):
        rank = meant(policy, purchasing) if key in policy.levers and policy.when is None else -1
        first, last = policy.at or policy.from_, policy.at or policy.last
        if rank >= 0 and first is not None and last is not None:
            span = first.index(scenario.start), last.index(scenario.start)
            found.append(DatedChange(*span, rank, float(policy.levers[key]), policy, ("policies", n, policy.key, key)))
    return found


def value_of(change: DatedChange, start: float, quarter: int) -> float:
    """Value of a change in a quarter; on a ramp, between its two ends."""
    if not change.policy.ramp or quarter >= change.last:
        return change.value
    return start + (change.value - start) * (quarter - change.first) / (change.last - change.first)
