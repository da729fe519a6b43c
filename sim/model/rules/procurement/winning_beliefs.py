"""Winning beliefs: which points bidders think that a purchaser's lots need, and what results teach.

Results of calls are published, so all share what they believe of a purchaser: one number for lots that nobody else
holds, one for those that another agency holds.  What an agency's own bids teach it comes on top, where it has a tie.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.choices import ContractForm
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.procurement.bid_points import FULL_STAFF_POINTS, QUALITY_PARTS, offer_points, sum_of_weights
from sim.model.rules.shared.relations_and_presence import find_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import BidRow, ContractRow, GovernmentRow
    from sim.model.state.world import Numbers, World

MOST_LESSON = 0.3
"""Most that own bids move the points that an agency thinks to need."""

LEAST_NEEDED = -0.5
"""Fewest points that all can think to be needed."""

MOST_NEEDED = 2.0
"""Most points that all can think to be needed."""

UNBID_INFORMATION = 0.25
"""Weight of a lot without a bid as evidence, that of a bid with even chances."""

OFFER_MEMORY = 0.1
"""Part of the gap to the last winner's offer that the usual offer and the usual price close with an award."""

EXPECTED, EVIDENCE = 0, 1
"""Columns of a quarter's results: wins believed less wins, and the weight of the evidence."""


@rule
def is_held_by_another(lot: ContractRow, a: int) -> bool:
    """Whether a lot continues a contract that another agency than `a` holds."""
    return bool(lot.incumbent >= 0 and lot.incumbent != a)


@rule
def points_needed(government: GovernmentRow, lot: ContractRow, a: int, lesson: float) -> float:
    """Points at which agency `a` thinks its chance to be one half.

    Parameters
    ----------
    lesson : float
        What its own bids taught it of this purchaser.
    """
    known = government.needed_held if is_held_by_another(lot, a) else government.needed
    return known + lesson


@rule
def chance_of_odds(odds: float) -> float:
    """Chance that belongs to odds."""
    return odds / (1.0 + odds)


@rule
def odds_to_win(world: World, points: float, needed: float) -> float:
    """Odds that so many points win, as a bidder believes where it thinks that so many are needed."""
    return exp((points - needed) / world.rules[0].bidding_uncertainty)


@rule
def usual_points_of_offer(government: GovernmentRow, lot: ContractRow) -> float:
    """Points that an offer as it wins lately adds, with full staffing, as a share of the weights; posts leave none."""
    points = government.scoring_quality / QUALITY_PARTS * FULL_STAFF_POINTS
    if lot.form != ContractForm.POST:
        points += government.scoring_price * government.offered
    return points / sum_of_weights(government)


@rule
def note_results(world: World, k: int, results: Numbers) -> None:
    """Note what the award of a lot teaches: every bidder at once, all bidders at the end of the quarter's awards.

    Parameters
    ----------
    k : int
        Lot.
    results : float array, shape (2, 2)
        Results of the purchaser's calls this quarter: a row for lots that nobody else holds, a row for held ones.
    """
    lot = world.contracts[k]
    if lot.status == Status.UNBID:
        for row in range(2 if lot.incumbent >= 0 else 1):
            results[row, EXPECTED] -= 1.0
            results[row, EVIDENCE] += UNBID_INFORMATION
    if lot.status != Status.RUNNING:
        return
    government = world.governments[lot.government]
    if lot.form != ContractForm.POST:
        offered = offer_points(lot, lot.price, lot.promised_hours)
        government.offered += OFFER_MEMORY * (offered - government.offered)
        government.price_ratio += OFFER_MEMORY * (lot.price / lot.ceiling - government.price_ratio)
    b = lot.first_bid
    while b >= 0:
        bid = world.bids[b]
        gap = bid.believed - (1.0 if bid.agency == lot.agency else 0.0)
        row = 1 if is_held_by_another(lot, bid.agency) else 0
        results[row, EXPECTED] += gap
        government.belief_gap += gap
        government.bids_awarded += 1
        results[row, EVIDENCE] += bid.believed * (1.0 - bid.believed)
        learn_from_own_bid(world, lot, bid, gap)
        b = bid.next


@rule
def learn_from_own_bid(world: World, lot: ContractRow, bid: BidRow, gap: float) -> None:
    """Move what a bidder's own results taught it, where it has a tie with the purchaser.

    Parameters
    ----------
    gap : float
        Believed chance less 1 for a win, less 0 for a loss.
    """
    tie = find_tie(world, world.agencies[bid.agency], purchaser_of_contract(world, lot))
    if tie >= 0:
        bond = world.ties[tie]
        moved = bond.lesson + world.rules[0].bidding_learning * gap
        bond.lesson = min(max(moved, -MOST_LESSON), MOST_LESSON)


@rule
def update_beliefs(world: World, government: GovernmentRow, results: Numbers) -> None:
    """Move what all believe of a purchaser by the results of a quarter.

    A step of stochastic approximation while results are few, and at most the one that makes believed chances add up to
    awards where they are many (Newton's step): else a purchaser that calls many lots at once would throw beliefs to and
    fro.
    """
    government.needed = moved_belief(world, government.needed, results[0])
    government.needed_held = moved_belief(world, government.needed_held, results[1])


@rule
def moved_belief(world: World, needed: float, results: Numbers) -> float:
    """Points that are thought to be needed after the results of a quarter.

    Parameters
    ----------
    needed : float
        Points thought to be needed before.
    results : float array, shape (2,)
        Wins believed less wins, and the weight of the evidence.
    """
    rules = world.rules[0]
    speed = rules.bidding_public_learning
    step = speed * results[EXPECTED] / (1.0 + speed * results[EVIDENCE] / rules.bidding_uncertainty)
    return min(max(needed + step, LEAST_NEEDED), MOST_NEEDED)


@rule
def no_results() -> Numbers:
    """Results of a purchaser before its first award."""
    return np.zeros((2, 2), np.float64)
