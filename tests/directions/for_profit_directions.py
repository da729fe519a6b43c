"""For-profits: the expected direction of levers and parameters, and why."""

from __future__ import annotations

from tests.directions.paired_runs import Effect, Values, lever
from tests.directions.reserve_and_lending_directions import parameter

LATE_FIRMS: Values = {
    "generated": {"Firm": {"count": 6, "kind": "for-profit", "origin": "commercial", "staff": 6, "cash": 20_000}},
    "cities": {"Town": {"each_district": {"government": {"payment": {"delay": 2.0}}}}},
    "rules": {"credit": {"months": 0.0}},
}
"""A town with poor firms whose districts pay late and to which nobody else lends."""

MANY_FIRMS: Values = {
    "generated": {"Firm": {"count": 6, "kind": "for-profit", "origin": "commercial", "staff": 6}},
    "rules": {"founding": {"for_profit_rate": 2.0, "hurdle": 0.0}},
}
"""A town to which investors flock."""

HIDDEN: Values = {
    "rules": {"founding": {"for_profit_rate": 3.0, "hurdle": 0.0, "disguise": 1.0}, "standing": {"exposure": 0.0}}
}
"""A town whose investors all hide what they found, from assessors and purchasers too."""

FOR_PROFITS = (
    lever(
        "registration.inspection",
        1.0,
        Effect("firms_in_guise", -1, "firms are found out"),
        off=0.0,
        world=HIDDEN,
    ),
    parameter(
        "founding.disguise",
        0.0,
        1.0,
        Effect("firms_in_guise", 1, "investors register as agencies"),
        world=MANY_FIRMS,
    ),
    parameter(
        "founding.firm_example",
        0.0,
        1.0,
        Effect("agencies_for_profit", -1, "what firms earn sobers investors"),
        world={**MANY_FIRMS, "cities": {"Town": {"each_district": {"government": {"payment": {"delay": 3.0}}}}}},
    ),
    parameter(
        "standing.exposure",
        0.0,
        1.0,
        Effect("firms_in_guise", -1, "missing hours show what an agency is"),
        world={**HIDDEN, "cities": {"Town": {"each_district": {"government": {"payment": {"oversight": 1.0}}}}}},
    ),
    parameter(
        "founding.firm_limit",
        0.0,
        3_000_000.0,
        Effect("owners_money_in", 1, "owners pay what a firm lacks"),
        Effect("for_profit_share", 1, "firms outlast late payment"),
        world=LATE_FIRMS,
    ),
    parameter(
        "founding.firm_wage",
        1.0,
        0.75,
        Effect("firm_return", 1, "what is not paid in wages is profit"),
        Effect("unfilled_posts", 1, "and badly paid posts stay open"),
        world=MANY_FIRMS,
    ),
    parameter(
        "founding.firm_licensed",
        1.0,
        0.1,
        Effect("quality_for_profit", -1, "staff without licences serve less well"),
        world=MANY_FIRMS,
    ),
    parameter(
        "founding.firm_growth",
        1.0,
        4.0,
        Effect("for_profit_share", 1, "firms have the hands for more contracts"),
        world=MANY_FIRMS,
    ),
)
