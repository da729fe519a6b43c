"""Bid submission: one agency looks closely at one lot, and bids if its best offer is worth the cost of a bid."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.choices import Pricing
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import lognormal_factor
from sim.model.rules.contracts.firms_in_guise import passes_as_nonprofit
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.procurement.bid_offers import (
    POINTS_STEP,
    Bidder,
    Offer,
    View,
    best_offer,
    least_margin,
    maximum_margin,
    worth_elsewhere,
)
from sim.model.rules.procurement.bid_points import QUALITY_PARTS, points_of_offer, sum_of_weights
from sim.model.rules.procurement.winning_beliefs import odds_to_win, points_needed
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_to_promise
from sim.model.rules.shared.relations_and_presence import find_tie, quarters_present
from sim.model.state.row_adding import add_bid

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow
    from sim.model.state.world import World

STAFF_POINTS_STEP = 1.0 / 3.0
"""Points for named staff between neighbouring levels of staffing, as a quarter of quality."""


@rule
def submit_bid(world: World, a: int, k: int, place: int, standing: float, bidder: Bidder, free: float) -> float:
    """Bid for a lot, if any offer is worth more than the cost of the bid.

    Parameters
    ----------
    a, k, place : int
        Agency, lot, community where it would work.
    standing : float
        Points that do not depend on the offer.
    free : float
        Hours of staff a quarter that it has free for bids.

    Returns
    -------
    float
        Hours of staff a quarter that the bid uses up; 0 where none was made.
    """
    agency = world.agencies[a]
    lot = world.contracts[k]
    if lacks_required_presence(world, agency, lot) or is_capped_below_hurdle(world, agency, lot):
        return 0.0
    asked = hours_to_promise(world, agency, lot)
    offer = best_offer(world, agency, lot, bidder, view_of_lot(world, agency, lot, standing, bidder, free / asked))
    worth = offer.worth * lot.ceiling * lot.term / 4.0
    if offer.worth <= 0.0 or worth < bidder.thrift * cost_of_bid(world, agency, lot):
        return 0.0
    write_bid(world, a, k, place, standing, asked, offer)
    return asked * offer.hours * offer.staffing


@rule
def lacks_required_presence(world: World, agency: AgencyRow, lot: ContractRow) -> bool:
    """Whether a lot continues a contract and requires longer presence in its community than the bidder has."""
    if lot.incumbent < 0 or lot.community < 0:
        return False
    wanted = world.governments[lot.government].contract_minimum_presence
    return bool(wanted > 0 and quarters_present(world, agency, lot.community) < wanted)


@rule
def is_capped_below_hurdle(world: World, agency: AgencyRow, lot: ContractRow) -> bool:
    """Whether a purchaser lets a firm earn less than its owners ask for; they leave its lots alone."""
    if passes_as_nonprofit(agency):
        return False
    return bool(maximum_margin(world.governments[lot.government], agency) < world.rules[0].founding_hurdle)


@rule
def cost_of_bid(world: World, agency: AgencyRow, lot: ContractRow) -> float:
    """Cost of preparing one bid, fen: a fixed part, and one that follows the value of the lot."""
    rules = world.rules[0]
    return rules.costs_bid * world.cities[agency.city].cost_index + rules.costs_bid_share * lot.ceiling


@rule
def view_of_lot(
    world: World, agency: AgencyRow, lot: ContractRow, standing: float, bidder: Bidder, room: float
) -> View:
    """How a bidder sees a lot: its cost as far as it can tell, the margins between which it bids, and its odds.

    Parameters
    ----------
    standing : float
        Points that do not depend on the offer.
    room : float
        Hours free for bids, over the hours asked.
    """
    rules = world.rules[0]
    government = world.governments[lot.government]
    tie = find_tie(world, agency, purchaser_of_contract(world, lot))
    relation = world.ties[tie].relation if tie >= 0 else 0.0
    lesson = world.ties[tie].lesson if tie >= 0 else 0.0
    cost = 4.0 * hours_to_promise(world, agency, lot) * agency.unit_cost / lot.ceiling
    cost *= lognormal_factor(world.clock[0], rules.bidding_cost_error, Stream.COST_ESTIMATE, agency.id, lot.id)
    scale = sum_of_weights(government) * rules.bidding_uncertainty
    return View(
        cost,
        least_margin(rules, agency, bidder, relation),
        maximum_margin(government, agency),
        bidder.thrift * rules.bidding_foothold * (1.0 - relation),
        relation,
        room,
        worth_elsewhere(lot, bidder, cost),
        odds_to_win(world, standing, points_needed(government, lot, agency.index, lesson)),
        exp(government.scoring_price * POINTS_STEP / scale),
        exp(government.scoring_quality / QUALITY_PARTS * STAFF_POINTS_STEP / scale),
    )


@rule
def write_bid(world: World, a: int, k: int, place: int, standing: float, asked: float, offer: Offer) -> None:
    """Write a bid.

    Parameters
    ----------
    a, k, place : int
        Agency, lot, community where it would work.
    standing : float
        Points that do not depend on the offer.
    asked : float
        Hours a quarter that have to be promised at least.
    """
    agency = world.agencies[a]
    lot = world.contracts[k]
    b = add_bid(world)
    bid = world.bids[b]
    bid.agency = a
    bid.contract = k
    bid.community = place
    bid.price = lot.ceiling
    if lot.pricing != Pricing.FIXED:
        bid.price = to_fen(offer.price * lot.ceiling)
    bid.hours = asked * offer.hours
    bid.staffing = offer.staffing
    bid.believed = offer.chance
    bid.cost = offer.spent * lot.ceiling
    bid.points = standing + points_of_offer(world, lot, bid.price, bid.hours, bid.staffing)
    bid.score = np.nan
    bid.has_capacity = False
    bid.next = lot.first_bid
    lot.first_bid = b
    lot.bidders += 1
    agency.bids += 1
