"""Bidding outcomes: bidders for a lot, wins of incumbents, and price relative to the ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Route, Status
from sim.engine.compilation import rule
from sim.model.observe.ratios_and_units import ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import SectorRow
    from sim.model.state.world import World


@rule
def measure_bidding(world: World, row: SectorRow) -> None:
    """Set the outcomes of this quarter's calls."""
    clock = world.clock[0]
    lots = 0
    bids = 0
    awards = 0
    recalled = 0
    kept = 0
    price = 0.0
    for k in range(clock.first_lot, clock.contracts):
        lot = world.contracts[k]
        if lot.route == Route.RENEWAL:
            continue
        lots += 1
        bids += lot.bidders
        if lot.status == Status.RUNNING or lot.status == Status.BROKEN:
            awards += 1
            price += lot.price / lot.ceiling
            if lot.incumbent >= 0:
                recalled += 1
                kept += 1 if lot.incumbent == lot.agency else 0
    row.bidders = ratio(bids, lots)
    row.incumbent_wins = ratio(kept, recalled)
    row.price_to_ceiling = ratio(price, awards)
