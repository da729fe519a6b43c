"""Shocks and commitments that stay: the expected direction of their parameters, and why."""

from __future__ import annotations

from tests.directions.paired_runs import Effect, lever
from tests.directions.reserve_and_lending_directions import parameter

SHOCKS = (
    lever(
        "procurement.reorganisation",
        0.5,
        Effect("purchasers_reorganised", 1, "new leaders order purchasing anew"),
        Effect("staff", -1, "everybody who lives on it waits for calls"),
        Effect("community_continuity", -1, "nothing is kept for who was there"),
        Effect("closures", 1, "losses come together"),
        Effect("foundings", 1, "and doors open to newcomers"),
        off=0.0,
    ),
    parameter(
        "shocks.director_rate",
        0.0,
        0.3,
        Effect("closures_no_successor", 1, "some agencies find nobody"),
        Effect("operating", -1, "and there are fewer"),
    ),
    parameter(
        "shocks.backing",
        0.0,
        0.8,
        Effect("closures_no_successor", -1, "who has backers finds a successor"),
        world={"rules": {"shocks": {"director_rate": 0.3}}},
    ),
    parameter(
        "closing.severance",
        0.0,
        3.0,
        Effect("overdue_wages", 1, "what is owed to those laid off is missing for the others"),
        Effect("closures", 1, "and closes some agencies"),
    ),
    parameter(
        "closing.layoff_speed",
        1.0,
        0.1,
        Effect("staff", 1, "people without work stay for longer"),
        Effect("reserves_to_cost", -1, "and are paid"),
    ),
    parameter(
        "closing.lease",
        1.0,
        0.0,
        Effect("reserve_months_p10", -1, "empty places are paid for"),
    ),
    parameter(
        "closing.give_up_rate",
        0.05,
        1.0,
        Effect("idle_shells", -1, "who has no work stops sooner"),
    ),
    parameter(
        "shocks.scandal_rate",
        0.0,
        0.1,
        Effect("closures_for_cause", 1, "some registrations are revoked"),
        Effect("agencies_barred", 1, "and some agencies barred from calls"),
    ),
)
