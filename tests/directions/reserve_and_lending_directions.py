"""Reserves, settlement, lending and sources: the expected direction of levers and parameters, and why."""

from __future__ import annotations

from typing import Any

from tests.directions.paired_runs import Direction, Effect, Values, lever

LATE: Values = {"cities": {"Town": {"each_district": {"government": {"payment": {"delay": 2.0}}}}}}
"""A town whose districts pay late."""


def parameter(name: str, off: object, on: object, *effects: Effect, world: Values | None = None) -> Direction:
    """Declare a direction of a parameter of `rules`, at one value and at another."""
    group, key = name.split(".")

    def rules(value: object) -> dict[str, Any]:
        return {group: {key: value}}

    return Direction(name, {}, {}, effects, world or {}, rules(off), rules(on))


SETTLEMENT = (
    lever(
        "settlement.audit",
        1.0,
        Effect("extra_hours", 1, "who expects an audit spends ahead of it"),
        Effect("reserve_months", -1, "the cost: agencies keep less"),
        off=0.0,
    ),
    lever(
        "settlement.allowed_surplus",
        0.5,
        Effect("extra_hours", -1, "what may be kept is not spent in haste"),
        Effect("reserve_months", 1, "and stays"),
        off=0.0,
        settlement__audit=1.0,
    ),
    lever(
        "settlement.returned",
        1.0,
        Effect("returned", 1, "what is unspent goes back"),
        off=0.0,
        settlement__audit=1.0,
    ),
    lever(
        "settlement.yearly",
        False,
        Effect("returned", -1, "over a longer time, good and bad quarters even out"),
        off=True,
        settlement__audit=1.0,
        contract__term=12,
    ),
)

RESERVES = (
    parameter("reserves.target", 2.0, 8.0, Effect("reserve_months", 1, "agencies keep what they want to keep")),
    parameter(
        "reserves.anticipation",
        0.0,
        1.0,
        Effect("returned", -1, "what would go back is spent before"),
        Effect("extra_hours", 1, "on the contracts"),
    ),
    parameter(
        "costs.cushion",
        0.0,
        0.3,
        Effect("wage", -1, "the reserve comes first"),
        Effect("reserve_months", 1, "and fills"),
    ),
)

LENDING = (
    parameter(
        "credit.months",
        0.0,
        6.0,
        Effect("loans", 1, "founders lend against what is owed"),
        Effect("overdue_wages", -1, "loans pay wages"),
        world=LATE,
    ),
    parameter("closing.creditors", 40.0, 1.0, Effect("closures", 1, "nobody waits for late money"), world=LATE),
    parameter("closing.support_gap", 0, 80, Effect("advances", -1, "an advance is given once"), world=LATE),
)


def donors(**values: float) -> Values:
    """Donors of the town with some values of their own."""
    return {"cities": {"Town": {"donors": values}}}


SOURCES = (
    Direction(
        "donors.calls",
        {},
        {},
        (
            Effect("three_sources", -1, "few win a project, and those who ask besides get little"),
            Effect("resource_independence_p50", -1, "so most depend on their purchasers more"),
            Effect("resource_independence_p90", 1, "and those who win less: a project counts for much in an agency"),
        ),
        world=donors(pool=3_000_000),
        world_off=donors(calls=0.0),
        world_on=donors(calls=0.5),
    ),
    parameter(
        "strategy.opportunity",
        0.0,
        1.0,
        Effect("fundraising_effort", 1, "agencies enter what pays"),
        Effect("donations", 1, "and donors are asked"),
    ),
)

RESERVES_AND_LENDING = (*SETTLEMENT, *RESERVES, *LENDING, *SOURCES)
