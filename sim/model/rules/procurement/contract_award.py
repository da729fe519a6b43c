"""Contract award: a panel scores the bids for each lot, and the best bidder with free capacity gets the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Pricing, TooFew
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Route, Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import normal
from sim.model.rules.contracts.contract_forms_and_prices import skill_for_lot
from sim.model.rules.contracts.contract_handover import hand_over_contract
from sim.model.rules.contracts.contract_signing import sign_contract
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract, update_contracts_in_force
from sim.model.rules.service.community_needs import rootedness
from sim.model.rules.shared.agency_capacity_and_unit_cost import hiring_limit, hours_per_person, people_for_contracts
from sim.model.rules.shared.relations_and_presence import quarters_present, relation_with
from sim.model.state.row_adding import add_bid_record

if TYPE_CHECKING:
    from sim.model.state.row_types import BidRow, CityRow, ContractRow, GovernmentRow
    from sim.model.state.world import World

PRICE_RANGE = 0.3
"""Price below the ceiling, as a share of it, that earns full points."""


HOURS_RANGE = 0.5
"""Hours above the minimum, as a share of it, that earn full points."""


@rule
def award_lots(world: World, city: CityRow) -> None:
    """Award every lot of a city's calls this quarter, in the order of the calls."""
    for k in range(city.first_lot, world.clock[0].contracts):
        lot = world.contracts[k]
        # The lot no longer counts as in force; if it is awarded, signing counts it.
        update_contracts_in_force(world, lot, -lot.ceiling, -1)
        award_lot(world, k)
        if world.clock[0].detailed:
            record_bids(world, k)


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
        lot.status = Status.NO_CAPACITY
        return
    bid = world.bids[best]
    lot.score = bid.score
    lot.cost_estimate = bid.cost
    sign_contract(world, k, bid.agency, bid.community, bid.price, bid.hours, route)
    hand_over_contract(world, lot)
    adjust_margins(world, lot, best)


@rule
def best_bid(world: World, lot: ContractRow, government: GovernmentRow, route: int) -> int:
    """Index of the best bid among agencies that still have the capacity; -1 for none.

    A single source is chosen by relation alone.

    Parameters
    ----------
    lot, government : row
        Lot, and the government by whose rules it is bought.
    route : Route
        Call or single source.
    """
    best = -1
    b = lot.first_bid
    while b >= 0:
        bid = world.bids[b]
        agency = world.agencies[bid.agency]
        if route == Route.SINGLE_SOURCE:
            bid.score = relation_with(world, agency, purchaser_of_contract(world, lot))
        else:
            bid.score = panel_score(world, lot, government, bid)
        capacity = (people_for_contracts(agency) + hiring_limit(world, agency)) * hours_per_person(world, agency)
        bid.has_capacity = agency.committed + bid.hours <= capacity
        if bid.has_capacity and (best < 0 or bid.score > world.bids[best].score):
            best = b
        b = bid.next
    return int(best)


@rule
def panel_score(world: World, lot: ContractRow, government: GovernmentRow, bid: BidRow) -> float:
    """Weighted points for price (or hours), quality, relation and experience, plus noise."""
    agency = world.agencies[bid.agency]
    if lot.pricing == Pricing.FIXED:
        offer = (bid.hours / lot.minimum_hours - 1.0) / HOURS_RANGE
    else:
        offer = (1.0 - bid.price / lot.ceiling) / PRICE_RANGE
    licensed = agency.licensed / max(agency.staff, 1)
    quality = (agency.reputation + licensed + skill_for_lot(world, bid.agency, lot)) / 3.0
    quarters = quarters_present(world, agency, bid.community)
    score = government.scoring_price * min(max(offer, 0.0), 1.0)
    score += government.scoring_quality * quality
    score += government.scoring_relation * relation_with(world, agency, purchaser_of_contract(world, lot))
    score += government.scoring_experience * rootedness(quarters, world.rules[0].need_rooting_time)
    return score + government.scoring_noise * normal(world.clock[0], Stream.PANEL_NOISE, lot.id, agency.id)


@rule
def adjust_margins(world: World, lot: ContractRow, winner: int) -> None:
    """Raise the margin that the winner asks next time by a step, and lower that of the others.

    Parameters
    ----------
    lot : row
        Awarded lot.
    winner : int
        Index of the winning bid.
    """
    rules = world.rules[0]
    b = lot.first_bid
    while b >= 0:
        bid = world.bids[b]
        agency = world.agencies[bid.agency]
        step = rules.bidding_margin_step if b == winner else -rules.bidding_margin_step
        agency.margin = min(max(agency.margin + step, rules.bidding_least_margin), rules.bidding_most_margin)
        b = bid.next


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
        row.cost_estimate = bid.cost
        row.score = bid.score
        row.has_capacity = bid.has_capacity
        row.won = bid.agency == lot.agency
        b = bid.next
