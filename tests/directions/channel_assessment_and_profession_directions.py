"""Channel, grant, assessment, payment and profession levers: the expected direction of each, and why."""

from __future__ import annotations

from tests.directions.paired_runs import Effect, Values, lever
from tests.directions.purchasing_entry_and_funding_directions import FIRMS

SWITCHING: Values = {
    "cities": {"Town": {"each_district": {"government": {"procurement": {"renewal": 0.0}, "scoring": {"noise": 0.6}}}}}
}
"""A town where contracts pass from one agency to another."""

CHANNELS = (
    lever(
        "procurement.shares.institutions",
        0.4,
        Effect("institutions_paid", 1, "institutions buy"),
        Effect("association_fees", -1, "less passes through the association"),
        Effect("concentration", -1, "there are more payers"),
        Effect("resource_independence_p50", 1, "no one payer rules"),
    ),
    lever(
        "procurement.shares.commissions",
        0.15,
        Effect("commissions", 1, "institutions order surveys and trainings"),
        Effect("concentration", -1, "there are more payers"),
        Effect("running", -1, "the cost: less is left for contracts"),
    ),
    lever(
        "procurement.shares.grants",
        0.15,
        Effect("grants_core", 1, "there is money for core grants"),
        Effect("running", -1, "the cost: less is left for contracts"),
        grants__core=60_000,
    ),
    lever(
        "procurement.shares.direct_hiring",
        0.5,
        Effect("direct_staff", 1, "the work is taken in-house"),
        Effect("staff", -1, "agencies shrink"),
        Effect("agencies", -1, "some close"),
    ),
    lever(
        "special_fund.applicants",
        "registered",
        Effect("fund_via_associations", -1, "registered agencies apply themselves"),
        Effect("association_fees", -1, "the association loses its fee"),
    ),
    lever(
        "contract.form",
        "post",
        Effect("wage", 1, "wages follow the price of a post"),
        contract__post_price=90_000,
    ),
    lever(
        "contract.post_price",
        100_000,
        Effect("wage", 1, "wages follow the price of a post"),
        Effect("turnover", -1, "pay keeps people (CDB 2018)"),
        Effect("staff", -1, "the cost: the same money buys fewer posts"),
        contract__form="post",
    ),
)

GRANTS = (
    lever(
        "grants.core",
        60_000,
        Effect("grants_core", 1, "agencies get them"),
        Effect("reserve_months", 1, "money without a task stays"),
        procurement__shares__grants=0.15,
    ),
    lever(
        "grants.reputation",
        0.6,
        Effect("grants_core", -1, "few are reputed enough"),
        off=0.0,
        grants__core=60_000,
        procurement__shares__grants=0.15,
    ),
    lever(
        "grants.incubation",
        80_000,
        Effect("grants_incubation", 1, "new agencies get them"),
        procurement__shares__grants=0.1,
    ),
    lever(
        "grants.matching",
        1.0,
        Effect("grants_matching", 1, "what is raised is matched"),
        Effect("donations", 1, "donors answer a match (Karlan & List 2007), and agencies ask more"),
        Effect("fundraising_effort", 1, "what is matched pays twice"),
        procurement__shares__grants=0.1,
    ),
)

GRADED: Values = {"assessment__regime": "third-party", "assessment__coverage": 1.0, "assessors__capacity": 200}

