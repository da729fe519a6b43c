"""Community outcomes: unmet need, strength, continuity of service, and the field with the highest unmet need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engine.compilation import rule
from sim.model.observe.ratios_and_units import ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import SectorRow
    from sim.model.state.world import Numbers, World


@rule
def measure_communities(world: World, row: SectorRow) -> None:
    """Set outcomes of communities; their own mean of unmet need is computed again after service."""
    fields = np.zeros((2, world.needs.shape[1]))
    load = 0.0
    unmet = 0.0
    people = 0.0
    strength = 0.0
    continuity = 0.0
    unbroken = 0.0
    served = 0
    disruptions = 0.0
    for c in range(len(world.communities)):
        community = world.communities[c]
        community.unmet = unmet_after_service(world, c, community.load, fields)
        load += community.load
        unmet += community.unmet * community.load
        people += community.residents
        strength += community.strength * community.residents
        disruptions += community.disruptions
        if community.hours > 0:
            served += 1
            continuity += community.continuity
            unbroken += community.unbroken_years
    row.unmet_need = ratio(unmet, load)
    row.strength = ratio(strength, people)
    row.community_continuity = ratio(continuity, served)
    row.unbroken_years = ratio(unbroken, served)
    row.communities_served = served / len(world.communities)
    row.worst_unmet = worst_unmet(fields)
    # Communities count since the start: subtract the outcomes of earlier quarters.
    for quarter in range(world.clock[0].quarter):
        disruptions -= world.sector[quarter].disruptions
    row.disruptions = disruptions


@rule
def unmet_after_service(world: World, c: int, load: float, fields: Numbers) -> float:
    """Unmet need of a community, mean over fields weighted by load.

    Parameters
    ----------
    c : int
        Community.
    load : float
        Its load over all fields, hours.
    fields : float array, shape (2, fields)
        Unmet hours and load by field; those of this community are added.

    Returns
    -------
    float
        Share of the load, 0 to 1.
    """
    mean = 0.0
    for f in range(world.needs.shape[1]):
        need = world.needs[c, f]
        hours = need.unmet * need.load
        mean += hours / max(load, 1e-9)
        fields[0, f] += hours
        fields[1, f] += need.load
    return mean


@rule
def worst_unmet(fields: Numbers) -> float:
    """Unmet need, weighted by load over communities, of the field where it is highest."""
    worst = 0.0
    for f in range(fields.shape[1]):
        if fields[1, f] > 0:
            worst = max(worst, fields[0, f] / fields[1, f])
    return worst
