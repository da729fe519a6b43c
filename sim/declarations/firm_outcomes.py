"""Firm outcomes: owners' money in and out of firms, and what firms earn."""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome, declare_flow, declare_outcome

FOR_PROFITS: tuple[Outcome, ...] = (
    declare_flow("owners_money_in", "CNY", "Money that owners put into firms.", "at founding, and added later"),
    declare_flow("owners_money_out", "CNY", "Money that owners took out of firms.", "dividends, and what closing left"),
    declare_outcome(
        "firm_return",
        "ratio",
        "Return of firms at work, lately.",
        "income less cost over cost of for-profits with a contract, running means over about ten quarters",
    ),
    declare_outcome(
        "firms_in_guise",
        "agencies",
        "Firms registered as social work agencies.",
        "count of active for-profits that passed as nonprofits",
    ),
)
"""Outcomes of for-profits, at the end of the table of the sector."""
