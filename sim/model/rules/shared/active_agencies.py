"""Active agencies of every city, and its governments by number.

A quarter is run city by city, so that what a city's phases touch stays in the processor's cache however
many cities there are.  Only sister agencies reach over its border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import Integers, World


@rule
def index_active_agencies(world: World) -> None:
    """List active agencies by city, in the order of their rows (a counting sort)."""
    agencies = world.clock[0].agencies
    for city in world.cities:
        city.members = 0
    for a in range(agencies):
        if world.agencies[a].stage == Stage.ACTIVE:
            world.cities[world.agencies[a].city].members += 1
    first = 0
    for city in world.cities:
        city.first_member = first
        first += city.members
        city.members = 0
    for a in range(agencies):
        if world.agencies[a].stage == Stage.ACTIVE:
            city = world.cities[world.agencies[a].city]
            world.members[city.first_member + city.members] = a
            city.members += 1


@rule
def active_agencies_in(world: World, city: CityRow) -> Integers:
    """Indices of the agencies that were active in a city at the last `index_active_agencies`.

    Returns
    -------
    int array, shape (active agencies of the city,)
        A view; agencies that close during the quarter stay in it.
    """
    return world.members[city.first_member : city.first_member + city.members]


@rule
def nth_government(city: CityRow, n: int) -> int:
    """Index of a city's n-th government: 0 is the city's own, then its districts."""
    return int(city.government if n == 0 else city.first_district + n - 1)
