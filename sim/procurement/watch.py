"""What the observer sees of how money is divided over fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declare import Record
from sim.distributions import ratio
from sim.procurement.budgets import needed_split
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


@rule
def watch_allocation(world: World, row: Record) -> None:
    """How far budgets are from need, and how the field that is served worst fares."""
    apart = 0.0
    money = 0.0
    for g in range(len(world.governments)):
        government = world.governments[g]
        if government.budget <= 0:
            continue
        need = needed_split(world, government)
        gap = 0.0
        for f in range(len(need)):
            gap += 0.5 * abs(world.split[g, f] - need[f])
        apart += gap * government.budget
        money += government.budget
    row.split_gap = ratio(apart, money)
    row.worst_unmet = worst_unmet(world)


@rule
def worst_unmet(world: World) -> float:
    """Unmet need, weighted by load over communities, of the field where it is highest."""
    fields = world.needs.shape[1]
    unmet = np.zeros(fields)
    load = np.zeros(fields)
    for c in range(len(world.communities)):
        for f in range(fields):
            unmet[f] += world.needs[c, f].unmet * world.needs[c, f].load
            load[f] += world.needs[c, f].load
    worst = 0.0
    for f in range(fields):
        if load[f] > 0:
            worst = max(worst, unmet[f] / load[f])
    return worst
