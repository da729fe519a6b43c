"""Unmet need of communities: hours, where there is most of it, shares of fields, and mean pressure on a government."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow
    from sim.model.state.world import Numbers, World


@rule
def unmet_hours(world: World, c: int) -> float:
    """Hours a quarter that all unmet need of community `c` would take."""
    total = 0.0
    for f in range(world.needs.shape[1]):
        total += world.needs[c, f].unmet * world.needs[c, f].load
    return total


@rule
def unmet_hours_in_field(world: World, c: int, f: int) -> float:
    """Hours a quarter that the unmet need of community `c` in field `f` would take."""
    return world.needs[c, f].unmet * world.needs[c, f].load


@rule
def field_with_most_unmet_hours(world: World, c: int) -> int:
    """Field with the most unmet hours in community `c`; the first of equals."""
    best = 0
    highest = -1.0
    for f in range(world.needs.shape[1]):
        hours = world.needs[c, f].unmet * world.needs[c, f].load
        if hours > highest:
            best = f
            highest = hours
    return best


@rule
def neediest_community(world: World, government: GovernmentRow) -> int:
    """Community of a government with the most unmet hours over all fields, less where more is already served."""
    best = government.first_community
    highest = -1.0
    for c in range(government.first_community, government.first_community + government.communities):
        wanting = 0.0
        for f in range(world.needs.shape[1]):
            need = world.needs[c, f]
            wanting += need.unmet * need.load / (1.0 + need.served)
        wanting *= 1.0 + world.communities[c].pressure
        if wanting > highest:
            best = c
            highest = wanting
    return int(best)


@rule
def neediest_community_in_field(world: World, government: GovernmentRow, f: int) -> int:
    """Community of a government with the most unmet hours in field `f`, less where more is already served."""
    best = government.first_community
    highest = -1.0
    for c in range(government.first_community, government.first_community + government.communities):
        need = world.needs[c, f]
        wanting = need.unmet * need.load * (1.0 + world.communities[c].pressure) / (1.0 + need.served)
        if wanting > highest:
            best = c
            highest = wanting
    return int(best)


@rule
def mean_pressure(world: World, government: GovernmentRow) -> float:
    """Mean pressure over a government's communities, weighted by residents."""
    total = 0.0
    people = 0.0
    for c in range(government.first_community, government.first_community + government.communities):
        community = world.communities[c]
        total += community.pressure * community.residents
        people += community.residents
    return total / people if people > 0 else 0.0


@rule
def split_by_need(world: World, government: GovernmentRow) -> Numbers:
    """Share of each field in the unmet hours of a government's communities; float array, shape (fields,)."""
    shares = world.fields[:, 0] * 0.0
    for c in range(government.first_community, government.first_community + government.communities):
        for f in range(len(shares)):
            shares[f] += world.needs[c, f].unmet * world.needs[c, f].load
    return normalised(shares)


@rule
def normalised(shares: Numbers) -> Numbers:
    """Scale shares in place so that they sum to one; equal shares where all are zero."""
    whole = add_up(shares)
    if whole > 0:
        shares /= whole
    else:
        shares[:] = 1.0 / len(shares)
    return shares
