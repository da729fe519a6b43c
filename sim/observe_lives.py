"""Observation of comings and goings: moves between agencies, students in placement, agencies asleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.agency import Stage
from sim.declare import Record
from sim.distributions import ratio
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


@rule
def watch_lives(world: World, row: Record) -> None:
    """Moves of staff between agencies, each counted with the agency that was left; students in placement."""
    moves = 0
    quits = 0
    placements = 0.0
    quarter = world.clock[0].quarter
    for a in range(world.clock[0].agencies):
        agency = world.agencies[a]
        stopped = agency.closed == quarter or agency.dormant_since == quarter
        if agency.stage == Stage.ACTIVE or stopped:
            moves += agency.lost_to_agency
            quits += agency.quits
        placements += agency.placements if agency.stage == Stage.ACTIVE else 0.0
    row.moves = moves
    row.dormant = 0.0
    row.revivals = 0.0
    for city in world.cities:
        row.dormant += city.dormant
        row.revivals += city.revived
    row.placements = placements
    row.moved_share = ratio(moves, quits)
