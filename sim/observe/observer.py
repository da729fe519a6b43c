"""The observer: looks at everybody once, at the end of a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.observe.agencies import watch_agencies
from sim.observe.calls import watch_calls
from sim.observe.cities import watch_cities
from sim.observe.communities import watch_communities
from sim.observe.panels import copy_panels
from sim.observe.purchasers import watch_purchasers
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


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
