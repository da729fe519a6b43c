"""Peer learning: members of an association learn from each other.

A member with less skill in a field than the members' mean moves towards that mean, faster in shared rooms; skill is
never reduced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.relations_and_presence import nearness_to_peers

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow
    from sim.model.state.world import World


@rule
def update_peer_skills(world: World, city: CityRow) -> None:
    """Compute the mean skill by field of the members of a city's associations."""
    for n in range(len(world.associations)):
        if world.associations[n].city == city.index:
            world.peer_skills[n] = 0.0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.stage == Stage.ACTIVE and agency.association >= 0:
            members = world.associations[agency.association].members
            for f in range(world.skills.shape[1]):
                world.peer_skills[agency.association, f] += world.skills[a, f] / members


@rule
def learn_from_peers(world: World, a: int) -> None:
    """Move a member's skill towards the association's mean in every field where that is higher."""
    agency = world.agencies[a]
    if agency.association < 0:
        return
    speed = world.rules[0].standing_peer_learning * nearness_to_peers(world, agency)
    for f in range(world.skills.shape[1]):
        ahead = world.peer_skills[agency.association, f] - world.skills[a, f]
        if ahead > 0:
            world.skills[a, f] += speed * ahead
