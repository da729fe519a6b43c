"""Run for run, the compiled rules and the plain Mesa model of `tests/reference` tell the same story.

Every quarter everything is compared: each agency with its staff, books, contracts, ties, roots and standing, each
purchaser, community, city and association, each fen that moved and each event.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from numba.core import config

from sim.build import Blueprint
from sim.scenario import load_scenario, make_scenario
from tests.reference.compare import Differs, run_together
from tests.reference.model import Sector

FULL = 60
SHORT = 24

SMALL: dict[str, Any] = {
    "title": "Two districts",
    "start": "2010-Q1",
    "quarters": 14,
    "fields": {
        "elderly": {"incidence": 0.005, "paying": 0.4},
        "migrants": {"incidence": 0.004, "hours": 2.0, "paying": 0.1, "share": 0.5},
        "youth": {"incidence": 0.003, "paying": 0.2},
    },
    "cities": {
        "Town": {
            "government": {"procurement": {"budget": 900_000.0}},
            "districts": {
                "East": {
                    "communities": {"count": 4},
                    "government": {"procurement": {"budget": 1_500_000.0}},
                    "commercial_groups": 3,
                },
                "West": {"communities": {"count": 3}, "government": {"procurement": {"budget": 800_000.0}}},
            },
            "labour": {"pool": 80, "graduates": 60},
        }
    },
    "colleges": {"College": {"city": "Town", "graduates": 40, "drive": 0.9}},
    "sponsors": {"Company": {"city": "Town"}},
    "associations": {
        "East Association": {"city": "Town", "district": "East", "members": 6, "rooms": 2},
        "Town Association": {"city": "Town", "founded": "2010-Q3"},
    },
    "agencies": {
        "Alpha": {"district": "East", "association": "East Association", "college": "College", "staff": 14},
        "Beta": {
            "district": "East",
            "association": "East Association",
            "form": "attached",
            "officers_in_common": True,
            "rooms": "association",
            "sister": "Alpha",
            "founded": "2009-Q2",
            "branches": ["West"],
        },
        "Gamma": {"district": "West", "sponsor": "Company", "origin": "corporate", "fields": ["youth", "migrants"]},
        "Delta": {"district": "West", "origin": "government", "staff": 3, "cash": 20_000.0, "fields": ["elderly"]},
    },
    "generated": {"Others": {"count": 4}, "Firms": {"count": 2, "kind": "for-profit", "origin": "commercial"}},
}
"""A town with one of everything."""

LEVERS = "cities.Town.{}.government."
EAST, WEST, TOWN = "cities.Town.districts.East.government.", "cities.Town.districts.West.government.", (
    "cities.Town.government."
)

PLACES = (EAST, WEST, TOWN)


def everywhere(key: str, value: Any) -> dict[str, Any]:
    """A lever in both districts and in the town."""
    return {place + key: value for place in PLACES}


def districts(key: str, value: Any) -> dict[str, Any]:
    """A lever in both districts."""
    return {place + key: value for place in PLACES[:2]}


VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "no luck": {"rules.chance.variation": 0.0},
    "half the luck": {"rules.chance.variation": 0.5},
    "price competition": everywhere("contract.pricing", "competitive"),
    "bidders wanted, awarded anyway": everywhere("scoring.minimum_bidders", 4),
    "bidders wanted, called again": everywhere("scoring.minimum_bidders", 4)
    | everywhere("scoring.too_few", "call-again"),
    "bidders wanted, single source": everywhere("scoring.minimum_bidders", 4)
    | everywhere("scoring.too_few", "single-source"),
    "three-year terms": everywhere("contract.term", 12) | {"quarters": 20},
    "one-quarter terms": everywhere("contract.term", 1),
    "always renewed": everywhere("procurement.renewal", 1.0),
    "direct registration": districts("registration.regime", "direct"),
    "hard registration": districts("registration.licensed", 3) | districts("registration.capital", 100_000.0),
    "no attachment": districts("registration.attachment", False) | districts("registration.openness", 0.1),
    "carry-over": everywhere("procurement.carry_over", 0.7) | everywhere("procurement.growth", -0.2),
    "late payers": everywhere("payment.delay", 4.0) | {"rules.closing.insolvent_rate": 2.0},
    "closures": {
        "rules.closing.idle": 1,
        "rules.closing.idle_rate": 2.0,
        "rules.closing.insolvent_rate": 3.0,
        "rules.founding.founder_cash": 5_000.0,
        **everywhere("procurement.growth", -0.5),
        **everywhere("payment.delay", 6.0),
    },
    "for-profits barred": districts("for_profits.admission", "barred"),
    "for-profits pour in": {
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "rules.delivery.greed": 0.4,
        **everywhere("payment.oversight", 0.5),
        **everywhere("contract.hourly_price", 70.0),
    },
    "no purchasing": everywhere("procurement.budget", 0.0),
    "no fund": {TOWN + "procurement.budget": 0.0},
    "one district": {"cities.Town.districts.West.communities.count": 1, WEST + "procurement.budget": 0.0},
    "tight labour market": {"cities.Town.labour.pool": 6, "cities.Town.labour.graduates": 2},
    "shared attention": {"rules.bidding.attention": 2, "rules.bidding.search": 1.0},
    "voice": everywhere("procurement.openness", 0.9) | everywhere("procurement.pressure_response", 4.0),
    "spin-offs": {"rules.founding.spin_off_rate": 3.0, "rules.founding.spin_off_size": 1},
    "a wild economy": {"cities.Town.economy.volatility": 0.3, **everywhere("procurement.cycle", 2.0)},
    "austerity": {
        "policies": [
            {"at": "2011-Q2", "in": "districts", "set": {"procurement.budget_factor": 0.2}},
            {"at": "2012-Q1", "set": {"procurement.budget_factor": 0.5, "payment.delay": 3.0}},
            {"at": "2012-Q1", "in": "East", "set": {"procurement.budget_factor": 1.5}},
        ]
    },
    "reforms": {
        "policies": [
            {"at": "2010-Q3", "set": {"contract.pricing": "competitive", "scoring.too_few": "single-source"}},
            {"at": "2011-Q1", "in": "West", "set": {"registration.regime": "direct", "contract.term": 8}},
            {"at": "2012-Q3", "set": {"for_profits.admission": "barred", "special_fund.management_fee": 0.3}},
        ]
    },
    "three towns": {"cities.Town.count": 3, "cities.Town.districts.West.count": 2, "quarters": 10},
}
"""What is changed against the small town, as dotted keys."""


def town(changes: dict[str, Any]) -> Blueprint:
    """The small town with changes."""
    values = deepcopy(SMALL)
    for key, value in changes.items():
        *path, last = key.split(".")
        place = values
        for name in path:
            place = place.setdefault(name, {})
        place[last] = value
    return Blueprint.of(make_scenario(values))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_beijing(seed: int):
    blueprint = Blueprint.of(load_scenario("beijing-2010").scenario, FULL if seed == 1 else SHORT)
    run_together(blueprint, seed)


@pytest.mark.parametrize("name", VARIANTS)
def test_variants(name: str):
    run_together(town(VARIANTS[name]), seed=7)
