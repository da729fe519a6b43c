"""Policies: the value of each lever is computed again every quarter from all of its entries."""

from __future__ import annotations

from math import floor, nan
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sim.declarations.state_codes import Course

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector


class Trigger:
    """A condition on an outcome of the sector, and the times in which it is in force.

    `times` holds pairs of the first quarter and the first quarter no more, which is None while it lasts.
    """

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.times: list[tuple[int, int | None]] = []

    def in_force(self, quarter: int) -> bool:
        return any(first <= quarter and (end is None or quarter < end) for first, end in self.times)

    def begun(self, quarter: int) -> int:
        """Quarter from which it has been in force."""
        return max(first for first, _ in self.times if first <= quarter)

    def met(self, which: str, outcomes: dict[str, float]) -> bool:
        """Whether a condition holds; where there is no such condition, or no such number, it does not."""
        name = self.facts[f"{which}outcome"]
        reading = outcomes[name] if name is not None else nan
        level = self.facts[f"{which}level"]
        return reading > level if self.facts[f"{which}above"] else reading < level

    def read(self, quarter: int, outcomes: dict[str, float]) -> None:
        """Read last quarter's outcomes."""
        if self.times and self.times[-1][1] is None:
            first = self.times[-1][0]
            if first < quarter and self.met("until_", outcomes):
                self.times[-1] = (first, quarter)
        elif self.met("", outcomes):
            self.times.append((quarter + self.facts["after"], None))


class LeverUnderPolicies:
    """A lever of a government that policies touch."""

    def __init__(self, government: int, lever: str, value: float, entries: list[SimpleNamespace]) -> None:
        self.government = government
        self.lever = lever
        self.at_start = value
        self.entries = entries

    def lasting(self, until: int) -> list[tuple[int, int, float]]:
        """What steps and ramps have set up to a quarter: (quarter, rank, value), in order."""
        written: list[tuple[int, int, float]] = [(-1, 0, self.at_start)]
        for quarter in range(until + 1):
            due = [
                entry
                for entry in self.entries
                if (entry.course == Course.STEP and entry.first == quarter)
                or (
                    entry.course == Course.RAMP
                    and entry.first < quarter <= entry.last
                    and not is_overridden(written, entry.rank, entry.first + 1)
                )
            ]
            if due:
                most_specific = max(due, key=lambda entry: entry.rank)
                start = next(value for when, _, value in reversed(written) if when <= most_specific.first)
                written.append((quarter, most_specific.rank, reached(most_specific, start, quarter)))
        return written

    def value(self, quarter: int, triggers: list[Trigger]) -> float:
        """Value in force in a quarter."""
        written = self.lasting(quarter)
        temporary = []
        for entry in self.entries:
            if entry.course == Course.PULSE and entry.first <= quarter <= entry.last:
                begun = entry.first
            elif entry.course == Course.TRIGGERED and triggers[entry.trigger].in_force(quarter):
                begun = triggers[entry.trigger].begun(quarter)
            else:
                continue
            if not is_overridden(written, entry.rank, begun):
                temporary.append(entry)
        if temporary:
            return float(max(temporary, key=lambda entry: entry.rank).value)
        return written[-1][2]


def is_overridden(written: list[tuple[int, int, float]], rank: int, since: int) -> bool:
    """Whether the last lasting value is more specific than a rank, and was set since a quarter."""
    when, last_rank, _ = written[-1]
    return when >= since and last_rank > rank


def reached(entry: SimpleNamespace, start: float, quarter: int) -> float:
    """Value of a step, or of a ramp in a quarter."""
    if entry.course == Course.STEP or quarter == entry.last:
        return float(entry.value)
    way = (quarter - entry.first) / (entry.last - entry.first)
    value = start + (entry.value - start) * way
    return float(floor(value + 0.5)) if entry.whole else value


def apply_policies(model: Sector) -> None:
    """Set every lever that a policy touches to the value in force."""
    if model.quarter > 0:
        for trigger in model.triggers:
            trigger.read(model.quarter, model.outcomes[-1])
    for policed in model.policies:
        value = policed.value(model.quarter, model.triggers)
        setattr(model.governments[policed.government], policed.lever, value)
