"""Contract award: a panel scores the bids for each lot, and the best bidder with free capacity gets the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Pricing, TooFew
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Route, Status
from tests.oracle.assessment import hand_over
from tests.oracle.community import rootedness
from tests.oracle.contract import Bid, BidMade, Contract, sign
from tests.oracle.contract_forms import skill_for
from tests.oracle.own_posts import hours_people_can_give

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

PRICE_RANGE = 0.3
"""Price below the ceiling, as a share of it, that earns full points."""

HOURS_RANGE = 0.5
"""Hours above the minimum, as a share of it, that earn full points."""


def award_lots(model: Sector, city: City) -> None:
    """Award every lot called this quarter, in the order of the calls."""
    for government in city.purchasers:
        for lot in government.called_lots:
            # The lot no longer counts as if it ran; if it is awarded, signing counts it.
            lot.count_running(-lot.ceiling, -1)
            award(model, lot)
            for bid in lot.bids:
                model.bids_made.append(BidMade(model.quarter, lot, bid, bid.agency is lot.agency))


def award(model: Sector, lot: Contract) -> None:
    """Score the bids for one lot and sign with the winner, or set why there is none."""
    government = lot.government
    if not lot.bids:
        lot.status = Status.UNBID
        return
    route = Route.CALL
    if lot.bidders < government.scoring_minimum_bidders:
        if government.scoring_too_few == TooFew.CALL_AGAIN:
            lot.status = Status.TOO_FEW
            return
        if government.scoring_too_few == TooFew.SINGLE_SOURCE:
            route = Route.SINGLE_SOURCE
    for bid in lot.bids:
        bid.has_capacity = has_capacity(bid)
        if route == Route.SINGLE_SOURCE:
            bid.score = bid.agency.relation_with(lot.purchaser)
        else:
            bid.score = panel_score(model, lot, bid)
    able = [bid for bid in lot.bids if bid.has_capacity]
    if not able:
        lot.status = Status.NO_CAPACITY
        return
    winner = max(able, key=lambda bid: bid.score)
    lot.score = winner.score
    lot.cost_estimate = winner.cost
    sign(model, lot, winner.agency, winner.community, winner.price, winner.hours, route)
    hand_over(model, lot)
    for bid in lot.bids:
        learn_margin(model, bid, won=bid is winner)


def has_capacity(bid: Bid) -> bool:
    """Whether the staff of the bidder, and those it could hire, have the capacity."""
    agency = bid.agency
    return agency.committed + bid.hours <= hours_people_can_give(agency)


def panel_score(model: Sector, lot: Contract, bid: Bid) -> float:
    """Weighted points for price (or hours), quality, relation and experience, plus noise."""
    government, agency = lot.government, bid.agency
    if lot.pricing == Pricing.FIXED:
        offer = (bid.hours / lot.minimum_hours - 1.0) / HOURS_RANGE
    else:
        offer = (1.0 - bid.price / lot.ceiling) / PRICE_RANGE
    licensed = agency.licensed / max(agency.staff, 1)
    quality = (agency.reputation + licensed + skill_for(agency, lot)) / 3.0
    experience = rootedness(agency.quarters_in(bid.community), model.rules.need_rooting_time)
    score = government.scoring_price * min(max(offer, 0.0), 1.0)
    score += government.scoring_quality * quality
    score += government.scoring_relation * agency.relation_with(lot.purchaser)
    score += government.scoring_experience * experience
    return score + government.scoring_noise * model.normal(Stream.PANEL_NOISE, lot.id, agency.id)


def learn_margin(model: Sector, bid: Bid, won: bool) -> None:
    """Raise the margin of the winner by a step, and lower that of the others."""
    rules = model.rules
    step = rules.bidding_margin_step if won else -rules.bidding_margin_step
    margin = bid.agency.margin + step
    bid.agency.margin = min(max(margin, rules.bidding_least_margin), rules.bidding_most_margin)
