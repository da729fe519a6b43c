"""Initial state of a run: communities, accounts, and the agencies that are there at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.compilation import entry, rule
from sim.engine.fields import StructArray
from sim.engine.rng.distributions import lognormal_factor, random_index
from sim.engine.rng.philox import IntLike
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.lifecycle.named_agencies import FIRST_RELATION, initialise_agency
from sim.model.rules.shared.rates_and_half_lives import decay_per_quarter
from sim.model.rules.shared.relations_and_presence import ensure_tie
from sim.model.state.by_reference import by_reference

if TYPE_CHECKING:
    from sim.model.state.row_types import CommunityDrawsRow
    from sim.model.state.world import Integers, World


@entry
def initialise_world(world: World, seed: IntLike, communities: StructArray, branches: Integers) -> None:
    """Bring a fresh copy of a compiled scenario's world to its first quarter.

    Parameters
    ----------
    world : World
        Copy of the template; changed in place.
    seed : int
        Seed of the run.
    communities : recarray
        Medians and spreads of what is drawn about them.
    branches : int array, shape (branches, 2)
        Agency and district of every branch.
    """
    world = by_reference(world)
    clock = world.clock[0]
    clock.seed = seed
    clock.season = clock.first_season
    for c in range(len(world.communities)):
        initialise_community(world, c, communities[c])
    for city in world.cities:
        city.market_wage = city.outside_wage
        city.sector_wage = city.outside_wage
        city.finding = world.rules[0].people_usual_finding
    for n in range(len(world.associations)):
        association = world.associations[n]
        held = association.cash
        association.cash = 0
        transfer(world, world.externals[Party.TREASURY], association, Purpose.OPENING, -1, held)
    for institution in world.institutions:
        district = world.governments[institution.district]
        institution.community = district.first_community + random_index(
            clock, district.communities, Stream.INITIAL_STATE, institution.id, 0
        )
    for a in range(clock.agencies):
        if world.agencies[a].stage != Stage.PLANNED:
            initialise_agency(world, a)
    for n in range(len(branches)):
        tie = ensure_tie(world, branches[n, 0], branches[n, 1])
        world.ties[tie].relation = FIRST_RELATION


@rule
def initialise_community(world: World, c: int, start: CommunityDrawsRow) -> None:
    """Draw residents and needs; unmet need and pressure begin at their level without services.

    Parameters
    ----------
    c : int
        Index of the community.
    start : row
        Medians and spreads of what is drawn, `COMMUNITY_DRAWS`.
    """
    clock = world.clock[0]
    rules = world.rules[0]
    community = world.communities[c]
    factor = lognormal_factor(clock, start.spread, Stream.INITIAL_STATE, community.id, 0)
    community.residents = round(start.residents * factor)
    community.strength = start.strength
    community.base_strength = start.strength
    back = decay_per_quarter(rules.need_half_life)
    unmet = back / (back + rules.need_self_help * start.strength)
    for f in range(world.needs.shape[1]):
        need = world.needs[c, f]
        more = lognormal_factor(clock, start.need_spread, Stream.INITIAL_STATE, community.id, 1 + f)
        need.load = community.residents * world.fields[f, 0] * more
        need.unmet = unmet
        community.load += need.load
    community.unmet = unmet
    community.pressure = unmet
