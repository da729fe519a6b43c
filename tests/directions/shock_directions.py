"""Shocks: the expected direction of their parameters, and why; each against a town without them."""

from __future__ import annotations

from tests.directions.paired_runs import Effect
from tests.directions.reserve_and_lending_directions import parameter

SHOCKS = (
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
        "shocks.scandal_rate",
        0.0,
        0.1,
        Effect("closures_for_cause", 1, "some registrations are revoked"),
        Effect("agencies_barred", 1, "and some agencies barred from calls"),
    ),
)