ASSESSMENT = (
    lever(
        "assessment.regime",
        "third-party",
        Effect("staffing_for_profit", 1, "agencies that would be detected leave out less"),
        Effect("firm_return", -1, "margins go"),
        Effect("owners_money_out", -1, "and owners are paid less"),
        Effect("assessment_fees", 1, "the cost: assessors are paid out of prices"),
        world=FIRMS,
        assessment__coverage=1.0,
        assessors__capacity=200,
    ),
    lever(
        "assessment.regime",
        "third-party",
        Effect("overdue_income", 1, "pay waits for assessors"),
        assessment__coverage=1.0,
        assessors__capacity=2,
    ),
    lever(
        "assessment.coverage",
        1.0,
        Effect("assessed", 1, "more is graded"),
        Effect("staffing_for_profit", 1, "agencies that would be detected leave out less"),
        off=0.1,
        world=FIRMS,
        assessment__regime="third-party",
        assessors__capacity=200,
    ),
    lever("assessment.full", 0.99, Effect("withheld", 1, "fewer are paid in full"), off=0.81, **GRADED),
    lever("assessment.renewable", 0.89, Effect("called", 1, "fewer contracts are renewed"), off=0.61, **GRADED),
    lever(
        "assessment.passing",
        0.79,
        Effect("agencies_barred", 1, "more fail"),
        off=0.1,
        assessors__precision=0.1,
        **GRADED,
    ),
    lever("assessment.withheld", 0.6, Effect("withheld", 1, "low grades cost more"), off=0.0, **GRADED),
    lever(
        "assessment.bar",
        12,
        Effect("agencies_barred", 1, "failed agencies stay barred longer"),
        off=1,
        assessment__passing=0.79,
        assessors__precision=0.1,
        **GRADED,
    ),
    lever("assessment.penalty", 3.0, Effect("withheld", 1, "missing hours cost more"), off=0.0, world=FIRMS, **GRADED),
    lever(
        "assessment.cost",
        0.15,
        Effect("assessment_fees", 1, "assessors are paid more"),
        Effect("reserve_months", -1, "the cost: agencies keep less"),
        off=0.0,
        **GRADED,
    ),
    lever(
        "assessors.capacity",
        100,
        Effect("assessment_backlog", -1, "fewer contracts wait"),
        Effect("overdue_income", -1, "payment does not wait"),
        off=2,
        assessment__regime="third-party",
        assessment__coverage=1.0,
    ),
    lever(
        "assessors.precision",
        0.3,
        Effect("agencies_barred", 1, "good work fails by mistake"),
        off=0.0,
        **GRADED,
    ),
)

TERMS = (
    lever(
        "payment.upfront",
        0.8,
        Effect("reserve_months", 1, "money comes before the work"),
        Effect("overdue_wages", -1, "wages are paid with it"),
    ),
    lever(
        "payment.co_payment",
        0.5,
        Effect("agencies_overdue", 1, "one level waits for the other"),
        Effect("overdue_income", 1, "one level waits for the other"),
    ),
    lever("scoring.prequalification", 0.4, Effect("bidders", -1, "newcomers may not bid")),
    lever(
        "contract.handover",
        1.0,
        Effect("handovers", 1, "predecessors introduce successors"),
        Effect("strength", 1, "less is lost at a switch"),
        world=SWITCHING,
    ),
    lever(
        "contract.minimum_presence",
        6,
        Effect("bidders", -1, "strangers may not bid for what is called again"),
        Effect("incumbent_wins", 1, "incumbents stay"),
        procurement__renewal=0.0,
    ),
)

PROFESSION = (
    lever("profession.exam_pass", 0.6, Effect("licensed", 1, "more pass")),
    lever("profession.college_quota", 3.0, Effect("graduates_entering", 1, "more graduate")),
    lever(
        "profession.wage_guidance",
        1.3,
        Effect("wage_ratio", 1, "wages are lifted"),
        Effect("staff", -1, "the cost: the same money employs fewer"),
    ),
    lever(
        "for_profits.qualification",
        1.0,
        Effect("agencies_for_profit", -1, "few firms are licensed throughout"),
        off=0.0,
        world=FIRMS,
        for_profits__admission="qualified",
    ),
    lever("for_profits.profit_cap", 0.02, Effect("agencies_for_profit", -1, "there is nothing to gain"), world=FIRMS),
    lever("registration.licensed_share", 0.9, Effect("agencies_attached", 1, "founders work under another's name")),
)

CHANNELS_ASSESSMENT_AND_PROFESSION = (*CHANNELS, *GRANTS, *ASSESSMENT, *TERMS, *PROFESSION)
