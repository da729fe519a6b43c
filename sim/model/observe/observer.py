"""The observer: looks at everybody once, at the end of a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.agency_outcomes import watch_agencies
from sim.model.observe.bidding_outcomes import watch_calls
from sim.model.observe.city_outcomes import watch_cities
from sim.model.observe.community_outcomes import watch_communities
from sim.model.observe.purchaser_outcomes import watch_purchasers
from sim.model.observe.state_panels import copy_panels

if TYPE_CHECKING:
    from sim.model.state.world import World


@rule
def observe(world: World) -> None:
    """Fill the quarter's row of sector outcomes and, where details are kept, copy everybody's records."""
    row = world.sector[world.clock[0].quarter]
    watch_cities(world, row)
    watch_purchasers(world, row)
    watch_calls(world, row)
    # After purchasers and cities: some outcomes of agencies are shares of what purchasers bound.
    watch_agencies(world, row)
    watch_communities(world, row)
    if world.clock[0].detailed:
        copy_panels(world)
