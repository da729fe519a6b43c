"""Purchasing, entry and funding levers: the expected direction of each, and why."""

from __future__ import annotations

from tests.directions.paired_runs import Direction, Effect, Values, lever

SKEWED: Values = {"fields": {"elderly": {"share": 8.0}, "children-youth": {"share": 1.0}, "migrants": {"share": 0.2}}}
"""Budgets that at first look away from most need."""

FIRMS: Values = {"generated": {"Firm": {"count": 6, "kind": "for-profit", "origin": "commercial", "staff": 6}}}
"""A town with for-profits in it."""

CYCLE: Values = {"cities": {"Town": {"economy": {"volatility": 0.06}}}}
"""A town with booms and busts."""


RICH: Values = {
    "cities": {"Town": {"each_district": {"government": {"procurement": {"budget": 6_000_000}}}}},
}
"""A town with more money than agencies can use."""


EMERGENCIES: Values = {
    "cities": {"Town": {"each_district": {"government": {"payment": {"delay": 2.0}}}}},
    "rules": {"closing": {"support_gap": 0}, "credit": {"months": 0.0}},
}
"""A town whose districts pay late, without loans, where advances are given again and again."""


NEXT_TOWNS: Values = {
    "cities": {
        "Next": {
            "count": 20,
            "adopts": True,
            "districts": {"Only": {"communities": {"count": 1}}},
            "labour": {"pool": 20},
        }
    },
    "associations": {"Association of a next town": {"city": "Next"}},
    "rules": {"adoption": {"rate": 0.02}},
}
"""A town, and twenty others that do not buy services yet."""


BUDGETS = (
    lever(
        "procurement.budget",
        4_000_000,
        Effect("agencies", 1, "entry follows money (Lecy & Van Slyke 2013)"),
        Effect("unmet_need", -1, "more hours are bought"),
        Effect("government_share", 1, "more of income is public"),
    ),
    lever(
        "procurement.growth",
        0.2,
        Effect("agencies", 1, "entry follows money"),
        Effect("government_share", 1, "more of income is public"),
    ),
    lever(
        "procurement.ceiling",
        8.0,
        Effect("budget", -1, "budgets level off"),
        Effect("agencies", -1, "entry follows money"),
        off=0.0,
        procurement__growth=0.4,
    ),
    lever(
        "adoption.pressure",
        1.0,
        Effect("purchasing_cities", 1, "governments do what is asked from above (Zhu 2014)"),
        Effect("budget", 1, "more cities buy"),
        off=0.0,
        world=NEXT_TOWNS,
    ),
    lever(
        "procurement.budget_factor",
        0.4,
        Effect("agencies", -1, "agencies that depend on contracts stop work"),
        Effect("dormant", 1, "some become dormant at once", 0, 8),
        Effect("closures", 1, "and are struck off later", 8, 20),
        Effect("unmet_need", 1, "fewer hours are bought"),
        Effect("staff", -1, "people are laid off"),
    ),
    lever(
        "procurement.cycle",
        3.0,
        Effect("stability_mean", -1, "income follows booms and busts"),
        off=0.0,
        world=CYCLE,
    ),
    lever("procurement.carry_over", 1.0, Effect("lapsed", -1, "what is left is kept"), world=RICH),
    lever(
        "procurement.pressure_response",
        3.0,
        Effect("budget", 1, "need beyond what is tolerated brings money"),
        Effect("unmet_need", -1, "the money buys hours"),
        off=0.0,
    ),
    lever(
        "procurement.need_response",
        1.0,
        Effect("budget_need_gap", -1, "money goes where hours are missing"),
        Effect("worst_unmet", -1, "no field is left behind"),
        off=0.0,
        world=SKEWED,
    ),
    lever(
        "procurement.openness",
        1.0,
        Effect("voice_mean", 1, "agencies are heard"),
        Effect("operational_autonomy_p50", 1, "voice is part of autonomy"),
        off=0.0,
    ),
    lever(
        "procurement.openness",
        1.0,
        Effect("budget_need_gap", -1, "agencies argue for the need that they see"),
        off=0.0,
        world=SKEWED,
        procurement__need_response=0.0,
    ),
    lever(
        "procurement.renewal",
        1.0,
        Effect("community_continuity", 1, "contracts stay where they are"),
        Effect("called", -1, "less is put up for competition"),
        off=0.0,
    ),
)

CONTRACTS = (
    lever(
        "contract.value",
        500_000,
        Effect("gini", 1, "winners hold more"),
        Effect("closures", 1, "losers have nothing"),
    ),
    lever(
        "contract.spread",
        1.5,
        Effect("gini", 1, "some hold the large lots"),
        off=0.0,
    ),
    lever(
        "contract.term",
        12,
        Effect("community_continuity", 1, "three unbroken years (Chan & Liu 2022)"),
        Effect("strength", 1, "roots let development work"),
        Effect("contract_cover_mean", 1, "next year is covered"),
        Effect("called", -1, "the cost: fewer calls for newcomers"),
    ),
    lever(
        "contract.hourly_price",
        70,
        Effect("wage", 1, "wages follow the price"),
        Effect("unmet_need", 1, "the cost: the same money buys fewer hours"),
    ),
    lever(
        "contract.price_growth",
        0.12,
        Effect("wage", 1, "wages follow the price"),
        Effect("unmet_need", 1, "the cost: the same money buys fewer hours"),
    ),
    lever(
        "contract.development",
        0.9,
        Effect("strength", 1, "agencies do what counts"),
        Effect("judgement_mean", 1, "what counts is what they were founded for"),
        Effect("unmet_need", 1, "the cost: less relief now"),
        off=0.0,
    ),
    lever(
        "contract.pricing",
        "competitive",
        Effect("price_to_ceiling", -1, "bidders undercut each other"),
        Effect("promised_hours", -1, "no longer what competes (tender file 2025)"),
    ),
)

