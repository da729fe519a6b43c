"""Purchaser reorganisation: new leaders order purchasing anew, so that everybody who lives on it waits and bids anew.

Contracts that run go on.  What ends is neither renewed nor called again; for a part of the year nothing is called, then
all free money at once.  Institutions buy on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.active_agencies import active_agencies_in, nth_government
from sim.model.rules.shared.relations_and_presence import find_tie
from sim.model.rules.shared.reorganised_purchasers import REORGANISED_QUARTERS

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World

REORGANISING_SEASON = 0
"""Purchasers are reorganised in the first quarter of a year, when budgets are set."""


@rule
def reorganise_purchasers(world: World, city: CityRow) -> None:
    """Draw, once a year, which governments of a city with running contracts are reorganised."""
    clock = world.clock[0]
    if clock.season != REORGANISING_SEASON:
        return
    for n in range(city.districts + 1):
        g = nth_government(city, n)
        government = world.governments[g]
        chance = government.procurement_reorganisation
        if government.running > 0 and bernoulli(clock, chance, Stream.REORGANISATION, government.id, 0):
            government.reorganised_until = clock.quarter + REORGANISED_QUARTERS
            forget_agencies(world, city, g)
            record_event(world, Event.REORGANISED, Cause.NEW_LEADERS, -1, g, -1, -1, government.running, 0)


@rule
def forget_agencies(world: World, city: CityRow, g: int) -> None:
    """Reduce the relations of a city's active agencies with government `g`: the people whom they knew are gone."""
    for a in active_agencies_in(world, city):
        tie = find_tie(world, world.agencies[a], g)
        if tie >= 0:
            world.ties[tie].relation *= 1.0 - world.rules[0].shocks_reorganisation_loss
