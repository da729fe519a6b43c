"""Bidding outcomes: bidders for a lot, wins of incumbents, offers that win, and what bidders believed."""

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
    hours = 0.0
    under_cost = 0
    for k in range(clock.first_lot, clock.contracts):
        lot = world.contracts[k]
        if lot.route == Route.RENEWAL:
            continue
        lots += 1
        bids += lot.bidders
        if lot.status == Status.RUNNING or lot.status == Status.BROKEN:
            awards += 1
            price += lot.price / lot.ceiling
            hours += lot.promised_hours / lot.minimum_hours
            under_cost += 1 if lot.price < lot.cost_estimate else 0
            if lot.incumbent >= 0:
                recalled += 1
                kept += 1 if lot.incumbent == lot.agency else 0
    row.bidders = ratio(bids, lots)
    row.incumbent_wins = ratio(kept, recalled)
    row.price_to_ceiling = ratio(price, awards)
    row.promised_to_asked = ratio(hours, awards)
    row.won_under_cost = ratio(under_cost, awards)
    gap = 0.0
    awarded = 0
    for government in world.governments:
        gap += government.belief_gap
        awarded += government.bids_awarded
    row.belief_gap = ratio(gap, awarded)
