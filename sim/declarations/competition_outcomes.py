"""Competition outcomes: offers that win, what bidders believe, and through which channels contracts come."""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome, declare_outcome

COMPETITION: tuple[Outcome, ...] = (
    declare_outcome(
        "promised_to_asked", "ratio", "Hours promised over hours asked.", "mean over awards in calls this quarter"
    ),
    declare_outcome(
        "won_under_cost",
        "share",
        "Winning bids under the bidder's own estimate of cost.",
        "share of awards in calls this quarter",
    ),
    declare_outcome(
        "planned_staffing",
        "ratio",
        "Hours of staff planned for each hour promised.",
        "hours planned over hours promised in running contracts, of active agencies",
    ),
    declare_outcome(
        "belief_gap",
        "ratio",
        "Believed chance to win less the share won.",
        "mean over the bids on lots that were awarded in calls this quarter",
    ),
    declare_outcome(
        "fund_alone",
        "share",
        "Agencies with contracts that live on the special fund alone.",
        "fund at least 95 % of four quarters' contract income, over active agencies with a contract and such income",
    ),
    declare_outcome(
        "districts_alone",
        "share",
        "Agencies with contracts that live on districts alone.",
        "fund at most 5 % of four quarters' contract income, over active agencies with a contract and such income",
    ),
)
"""Outcomes that the table of the sector has last."""
