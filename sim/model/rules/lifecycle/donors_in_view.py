"""Donors in view: what founders expect of donors, and whether they begin with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.funding.donations import beginner_gifts

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World

FOUNDING_REPUTATION = 0.3
"""Reputation of a new agency."""


@rule
def viable_income(world: World, city: CityRow) -> float:
    """Yearly income that makes a newcomer viable now, fen."""
    return world.rules[0].founding_viable_income * city.cost_index


@rule
def newcomer_gifts(world: World, city: CityRow) -> float:
    """Donations of a year that an agency of founding size would get, fen."""
    return beginner_gifts(world, city, float(world.rules[0].founding_staff), FOUNDING_REPUTATION, 0.0)


@rule
def sees_donors(world: World, agency: AgencyRow) -> bool:
    """Draw whether founders of a nonprofit begin with donors: the likelier, the more these would give."""
    if agency.kind != Kind.NONPROFIT:
        return False
    city = world.cities[agency.city]
    gifts = newcomer_gifts(world, city)
    chance = gifts / (gifts + viable_income(world, city))
    return bernoulli(world.clock[0], chance, Stream.FOUNDER_TRAITS, agency.id, 6)