SCORING = (
    lever(
        "scoring.price",
        1.0,
        Effect("price_to_ceiling", -1, "losers ask for less (Pue 2021)"),
        Effect("quality_nonprofit", -1, "the cost: quality counts less"),
        contract__pricing="competitive",
    ),
    # Better agencies win more, but knowledge of clients is lost where work changes hands: hours do as much as before.
    lever(
        "scoring.quality",
        3.0,
        Effect("disruptions", 1, "work goes to whom the panel thinks better, not to who is there"),
        Effect("client_knowledge", -1, "the cost: who wins does not know the clients"),
    ),
    lever(
        "scoring.relation",
        3.0,
        Effect("gini", 1, "who has ties holds more"),
        Effect("operating", -1, "agencies without ties stop work"),
        off=0.0,
    ),
    lever(
        "scoring.experience",
        3.0,
        Effect("incumbent_wins", 1, "the incumbent was there"),
        Effect("community_continuity", 1, "rooted agencies stay"),
        off=0.0,
    ),
    lever("scoring.noise", 3.0, Effect("incumbent_wins", -1, "chance decides"), off=0.0),
    lever(
        "scoring.minimum_bidders",
        3,
        Effect("awarded", -1, "calls with few bids come to nothing"),
        scoring__too_few="call-again",
    ),
    lever(
        "scoring.too_few",
        "single-source",
        Effect("awarded", 1, "the closest agency is asked"),
        off="call-again",
        scoring__minimum_bidders=3,
    ),
)

PAYMENT = (
    lever(
        "payment.delay",
        4,
        Effect("overdue_wages", 1, "dues cannot pay wages"),
        Effect("turnover", 1, "people who are not paid leave"),
        Effect("closures", 1, "some give up"),
        Effect("sustainability_mean", -1, "reserves are used up"),
    ),
    lever(
        "payment.oversight",
        0.9,
        Effect("staffing_for_profit", 1, "less is left out under oversight"),
        off=0.0,
        world=FIRMS,
    ),
    lever(
        "payment.administrative_pressure",
        0.0,
        Effect("service_hours", 1, "time goes into service"),
        Effect("time_mean", 1, "agencies own their time"),
        Effect("operational_autonomy_p50", 1, "and their judgement"),
        Effect("turnover", -1, "people came for the service"),
    ),
)

ENTRY = (
    lever(
        "registration.regime",
        "direct",
        Effect("foundings", 1, "no unit need agree (IHLO 2012)"),
        Effect("agencies_attached", -1, "no agency needs another's registration"),
    ),
    lever("registration.openness", 1.0, Effect("foundings", 1, "units agree"), off=0.0),
    lever(
        "registration.capital",
        500_000,
        Effect("agencies_registered", -1, "few founders can show it"),
        Effect("agencies_attached", 1, "they work under another's name"),
    ),
    lever(
        "registration.licensed",
        4,
        Effect("agencies_registered", -1, "licence holders are few"),
        Effect("agencies_attached", 1, "founders work under another's name"),
    ),
    lever("registration.attachment", False, Effect("agencies_attached", -1, "there is no second way")),
    lever(
        "for_profits.admission",
        "barred",
        Effect("agencies_for_profit", -1, "no firm may hold a contract"),
        Effect("for_profit_share", -1, "no firm may hold a contract"),
        world=FIRMS,
    ),
    lever("promotion.push", 1.0, Effect("foundings", 1, "officials encourage founders"), off=0.0),
)

MONEY = (
    lever(
        "special_fund.management_fee",
        0.4,
        Effect("association_fees", 1, "the association keeps more"),
        Effect("reserve_months", -1, "its members keep less"),
    ),
    lever(
        "special_fund.monitoring",
        1.0,
        Effect("association_support", -1, "less is left for emergencies"),
        Effect("advances", -1, "members in distress get less"),
        off=0.0,
        world=EMERGENCIES,
    ),
    lever(
        "giving.tax_relief",
        1.0,
        Effect("donations", 1, "donors give more"),
        Effect("resource_independence_p50", 1, "less depends on public money"),
    ),
    lever("giving.csr_incentive", 1.0, Effect("sponsorship", 1, "companies give more")),
)

LOCAL_MATCH = lever(
    "special_fund.local_match",
    1.7,
    Effect("budget", 1, "central money draws local money in (Yu & Shen 2019)"),
    Effect("agencies", 1, "entry follows money"),
)

DRIVE = Direction(
    "strategy.drive",
    {},
    {},
    (
        Effect("resource_independence_p50", 1, "agencies live on more than one payer"),
        Effect("three_sources", 1, "agencies live on more than one source"),
        Effect("donations", 1, "donors are asked"),
        Effect("own_posts", 1, "own money hires"),
    ),
    rules_off={"strategy": {"drive": 0.0}},
    rules_on={"strategy": {"drive": 1.0}},
)

PURCHASING_ENTRY_AND_FUNDING = (*BUDGETS, *CONTRACTS, *SCORING, *PAYMENT, *ENTRY, *MONEY, LOCAL_MATCH, DRIVE)
