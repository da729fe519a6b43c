"""Bidding: the expected direction of each rule of offers, effort and contact, and why."""

from __future__ import annotations

from tests.directions.channel_assessment_and_profession_directions import GRADED
from tests.directions.paired_runs import Effect, Values, lever
from tests.directions.purchasing_entry_and_funding_directions import FIRMS
from tests.directions.service_and_labour_directions import rule

DEAR: Values = {
    "cities": {
        "Town": {
            "government": {"contract": {"hourly_price": 65}},
            "each_district": {"government": {"contract": {"hourly_price": 65}}},
        }
    }
}
"""A town whose ceiling prices leave room to compete."""

OFFERS = (
    lever(
        "scoring.price",
        0.8,
        Effect("price_to_ceiling", -1, "each step of price buys more chance (Pue 2021)"),
        Effect("wage", -1, "the cost: lower prices pay lower wages"),
        world=DEAR,
        contract__pricing="competitive",
    ),
    rule(
        "bidding.uncertainty",
        0.05,
        Effect("price_to_ceiling", -1, "a step of price decides more"),
        world=DEAR,
        contract__pricing="competitive",
        scoring__price=0.8,
    ),
    rule(
        "bidding.service_value",
        0.0,
        Effect("promised_hours", -1, "nobody promises hours for their own sake"),
        off=0.6,
        world=DEAR,
    ),
    rule("bidding.least_margin", 0.0, Effect("reserve_months", 1, "nobody spends reserves on work under cost")),
    rule("delivery.most_promised", 1.0, Effect("promised_hours", -1, "hours cannot compete"), world=DEAR),
)

STAFFING = (
    lever(
        "scoring.quality",
        2.0,
        Effect("staffing_for_profit", 1, "named staff earn points"),
        off=0.0,
        world=FIRMS,
    ),
    lever(
        "assessment.coverage",
        1.0,
        Effect("staffing_for_profit", 1, "a lean team would be found and fined"),
        off=0.0,
        world=FIRMS,
        assessment__regime="third-party",
        assessors__capacity=200,
        assessment__penalty=1.0,
    ),
    rule(
        "bidding.stake",
        2.0,
        Effect("staffing_for_profit", 1, "standing is worth more than a lean team saves"),
        off=0.0,
        world=FIRMS,
        **GRADED,
    ),
    rule("bidding.least_staffing", 0.5, Effect("staffing_for_profit", -1, "leaner teams are thought of"), world=FIRMS),
    rule("delivery.overtime", 0.4, Effect("staffing_nonprofit", 1, "who is short of people works longer"), off=0.0),
)

EFFORT = (
    rule("bidding.half_chance", 0.6, Effect("bidders", -1, "few calls are worth the effort"), off=0.0),
    rule("costs.bid_share", 0.1, Effect("bidders", -1, "a bid must be worth its cost"), off=0.0),
    rule(
        "standing.contact",
        0.0,
        Effect("heard_mean", 1, "who has a small project is known, and heard"),
        Effect("concentration", -1, "and works for more purchasers"),
        off=10.0,
    ),
)

BIDDING = (*OFFERS, *STAFFING, *EFFORT)
