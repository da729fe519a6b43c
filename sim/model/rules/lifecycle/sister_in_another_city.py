"""Sister in another city: large agencies grow over cities by founding separate agencies there.

A private non-enterprise unit may not set up branches (Interim Regulations on private non-enterprise units, 1998,
art. 13), so who wants to work in another place founds an agency that registers there by itself.  The founder gives
money and knows how the work is done; the people are seekers of the other city, where officials do not know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Kind, Origin
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_prospects import nonprofit_prospects
from sim.model.rules.lifecycle.founding_teams import Founders, affords_sister
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def found_in_other_cities(world: World) -> None:
    """Let agencies found sisters in other cities, once every city has planned, so that none is ahead of another."""
    if len(world.cities) < 2:
        return
    for city in world.cities:
        for a in active_agencies_in(world, city):
            if may_found_elsewhere(world, world.agencies[a]):
                look_at_another_city(world, a)


@rule
def may_found_elsewhere(world: World, agency: AgencyRow) -> bool:
    """Whether an agency is a nonprofit at work, large enough, and has planned a reserve in a quarter before."""
    large = agency.settled >= world.rules[0].founding_spin_off_size
    has_planned = world.clock[0].quarter > max(agency.founded, 0)
    return large and has_planned and agency.stage == Stage.ACTIVE and agency.kind == Kind.NONPROFIT


@rule
def look_at_another_city(world: World, a: int) -> None:
    """Draw another city and a district of it, and found a sister there as prospects and the own reserve allow."""
    clock = world.clock[0]
    agency = world.agencies[a]
    n = random_index(clock, len(world.cities) - 1, Stream.SISTER_ELSEWHERE, agency.id, 1)
    other = world.cities[n + 1 if n >= agency.city else n]
    g = other.first_district + random_index(clock, other.districts, Stream.SISTER_ELSEWHERE, agency.id, 2)
    government = world.governments[g]
    rate = world.rules[0].founding_chain_rate * nonprofit_prospects(world, government)
    happens = bernoulli(clock, rate_to_probability(rate), Stream.SISTER_ELSEWHERE, agency.id, 0)
    if happens and affords_sister(world, agency, government):
        try_to_found_agency(world, g, Founders(Party.AGENCY, a, agency.id, Origin.SPIN_OFF, Kind.NONPROFIT, 0))
