"""Lever timeline: the value of a lever in each quarter of a run, as far as the scenario alone decides it.

Steps, ramps and pulses have dates; what triggers do depends on the run and is left out.  The rules are those
of `sim.model.rules.measures_in_force`.
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
    def begun(self) -> int:
        """First quarter in which it is in force; a ramp moves from its second quarter on."""
        return self.first + 1 if self.policy.ramp else self.first

    @property
    def grows_from(self) -> int:
        """Quarter from which its value grows, where the lever is a yearly budget."""
        return self.last if self.policy.ramp else self.first

    def is_in_force(self, quarter: int) -> bool:
        """Whether it is in force in a quarter: a pulse until its end, others for good."""
        passing = self.policy.at is None and self.policy.ramp is None
        return self.begun <= quarter and (not passing or quarter <= self.last)


class LeverTimeline(NamedTuple):
    """A lever of a government over a run.

    Attributes
    ----------
    values : float array, shape (quarters,)
        Value in force.
    paths : list of KeyPath
        Where in the file it comes from, by quarter.
    grows_from : list of int
        Quarter from which the value in force grows, where it is a yearly budget; of a ramp under way that of the
        value from which it started.
    """

    values: npt.NDArray[np.float64]
    paths: list[KeyPath]
    grows_from: list[int]


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
    found = LeverTimeline(np.full(quarters, held), [path] * quarters, [0] * quarters)
    changes = dated_changes(scenario, purchasing, key)
    starts: dict[int, tuple[float, int]] = {}
    for quarter in range(quarters if changes else 0):
        for n, change in enumerate(changes):
            if change.policy.ramp and n not in starts and change.begun <= quarter:
                lasting = [one for one in changes if one.policy.from_ is None or one.policy.ramp]
                starts[n] = level_in_force(lasting, change.first, starts, held)[:2]
        value, grows_from, now = level_in_force(changes, quarter, starts, held)
        found.values[quarter], found.grows_from[quarter] = value, grows_from
        if now is not None:
            found.paths[quarter] = now.path
    return found


def level_in_force(
    changes: list[DatedChange], quarter: int, starts: dict[int, tuple[float, int]], base: float
) -> tuple[float, int, DatedChange | None]:
    """Value in force in a quarter, the quarter from which it grows, and the change that it comes from, if any."""
    holding = [
        (change.rank, max(change.begun, 0), -n) for n, change in enumerate(changes) if change.is_in_force(quarter)
    ]
    if not holding:
        return base, 0, None
    n = -max(holding)[2]
    change = changes[n]
    start, since = starts.get(n, (base, 0))
    under_way = bool(change.policy.ramp) and quarter < change.last
    return value_of(change, start, quarter), since if under_way else change.grows_from, change


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
