"""Service and labour: the expected direction of each rule of knowledge, quality, strength, pay and staff, and why."""

from __future__ import annotations

from tests.directions.channel_assessment_and_profession_directions import SWITCHING
from tests.directions.paired_runs import Direction, Effect, Values, lever


def rule(key: str, on: float, *effects: Effect, world: Values | None = None, **levers: object) -> Direction:
    """Declare a direction of a number of the rules: at its default, then `on`; `levers` hold on both sides."""
    group, _, name = key.partition(".")
    both = {key.replace("__", "."): value for key, value in levers.items()}
    return Direction(key, both, both, effects, world or {}, {}, {group: {name: on}})


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

SERVICE_AND_LABOUR = KNOWLEDGE
"""Directions of section 5 and 6 of the second edition: numbers of rules as well as levers that act on them."""
