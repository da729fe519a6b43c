"""Voice, independence, autonomy and sustainability: what the parameters of these measures do, and why."""

from __future__ import annotations

from tests.directions.paired_runs import Effect, Values
from tests.directions.service_and_labour_directions import rule

SKEWED: Values = {
    "fields": {"elderly": {"share": 8.0}, "children-youth": {"share": 1.0}, "migrants": {"share": 0.2}},
    "cities": {"Town": {"each_district": {"government": {"procurement": {"openness": 0.5, "need_response": 1.0}}}}},
}
"""Plans that are far from need, and governments that go by need and listen."""


VOICE_AND_MEASURES = (
    rule("voice.speed", 1.0, Effect("budget_need_gap", -1, "the split is there sooner", 0, 8), off=0.1, world=SKEWED),
    rule(
        "voice.access",
        1.0,
        Effect("heard_mean", 1, "who has no ties may speak too"),
        Effect("voice_mean", 1, "and is heard"),
        off=0.0,
        world=SKEWED,
    ),
    rule(
        "voice.restraint",
        1.0,
        Effect("voice_mean", -1, "who depends does not contradict"),
        off=0.0,
        world=SKEWED,
    ),
    rule(
        "resource.bridge",
        48.0,
        Effect("resource_independence_p50", -1, "reserves bridge less of what is lost"),
        off=6.0,
    ),
    rule(
        "sustainability.loss",
        0.9,
        Effect("sustainability_median", -1, "another line of income helps less"),
        off=0.4,
    ),
)
