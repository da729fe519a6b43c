"""Service and labour: the expected direction of each rule of knowledge, quality, strength, pay and staff, and why."""

from __future__ import annotations

from tests.directions.channel_assessment_and_profession_directions import GRADED, SWITCHING
from tests.directions.paired_runs import Direction, Effect, Values, lever

LOOSE: Values = {"rules": {"delivery": {"diversion": 0.2}}}
"""A town where much is diverted."""

SOMETIMES_GRADED: Values = {**GRADED, "assessment__coverage": 0.5}

EASY: Values = {"rules": {"people": {"usual_finding": 0.05}}}
"""A town where it is usual that few find a post."""

RICH: Values = {"cities": {"Town": {"labour": {"outside_wage": 1_500}}}}
"""A town where prices allow more than the outside wage."""


def rule(
    key: str, on: float, *effects: Effect, off: float | None = None, world: Values | None = None, **levers: object
) -> Direction:
    """Declare a direction of a number of the rules: at its default or `off`, then `on`; `levers` hold on both sides."""
    group, _, name = key.partition(".")
    both = {key.replace("__", "."): value for key, value in levers.items()}
    first = {} if off is None else {group: {name: off}}
    return Direction(key, both, both, effects, world or {}, first, {group: {name: on}})


KNOWLEDGE = (
    lever(
        "contract.term",
        12,
        Effect("client_knowledge", 1, "clients keep whom they know"),
        off=4,
        world=SWITCHING,
    ),
    lever(
        "contract.handover",
        0.8,
        Effect("client_knowledge", 1, "a predecessor introduces clients"),
        world=SWITCHING,
    ),
    rule(
        "delivery.knowledge_weight",
        0.6,
        Effect("effective_per_hour", -1, "strangers to clients achieve less (Flower, McDonald & Sumski 2005)"),
    ),
    rule("delivery.knowledge_time", 2.0, Effect("client_knowledge", -1, "getting to know clients takes longer")),
    rule("people.knowledge_loss", 1.0, Effect("client_knowledge", -1, "who leaves takes all that he or she knows")),
    rule(
        "assessing.handed_knowledge",
        0.9,
        Effect("client_knowledge", 1, "more of what is known is passed on"),
        world=SWITCHING,
        contract__handover=0.8,
    ),
)

QUALITY_AND_STRENGTH = (
    rule("delivery.strain_range", 0.2, Effect("quality_nonprofit", -1, "a workload is too much sooner")),
    rule(
        "people.span", 4, Effect("supervisors", 1, "each guides fewer"), Effect("wage", -1, "who must be paid"), off=12
    ),
    rule("need.strength_gain", 10.0, Effect("strength", 1, "the same work holds a community at more strength")),
    rule("need.strength_speed", 0.4, Effect("strength", 1, "it is there sooner")),
    rule("need.strength_half_life", 5.0, Effect("strength", -1, "what is gained fades sooner")),
)

UNDERDELIVERY = (
    rule("delivery.diversion", 0.2, Effect("staffing_nonprofit", -1, "people named in bids do other work")),
    lever(
        "assessment.coverage",
        0.3,
        Effect("staffing_nonprofit", 1, "named staff are where they should be"),
        off=0.0,
        assessment__regime="third-party",
        assessors__capacity=200,
    ),
    rule(
        "assessing.lesson",
        0.8,
        Effect("staffing_nonprofit", 1, "who was found out is stricter"),
        off=0.0,
        world=LOOSE,
        **SOMETIMES_GRADED,
    ),
    rule(
        "assessing.lapse",
        0.4,
        Effect("staffing_nonprofit", -1, "the lesson is forgotten sooner"),
        world=LOOSE,
        **SOMETIMES_GRADED,
    ),
    rule("assessing.least_found", 0.2, Effect("found_missing", -1, "little is not seen"), **GRADED),
    rule(
        "assessing.learning", 0.2, Effect("quality_nonprofit", 1, "grades teach (Ivers et al. 2012)"), off=0.0, **GRADED
    ),
    rule("assessing.paper", 0.15, Effect("service_hours", -1, "files take time from clients"), off=0.0, **GRADED),
    lever(
        "assessors.capacity",
        4,
        Effect("overdue_income", 1, "pay waits for assessors"),
        off=60,
        assessment__regime="third-party",
        assessment__coverage=1.0,
    ),
)

LABOUR = (
    lever(
        "contract.post_price",
        120_000,
        Effect("turnover", -1, "pay keeps people (CDB 2018)"),
        Effect("unfilled_posts", -1, "pay attracts people"),
        off=60_000,
        contract__form="post",
    ),
    rule("people.first_year_factor", 4.0, Effect("turnover", 1, "newcomers find that the post does not suit them")),
    rule("people.quit_rate", 0.03, Effect("turnover", 1, "more leave")),
    rule("people.insecurity_effect", 1.0, Effect("turnover", 1, "who has no work for next year leaves"), off=0.0),
    rule("people.wage_elasticity", 4.0, Effect("turnover", 1, "low pay loses more people"), off=1.5),
    rule(
        "people.matching",
        0.3,
        Effect("unfilled_posts", 1, "seekers and posts meet less"),
        Effect("staff", -1, "posts stay open"),
    ),
    rule(
        "people.recruit_elasticity", 6.0, Effect("unfilled_posts", 1, "pay below the market fills few posts"), off=1.5
    ),
    rule("people.leave_field", 0.3, Effect("moved_share", 1, "leavers look at other agencies first")),
    rule("people.prospects", 3.0, Effect("graduates_entering", 1, "posts are easily found"), off=0.0, world=EASY),
    rule("costs.rent_sharing", 1.0, Effect("wage_ratio", 1, "staff gets all that prices allow"), off=0.0, world=RICH),
    rule("costs.supervisor_premium", 0.6, Effect("wage", -1, "supervisors earn what others do not"), off=0.0),
)

SERVICE_AND_LABOUR = (*KNOWLEDGE, *QUALITY_AND_STRENGTH, *UNDERDELIVERY, *LABOUR)
"""Directions of section 5 and 6 of the second edition: numbers of rules as well as levers that act on them."""
