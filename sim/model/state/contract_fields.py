"""Contract fields: a contract, from the call of its lot to its end; one record, one row of the table."""

from __future__ import annotations

import numpy as np

from sim.declarations.choices import ContractForm, Pricing
from sim.declarations.state_codes import Channel, Route, Status
from sim.engine.fields import Field

CONTRACT = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("called", "i4", "quarter", "Quarter of the call."),
    Field("government", "i4", "", "Government that buys, or by whose rules an institution does.", refers="government"),
    Field("channel", "i4", "", "Way of the money.", labels=Channel),
    Field(
        "community", "i4", "", "Community; of the winner's choice in the special fund.", refers="community", start=-1
    ),
    Field("field", "i4", "", "Field of service.", refers="field"),
    Field("ceiling", "i8", "fen/year", "Highest yearly price."),
    Field("minimum_hours", "f8", "hours/quarter", "Hours asked."),
    Field("term", "i4", "quarters", "Length."),
    Field("development", "f8", "share", "What it is judged on: 0 activities, 1 development."),
    Field("pricing", "i4", "", "What bidders compete with.", labels=Pricing),
    Field("incumbent", "i4", "", "Agency that held the contract before.", refers="agency", start=-1),
    Field("bidders", "i4", "bids", "Valid bids."),
    Field("status", "i4", "", "Where it is.", labels=Status),
    Field("route", "i4", "", "How the agency came by it.", labels=Route),
    Field("agency", "i4", "", "Agency that does the work.", refers="agency", start=-1),
    Field("association", "i4", "", "Association that signed and passes money on.", refers="association", start=-1),
    Field("price", "i8", "fen/year", "Yearly price agreed."),
    Field("score", "f8", "score", "Winner's score."),
    Field("cost_estimate", "f8", "fen/year", "Winner's own estimate of yearly cost when bidding."),
    Field("promised_hours", "f8", "hours/quarter", "Hours promised."),
    Field("staffing", "f8", "ratio", "Hours of staff planned for each hour promised.", start=1.0),
    Field("believed", "f8", "probability", "Winner's believed chance; not a number without a bid.", start=np.nan),
    Field("ends", "i4", "quarter", "First quarter after it.", start=-1),
    Field("promised_total", "f8", "hours", "Hours promised so far."),
    Field("delivered_total", "f8", "hours", "Hours delivered so far."),
    Field("effective_total", "f8", "hours", "Effective hours so far."),
    Field("due", "i8", "fen", "Instalments that fell due so far."),
    Field("instalment", "i8", "fen", "Of them, the one of this quarter.", table=False),
    Field("paid", "i8", "fen", "Instalments paid so far, fee included."),
    Field("fee", "i8", "fen", "Of them, kept by the association."),
    Field("written_off", "i8", "fen", "Instalments never paid because the agency closed."),
    Field(
        "next_of_agency",
        "i4",
        "",
        "Next contract of the same agency that runs, or is not yet paid or graded.",
        table=False,
        start=-1,
    ),
    Field(
        "next_expired", "i4", "", "Next contract of the same purchaser that ended this quarter.", table=False, start=-1
    ),
    Field("first_bid", "i4", "", "First bid.", table=False, start=-1),
    Field("upfront", "i8", "fen/year", "Part of a full year's price that falls due at its start."),
    Field("co_payment", "i8", "fen/year", "City's part of the yearly price."),
    Field("co_payment_due", "i8", "fen", "City's part of what fell due so far."),
    Field("co_payment_paid", "i8", "fen", "Of it, paid."),
    Field("handover", "f8", "share", "Roots of the predecessor that were handed over."),
    Field("waiting", "?", "", "Whether it waits for an assessment."),
    Field("assessed", "i4", "times", "Assessments so far."),
    Field("grade", "f8", "0-1", "Last grade; not a number before the first.", start=np.nan),
    Field("withheld", "i8", "fen", "Withheld so far for low grades and missing hours."),
    Field("assessment_fee", "i8", "fen", "Part of the price that went to assessors so far."),
    Field("year_ended", "i4", "quarter", "Last quarter of the contract year to be assessed.", table=False, start=-1),
    Field("year_price", "i8", "fen", "Price of that year.", table=False),
    Field("delivered_share", "f8", "share", "Hours delivered in it, over those promised.", table=False),
    Field("performance", "f8", "0-1", "What an assessor without error would give for it.", table=False),
    Field("promised_before", "f8", "hours", "Hours promised before the contract year that runs.", table=False),
    Field("delivered_before", "f8", "hours", "Hours delivered before it.", table=False),
    Field("effective_before", "f8", "hours", "Effective hours before it.", table=False),
    Field(
        "taken_over", "f8", "hours", "Hours of taking over in the contract year that runs, times quality.", table=False
    ),
    Field("next_waiting", "i4", "", "Next contract that waits for an assessment.", table=False, start=-1),
    Field("institution", "i4", "", "Institution that buys, by its district's rules.", refers="institution", start=-1),
    Field("form", "i4", "", "What is bought.", labels=ContractForm),
    Field("posts", "i4", "posts", "Posts, where posts are bought."),
    Field("spent", "f8", "fen", "Costs charged to it since its last settlement."),
    Field("settled_due", "i8", "fen", "What was due at its last settlement.", table=False),
    Field("returned", "i8", "fen", "Unspent money given back, or owed no more, so far."),
    Field("taken_off", "i8", "fen", "Of it, what was owed no more.", table=False),
    Field(
        "quarter_hours",
        "f8",
        "hours",
        "Hours that it got when it was last served.",
        table=False,
    ),
)

BID = (
    Field("agency", "i8", "", "Bidder.", table=False),
    Field("contract", "i8", "", "Lot.", table=False),
    Field("community", "i8", "", "Community where it would work.", table=False),
    Field("price", "i8", "fen/year", "Price asked.", table=False),
    Field("cost", "f8", "fen/year", "Own estimate of cost.", table=False),
    Field("hours", "f8", "hours/quarter", "Hours promised.", table=False),
    Field("staffing", "f8", "ratio", "Hours of staff planned for each hour promised.", table=False),
    Field("believed", "f8", "probability", "Bidder's own belief of its chance to win.", table=False),
    Field("points", "f8", "share of points", "Points by the rules of the call, before a panel's noise.", table=False),
    Field("score", "f8", "score", "Score given by the panel; not a number where there was none.", table=False),
    Field("has_capacity", "?", "", "Whether the bidder still had the capacity when the lot was awarded.", table=False),
    Field("next", "i8", "", "Next bid on the same lot.", table=False, start=-1),
)

BID_RECORD = (
    Field("quarter", "i4", "quarter", "Quarter of the bid.", table=False),
    Field("contract", "i4", "", "Number of the lot within the run."),
    Field("agency", "i4", "", "Bidder.", refers="agency"),
    Field("community", "i4", "", "Community where it would work.", refers="community"),
    Field("price", "i8", "fen/year", "Yearly price asked."),
    Field("hours", "f8", "hours/quarter", "Hours promised."),
    Field("staffing", "f8", "ratio", "Hours of staff planned for each hour promised."),
    Field("believed", "f8", "probability", "Bidder's own belief of its chance to win."),
    Field("cost_estimate", "f8", "fen/year", "Bidder's own estimate of yearly cost."),
    Field(
        "score",
        "f8",
        "score",
        "Points of the panel, or the relation of a single source; not a number where there was neither.",
    ),
    Field("has_capacity", "?", "yes/no", "Whether the bidder still had the capacity when the lot was awarded."),
    Field("won", "?", "yes/no", "Whether it won."),
)
