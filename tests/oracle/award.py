"""Contract award: a panel scores the bids for each lot, and the best bidder with free capacity gets the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm, TooFew
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Route, Status
from tests.oracle.assessment import hand_over
from tests.oracle.bid_offers import held_by_another, points_for_offer
from tests.oracle.contract import Bid, BidMade, Contract, sign
from tests.oracle.ordered_sums import add_up
from tests.oracle.own_posts import hours_for_bids

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def award_lots(model: Sector, city: City) -> None:
    """Award every lot called this quarter, in the order of the calls."""
    for government in city.purchasers:
        for lot in government.called_lots:
            # The lot no longer counts as if it ran; if it is awarded, signing counts it.
            lot.count_running(-lot.ceiling, -1)
            award(model, lot)
            for bid in lot.bids:
                model.bids_made.append(BidMade(model.quarter, lot, bid, bid.agency is lot.agency))
            if lot.runs:
                learn_from_award(model, lot)
        update_beliefs(model, government)


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
        bid.has_capacity = bid.hours * bid.staffing <= hours_for_bids(bid.agency)
        if route == Route.SINGLE_SOURCE:
            bid.score = bid.agency.relation_with(lot.purchaser)
        else:
            noise = model.normal(Stream.PANEL_NOISE, lot.id, bid.agency.id)
            bid.score = bid.points + government.scoring_noise * noise
    able = [bid for bid in lot.bids if bid.has_capacity]
    if not able:
        lot.status = Status.NO_CAPACITY
        return
    # Nothing is signed beyond the budget.
    able = [bid for bid in able if bid.price <= lot.purchaser.unbound]
    if not able:
        lot.status = Status.NO_MONEY
        return
    winner = max(able, key=lambda bid: bid.score)
    lot.score = winner.score
    lot.cost_estimate = winner.cost
    lot.believed = winner.believed
    sign(model, lot, winner.agency, winner.community, winner.price, winner.hours, winner.staffing, route)
    hand_over(model, lot)


def learn_from_award(model: Sector, lot: Contract) -> None:
    """The winner's offer is what wins lately; who knows the purchaser learns from its own bid."""
    government = lot.government
    if lot.form != ContractForm.POST:
        government.price_ratio += 0.1 * (lot.price / lot.ceiling - government.price_ratio)
        government.offered += 0.1 * (points_for_offer(lot, lot.price, lot.promised_hours) - government.offered)
    for bid in lot.bids:
        government.belief_gap += surprise(bid, lot)
        government.bids_awarded += 1
        if lot.purchaser in bid.agency.ties:
            tie = bid.agency.ties[lot.purchaser]
            tie.lesson += model.rules.bidding_learning * surprise(bid, lot)
            tie.lesson = min(max(tie.lesson, -0.3), 0.3)


def surprise(bid: Bid, lot: Contract) -> float:
    """By how much more a bidder believed to win than it did."""
    return bid.believed - (1.0 if bid.agency is lot.agency else 0.0)


def update_beliefs(model: Sector, government: Government) -> None:
    """Results of a government's calls move what all believe, for lots that another agency holds and for the others."""
    awarded = [(bid, lot) for lot in government.called_lots if lot.runs for bid in lot.bids]
    unbid = [lot for lot in government.called_lots if lot.status == Status.UNBID]
    for held, name in ((False, "needed"), (True, "needed_held")):
        seen = [(bid, lot) for bid, lot in awarded if held_by_another(lot, bid.agency) == held]
        empty = sum(1 for lot in unbid if lot.incumbent or not held)
        gap = add_up(surprise(bid, lot) for bid, lot in seen) - empty
        evidence = add_up(bid.believed * (1.0 - bid.believed) for bid, _ in seen) + 0.25 * empty
        speed = model.rules.bidding_public_learning
        moved = speed * gap / (1.0 + speed * evidence / model.rules.bidding_uncertainty)
        setattr(government, name, min(max(getattr(government, name) + moved, -0.5), 2.0))
