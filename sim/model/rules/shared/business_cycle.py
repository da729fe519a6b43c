"""Business cycle of a city: a mean-reverting index of its economy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import normal

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World


@rule
def update_economy(world: World, city: CityRow) -> None:
    """Advance a city's economic index by one quarter: mean reversion plus a normal shock."""
    shock = city.volatility * normal(world.clock[0], Stream.ECONOMY, city.id, 0)
    city.economy += shock - city.reversion * city.economy
