"""Observation of a quarter: the order in which outcomes are measured at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.agency_outcomes import measure_agencies
from sim.model.observe.bidding_outcomes import measure_bidding
from sim.model.observe.city_outcomes import measure_cities
from sim.model.observe.community_outcomes import measure_communities
from sim.model.observe.panel_data import copy_panels
from sim.model.observe.purchaser_outcomes import measure_purchasers

if TYPE_CHECKING:
    from sim.model.state.world import World


@rule
def observe(world: World) -> None:
    """Set the quarter's row of sector outcomes and, where details are kept, copy the panel data."""
    row = world.sector[world.clock[0].quarter]
    measure_cities(world, row)
    measure_purchasers(world, row)
    measure_bidding(world, row)
    # After purchasers and cities: some outcomes of agencies are shares of what purchasers committed.
    measure_agencies(world, row)
    measure_communities(world, row)
    if world.clock[0].detailed:
        copy_panels(world)
