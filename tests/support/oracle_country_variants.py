"""Changes to the oracle's town: further cities that begin to buy later, and budgets that level off."""

from __future__ import annotations

from typing import Any

from tests.support.oracle_town import TOWN, everywhere

LATER: dict[str, Any] = {
    "government": {
        "procurement": {"budget": 500_000.0, "growth": 0.3},
        "special_fund": {"applicants": "registered"},
    },
    "districts": {
        "Only": {
            "communities": {"count": 2},
            "wealth": 1.4,
            "government": {"procurement": {"budget": 600_000.0, "growth": 0.3, "ceiling": 9.0}},
            "commercial_groups": 2,
        }
    },
    "labour": {"pool": 40, "graduates": 20},
}
"""A city that does not buy from the start, without the way in which it begins."""

BUYING: dict[str, Any] = {
    "government": {"procurement": {"budget": 700_000.0}},
    "districts": {
        "North": {"communities": {"count": 2}, "government": {"procurement": {"budget": 900_000.0}}},
        "South": {"communities": {"count": 1}, "government": {"procurement": {"budget": 500_000.0}}},
    },
    "labour": {"pool": 60, "graduates": 30},
}
"""A city that buys from the start, where no agency works yet."""

GROWING: dict[str, Any] = {
    "cities.Next": BUYING,
    "cities.Twin": BUYING | {"count": 2},
    "agencies.Alpha.cash": 3_000_000.0,
    "agencies.Beta.cash": 800_000.0,
    "rules.founding.chain_rate": 5.0,
    "rules.founding.spin_off_size": 2,
    "rules.founding.viable_income": 60_000.0,
    "rules.reserves.target": 1.0,
    "quarters": 18,
}
"""Agencies with money, and three cities in which they may found sisters."""

OF_COUNTRIES: dict[str, dict[str, Any]] = {
    "cities that begin later": {
        "cities.Later": LATER | {"count": 5, "adopts": True, "region": "South"},
        "cities.Dated": LATER | {"begins": "2011-Q1", "region": "South"},
        "cities.Alone": LATER | {"adopts": True},
        "cities.Town.labour.other_candidates": 300,
        "cities.Town.labour.other_licensed": 40,
        "cities.Town.labour.other_growth": 0.3,
        "rules.adoption.rate": 0.2,
        "policies": [{"at": "2011-Q3", "in": "cities", "set": {"adoption.pressure": 0.8}}],
        "quarters": 18,
    },
    "sisters in other cities": GROWING,
    "sisters in other cities wait": {
        **GROWING,
        "associations.Next Association": {"city": "Next"},
        "cities.Next": BUYING
        | {
            "each_district": {
                "government": {
                    "procurement": {"budget": 900_000.0},
                    "registration": {"openness": 0.0, "capital": 100_000.0},
                }
            },
            "districts": {"North": {"communities": {"count": 2}}, "South": {"communities": {"count": 1}}},
        },
        "rules.founding.retry": 5.0,
        "rules.founding.attach": 0.3,
        "policies": [{"at": "2011-Q3", "in": "districts", "set": {"registration.openness": 0.7}}],
    },
    "budgets that level off": {
        **everywhere("procurement.growth", 0.8),
        **everywhere("procurement.ceiling", 12.0),
        TOWN + "procurement.ceiling": 1.0,
        "policies": [
            {"from": "2011-Q1", "to": "2012-Q1", "in": "East", "ramp": {"procurement.budget": 3_000_000.0}},
            {"from": "2012-Q1", "to": "2012-Q4", "in": "districts", "set": {"procurement.ceiling": 9.0}},
            {"from": "2012-Q3", "to": "2013-Q3", "in": "West", "ramp": {"procurement.budget": 2_000_000.0}},
        ],
        "quarters": 18,
    },
}
