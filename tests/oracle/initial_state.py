"""Initial state: communities, accounts, and the agencies of the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from sim.model.setup.compiled_scenario import CompiledScenario
from tests.oracle import scenario_inputs as given
from tests.oracle.community import Community, decay_per_quarter
from tests.oracle.money import transfer
from tests.oracle.named_agencies import FIRST_RELATION, name_agency

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector


def open_sector(model: Sector, compiled: CompiledScenario) -> None:
    """Bring the sector to its first quarter."""
    for community, start in zip(model.communities, compiled.community_draws, strict=True):
        initialise_community(model, community, given.plain(start))
    for association, facts in zip(model.associations, compiled.world.associations, strict=True):
        transfer(model, model.outside[Party.TREASURY], association, Purpose.OPENING, int(facts.cash))
    facts = [given.plain(one) for one in compiled.world.agencies[: len(compiled.world.agency_draws)]]
    for one, start in zip(facts, compiled.world.agency_draws, strict=True):
        name_agency(model, one, given.plain(start))
    for agency, one in zip(model.agencies, facts, strict=True):
        agency.sister = model.agencies[one["sister"]] if one["sister"] >= 0 else None
    for agency, district in compiled.branches.tolist():
        model.agencies[agency].tie_with(model.governments[district]).relation = FIRST_RELATION


def initialise_community(model: Sector, community: Community, start: dict[str, Any]) -> None:
    """Draw residents and needs; unmet need and pressure begin at their level without services."""
    factor = model.factor(start["spread"], Stream.INITIAL_STATE, community.id, 0)
    community.residents = round(start["residents"] * factor)
    community.strength = community.base_strength = start["strength"]
    back = decay_per_quarter(model.rules.need_half_life)
    unmet = back / (back + model.rules.need_self_help * start["strength"])
    for f, need in enumerate(community.needs):
        more = model.factor(start["need_spread"], Stream.INITIAL_STATE, community.id, 1 + f)
        need.load = community.residents * model.hours_per_resident[f] * more
        need.unmet = unmet
    community.unmet = community.pressure = unmet
