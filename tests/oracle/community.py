"""Communities: need returns, is partly met by the community itself, and builds up pressure while unmet.

Need in a field is a share: 1 is the need without any service and without community strength.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Any

import mesa

from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


class Need:
    """Need of a community in one field of service."""

    def __init__(self) -> None:
        self.load = 0.0
        self.unmet = 0.0
        self.served = 0

    @property
    def hours(self) -> float:
        """Hours a quarter that the unmet need would take."""
        return self.unmet * self.load


class Community(mesa.Agent):
    """A community: residents, needs, own strength, and continuity of service."""

    def __init__(self, model: Sector, index: int, facts: dict[str, Any], district: Government) -> None:
        super().__init__(model)
        self.index = index
        self.id = facts["id"]
        self.district = district
        self.residents = 0
        self.needs = [Need() for _ in model.fields]
        self.strength = 0.0
        self.base_strength = 0.0
        self.unmet = 0.0
        self.pressure = 0.0
        self.hours = 0.0
        self.steady_hours = 0.0
        self.built = 0.0
        self.agencies = 0
        self.continuity = 0.0
        self.unbroken_years = 0.0
        self.disruptions = 0

    @property
    def load(self) -> float:
        """Hours a quarter that all its need would take."""
        return add_up(need.load for need in self.needs)

    def gain_strength(self, speed: float, wear: float) -> None:
        """Strength follows the level that rooted development holds; it fades more slowly than it grows."""
        held = (self.base_strength + self.built) / (1.0 + self.built)
        self.strength += (speed if held > self.strength else wear) * (held - self.strength)


def decay_per_quarter(half_life: float) -> float:
    """Share that is lost in one quarter when half is lost in `half_life` quarters."""
    return 1.0 - exp(-log(2.0) / half_life)


def rootedness(quarters: float, years: float) -> float:
    """How rooted an agency is after so many unbroken quarters; `years` is the time constant."""
    return 1.0 - exp(-quarters / (4.0 * years))


def update_needs(model: Sector, city: City) -> None:
    """Before any service: need returns, communities help themselves, unmet need becomes pressure."""
    rules = model.rules
    back = decay_per_quarter(rules.need_half_life)
    for community in city.communities:
        helped = rules.need_self_help * community.strength
        for need in community.needs:
            need.unmet += back * (1.0 - need.unmet) - helped * need.unmet
        community.unmet = mean_unmet(community)
        community.pressure += rules.need_pressure_speed * (community.unmet - community.pressure)
        community.hours = 0.0
        community.steady_hours = 0.0
        community.built = 0.0
        community.agencies = 0
        community.unbroken_years = 0.0


def mean_unmet(community: Community) -> float:
    """Unmet need over all fields, weighted by the hours that they would take."""
    return add_up(need.hours for need in community.needs) / max(community.load, 1e-9)
