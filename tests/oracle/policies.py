"""Policies: the value of each lever is computed again every quarter from all of its entries."""

from __future__ import annotations

from math import floor, inf, nan
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.declarations.state_codes import Course

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector


class Year(NamedTuple):
    """A year of a government's budget.

    `quarter` is the one in which the budget was set, `growth` and `prices` what budget and prices grow by from the year
    before, `index` that of prices in the year before, `bought` whether the city bought services before; `ceiling` is
    one in prices of the year before (0 for none).
    """

    quarter: int
    growth: float
    prices: float
    index: float
    bought: bool
    ceiling: float = 0.0

    def under(self, ceiling: float) -> Year:
        """The same year under a ceiling, given in prices of the start."""
        return self._replace(ceiling=ceiling * self.index)

    def factor(self, level: float) -> float:
        """What a level of the year before is multiplied by."""
        if not self.bought:
            return 1.0 + self.prices
        beyond = self.growth - self.prices
        if self.ceiling > 0.0 and beyond > 0.0:
            return 1.0 + self.prices + beyond * max(1.0 - level / self.ceiling, 0.0)
        return 1.0 + self.growth


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
    """A lever of a government that policies touch, or its budget.

    What the scenario gives at the start is an entry like the others, less specific than all of them.
    """

    def __init__(self, government: int, lever: str, value: float, entries: list[SimpleNamespace]) -> None:
        self.government = government
        self.lever = lever
        at_start = SimpleNamespace(course=Course.STEP, rank=-1, first=-inf, value=value, whole=False)
        self.entries = [at_start, *entries]

    def in_force(self, quarter: int, triggers: list[Trigger]) -> SimpleNamespace:
        """Entry that holds in a quarter."""
        return most_specific(
            {n: begun for n, entry in enumerate(self.entries) if (begun := beginning(entry, quarter, triggers))},
            self.entries,
        )

    def lasting(self, quarter: int) -> SimpleNamespace:
        """Step or ramp that would hold in a quarter without pulses and triggers."""
        lasting = (Course.STEP, Course.RAMP)
        begun = {n: beginning(entry, quarter, []) for n, entry in enumerate(self.entries) if entry.course in lasting}
        return most_specific({n: when for n, when in begun.items() if when}, self.entries)

    def value(self, quarter: int, triggers: list[Trigger], years: list[Year] | None = None) -> float:
        """Value in force in a quarter, with its growth if the years are given in which budgets were set."""
        return self.reached(self.in_force(quarter, triggers), quarter, triggers, years or [])

    def reached(self, entry: SimpleNamespace, quarter: int, triggers: list[Trigger], years: list[Year]) -> float:
        """Value of an entry that is in force in a quarter; a ramp grows once it is at its end."""
        if entry.course != Course.RAMP or quarter >= entry.last:
            begun = beginning(entry, quarter, triggers) if entry.course != Course.RAMP else (entry.last,)
            value = float(entry.value)
            return value * growth_since(value, begun[0] if begun else quarter, quarter, years)
        start = self.reached(self.lasting(entry.first), entry.first, triggers, years)
        way = (quarter - entry.first) / (entry.last - entry.first)
        value = start + (entry.value - start) * way
        return float(floor(value + 0.5)) if entry.whole else value


def beginning(entry: SimpleNamespace, quarter: int, triggers: list[Trigger]) -> tuple[float] | tuple[()]:
    """Quarter since when an entry has been in force in a quarter; empty where it is not."""
    if entry.course == Course.TRIGGERED:
        trigger = triggers[entry.trigger]
        return (trigger.begun(quarter),) if trigger.in_force(quarter) else ()
    first = entry.first + (entry.course == Course.RAMP)
    over = entry.course == Course.PULSE and quarter > entry.last
    return (first,) if first <= quarter and not over else ()


def most_specific(begun: dict[int, tuple[float] | tuple[()]], entries: list[SimpleNamespace]) -> SimpleNamespace:
    """Of entries that began at some quarters the most specific one, of equals the one that began last."""
    return entries[max(begun, key=lambda n: (entries[n].rank, begun[n]))]


def growth_since(value: float, begun: float, quarter: int, years: list[Year]) -> float:
    """Growth of a level until a quarter: by every year after the first for which it set the budget."""
    growth = 1.0
    for year in [year for year in years if begun <= year.quarter <= quarter][1:]:
        growth *= year.factor(value * growth)
    return growth


def apply_policies(model: Sector) -> None:
    """Set every lever that a policy touches to the value in force."""
    if model.quarter > 0:
        for trigger in model.triggers:
            trigger.read(model.quarter, model.outcomes[-1])
    for policed in model.policies:
        value = policed.value(model.quarter, model.triggers)
        setattr(model.governments[policed.government], policed.lever, value)
