"""Lever timeline: the value of a lever in each quarter of a run, as far as the scenario alone decides it.

Steps, ramps and pulses have dates; what triggers do depends on the run and is left out.  The rules are those
of `sim.model.rules.measures_in_force`.
"""

from __future__ import annotations

from typing import NamedTuple

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
    def lasts(self) -> bool:
        """Whether it holds for good."""
        return self.policy.at is not None or self.policy.ramp is not None

    def is_in_force(self, quarter: int) -> bool:
        """Whether it is in force in a quarter: a pulse until its end, others for good."""
        return self.begun <= quarter and (self.lasts or quarter <= self.last)


class LeverTimeline(NamedTuple):
    """A lever of a government over a run.

    Attributes
    ----------
    values : list of float
        Value in force.
    paths : list of KeyPath
        Where in the file it comes from, by quarter.
    """

    values: list[float]
    paths: list[KeyPath]


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
    found = LeverTimeline([held] * quarters, [path] * quarters)
    changes = dated_changes(scenario, purchasing, key)
    starts: dict[int, float] = {}

    def value(n: int, quarter: int) -> float:
        return held if n < 0 else value_of(changes[n], starts.get(n, held), quarter)

    for quarter in range(quarters if changes else 0):
        for n in ramps_from(changes, quarter):
            starts[n] = value(change_in_force(changes, changes[n].first, lasting=True), changes[n].first)
        now = change_in_force(changes, quarter)
        found.values[quarter] = value(now, quarter)
        if now >= 0:
            found.paths[quarter] = changes[now].path
    return found


def change_in_force(changes: list[DatedChange], quarter: int, lasting: bool = False) -> int:
    """Which change holds in a quarter: the most special one, of equals the one that began last; -1 for none.

    Parameters
    ----------
    changes : list of DatedChange
        Changes of a lever.
    quarter : int
        The quarter, counted from the start.
    lasting : bool
        Whether only steps and ramps count.
    """
    holding = [
        (change.rank, change.begun, -n)
        for n, change in enumerate(changes)
        if change.is_in_force(quarter) and (change.lasts or not lasting)
    ]
    return -max(holding)[2] if holding else -1


def ramps_from(changes: list[DatedChange], quarter: int) -> list[int]:
    """Ramps that move from a quarter on, at the start also those of before, in the order in which they began."""
    found = [n for n, change in enumerate(changes) if change.policy.ramp and max(change.begun, 0) == quarter]
    return sorted(found, key=lambda n: changes[n].first)


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
