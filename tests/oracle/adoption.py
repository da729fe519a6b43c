"""Adoption: cities that do not buy services yet begin to, by wealth, neighbours and pressure from above."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.random_streams import Stream
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def adopt_purchasing(model: Sector, city: City) -> None:
    """At the start of every year but the run's first, a city that may adopt does so by chance."""
    if model.season != 0 or model.quarter == 0 or not city.adopts or city.begins is not None:
        return
    if model.happens(1.0 - exp(-hazard(model, city)), Stream.ADOPTION, city.id, 0):
        city.begins = model.quarter


def hazard(model: Sector, city: City) -> float:
    """Rate a year at which a city begins to buy services."""
    rules = model.rules
    wealth = add_up(district.wealth for district in city.districts) / len(city.districts)
    others = [other for other in model.cities if other.region == city.region and other is not city]
    share = sum(other.buys(model.quarter - 1) for other in others) / len(others) if others else 0.0
    reasons = 1.0 + rules.adoption_neighbours * share + rules.adoption_mandate * city.government.adoption_pressure
    return rules.adoption_rate * wealth**rules.adoption_wealth * reasons
