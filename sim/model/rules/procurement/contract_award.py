"""Contract award: a panel scores the bids for each lot, and the best bidder with free capacity gets the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import TooFew
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Route, Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import normal
from sim.model.rules.contracts.contract_handover import hand_over_contract
from sim.model.rules.contracts.contract_signing import sign_contract
from sim.model.rules.contracts.purchaser_commitments import (
    purchaser_of_contract,
    uncommitted_budget,
    update_contracts_in_force,
)
from sim.model.rules.procurement.winning_beliefs import no_results, note_results, update_beliefs
from sim.model.rules.shared.active_agencies import nth_government
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_for_bids
from sim.model.rules.shared.relations_and_presence import relation_with
from sim.model.state.row_adding import add_bid_record

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def award_lots(world: World, city: CityRow) -> None:
    """Award every lot of a city's calls this quarter, in the order of the calls, and let bidders learn from it."""
    for n in range(city.districts + 1):
        government = world.governments[nth_government(city, n)]
        if government.lots == 0:
            continue
        results = no_results()
        for k in range(government.first_lot, government.first_lot + government.lots):
            lot = world.contracts[k]
            # The lot no longer counts as in force; if it is awarded, signing counts it.
            update_contracts_in_force(world, lot, -lot.ceiling, -1)
            award_lot(world, k)
            note_results(world, k, results)
            if world.clock[0].detailed:
                record_bids(world, k)
        update_beliefs(world, government, results)


@rule
def award_lot(world: World, k: int) -> None:
    """Score the bids for one lot and sign with the winner, or set why there is none."""
    lot = world.contracts[k]
    government = world.governments[lot.government]
    if lot.bidders == 0:
        lot.status = Status.UNBID
        return
    route = Route.CALL
    if lot.bidders < government.scoring_minimum_bidders:
        if int(government.scoring_too_few) == TooFew.CALL_AGAIN:
            lot.status = Status.TOO_FEW
            return
        if int(government.scoring_too_few) == TooFew.SINGLE_SOURCE:
            route = Route.SINGLE_SOURCE
    best = best_bid(world, lot, government, route)
    if best < 0:
        lot.status = status_without_award(world, lot)
        return
    bid = world.bids[best]
    lot.score = bid.score
    lot.cost_estimate = bid.cost
    lot.believed = bid.believed
    sign_contract(world, k, bid.agency, bid.community, bid.price, bid.hours, bid.staffing, route)
    hand_over_contract(world, lot)


@rule
def best_bid(world: World, lot: ContractRow, government: GovernmentRow, route: int) -> int:
    """Index of the best bid within the money left, among agencies that still have the capacity; -1 for none.

    A single source is chosen by relation alone.

    Parameters
    ----------
    lot, government : row
        Lot, and the government by whose rules it is bought.
    route : Route
        Call or single source.
    """
    best = -1
    money = uncommitted_budget(world, lot)
    b = lot.first_bid
    while b >= 0:
        bid = world.bids[b]
        agency = world.agencies[bid.agency]
        if route == Route.SINGLE_SOURCE:
            bid.score = relation_with(world, agency, purchaser_of_contract(world, lot))
        else:
            noise = normal(world.clock[0], Stream.PANEL_NOISE, lot.id, agency.id)
            bid.score = bid.points + government.scoring_noise * noise
        bid.has_capacity = bid.hours * bid.staffing <= hours_for_bids(world, agency)
        if bid.has_capacity and bid.price <= money and (best < 0 or bid.score > world.bids[best].score):
            best = b
        b = bid.next
    return int(best)


@rule
def status_without_award(world: World, lot: ContractRow) -> int:
    """Why no bid for a lot was taken: no bidder had capacity left, or those who had asked for more than is left."""
    b = lot.first_bid
    while b >= 0:
        if world.bids[b].has_capacity:
            return Status.NO_MONEY
        b = world.bids[b].next
    return Status.NO_CAPACITY


@rule
def record_bids(world: World, k: int) -> None:
    """Note every bid for a lot, when it is known which of them won.

    Parameters
    ----------
    k : int
        Index of the lot.
    """
    lot = world.contracts[k]
    b = lot.first_bid
    while b >= 0:
        bid = world.bids[b]
        row = world.bid_records[add_bid_record(world)]
        row.quarter = world.clock[0].quarter
        row.contract = k
        row.agency = bid.agency
        row.community = bid.community
        row.price = bid.price
        row.hours = bid.hours
        row.staffing = bid.staffing
        row.believed = bid.believed
        row.cost_estimate = bid.cost
        row.score = bid.score
        row.has_capacity = bid.has_capacity
        row.won = bid.agency == lot.agency
        b = bid.next
