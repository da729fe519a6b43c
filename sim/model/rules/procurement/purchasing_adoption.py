"""Adoption of purchasing: cities that do not buy services yet begin to, once a year.

The hazard is that of event-history studies of policy innovations (Walker 1969; Berry & Berry 1990): what a city has of
its own, what its neighbours do, and what is asked from above.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import exponential
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.shared.purchasing_begun import bought_services_before
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World


@rule
def adopt_purchasing(world: World, city: CityRow) -> None:
    """At the start of a year, let a city begin to buy services; what others do in the same year does not count yet."""
    clock = world.clock[0]
    if city.adopts and city.begins < 0 and clock.quarter > 0:
        adopting = rate_to_probability(adoption_rate(world, city))
        if bernoulli(clock, adopting, Stream.ADOPTION, city.id, 0):
            city.begins = clock.quarter


@rule
def adoption_rate(world: World, city: CityRow) -> float:
    """Hazard a year that a city begins to buy services."""
    rules = world.rules[0]
    asked = world.governments[city.government].adoption_pressure
    reasons = 1.0 + rules.adoption_neighbours * share_of_neighbours(world, city) + rules.adoption_mandate * asked
    return rules.adoption_rate * wealth_effect(city_wealth(world, city), rules.adoption_wealth) * reasons


@rule
def wealth_effect(wealth: float, elasticity: float) -> float:
    """Wealth to the power of an elasticity; 1 for an elasticity of 0.

    >>> wealth_effect(1.0, 2.0), wealth_effect(0.0, 2.0), wealth_effect(0.0, 0.0)
    (1.0, 0.0, 1.0)
    """
    if wealth <= 0.0:
        return 1.0 if elasticity == 0.0 else 0.0
    return exponential(elasticity * log(wealth))


@rule
def city_wealth(world: World, city: CityRow) -> float:
    """Mean ability of residents to pay fees over the districts of a city."""
    wealth = 0.0
    for g in range(city.first_district, city.first_district + city.districts):
        wealth += world.governments[g].wealth
    return wealth / city.districts


@rule
def share_of_neighbours(world: World, city: CityRow) -> float:
    """Share of the other cities of its region that bought services before this quarter; 0 for no others."""
    others = 0
    buying = 0
    for other in world.cities:
        if other.region == city.region and other.index != city.index:
            others += 1
            buying += 1 if bought_services_before(other, world.clock[0].quarter) else 0
    return buying / others if others > 0 else 0.0
