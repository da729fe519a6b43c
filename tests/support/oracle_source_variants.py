"""Changes to the oracle's town: sources of income, and channels through which governments buy."""

from __future__ import annotations

from typing import Any

from tests.support.oracle_town import EAST, TOWN, WEST, districts, everywhere

OF_SOURCES: dict[str, dict[str, Any]] = {
    "seekers of other sources": {
        "rules.strategy.drive": 1.0,
        "rules.strategy.speed": 0.5,
        "rules.strategy.entry_cost": 1_000.0,
        "rules.closing.comfortable_reserves": 0.5,
        "rules.giving.search": 1.0,
        "sponsors.Works.patience": 0.2,
        "quarters": 20,
    },
    "followers": {
        "rules.strategy.drive": 0.0,
        "rules.strategy.imitation": 1.0,
        "rules.strategy.entry_cost": 0.0,
        "rules.strategy.give_up": 0.1,
        "rules.giving.search": 0.5,
        "quarters": 20,
    },
    "all is forgotten": {
        "rules.strategy.learning": 0.0,
        "rules.strategy.forgetting": 1.0,
        "rules.strategy.speed": 1.0,
        "rules.strategy.drive": 1.0,
    },
    "giving encouraged": {
        TOWN + "giving.tax_relief": 1.0,
        TOWN + "giving.csr_incentive": 1.0,
        "rules.giving.incentive_effect": 10.0,
        "sponsors.Works.agencies": 3,
        "cities.Town.donors.growth": -0.2,
        "cities.Town.economy.volatility": 0.1,
    },
    "nothing but bids": {
        "rules.fees.rate": 0.0,
        "cities.Town.donors.pool": 0.0,
        "rules.strategy.founding_capability": 1.0,
        "rules.strategy.forgetting": 0.0,
    },
    "institutions buy": everywhere("procurement.shares.institutions", 0.5) | {"quarters": 20},
    "institutions renew": {
        **districts("procurement.shares.institutions", 0.4),
        **districts("procurement.growth", 0.4),
        **everywhere("procurement.renewal", 1.0),
    },
    "institutions ask directly": {
        **districts("procurement.shares.institutions", 0.4),
        **everywhere("scoring.minimum_bidders", 4),
        **everywhere("scoring.too_few", "single-source"),
    },
    "centres": everywhere("contract.form", "centre") | everywhere("contract.term", 6),
    "posts": everywhere("contract.form", "post") | {"cities.Town.labour.pool": 12},
    "forms change": {
        **districts("procurement.shares.institutions", 0.3),
        "policies": [
            {"at": "2011-Q1", "in": "districts", "set": {"contract.form": "centre"}},
            {"at": "2011-Q3", "set": {"contract.form": "post", "contract.post_price": 45_000.0}},
            {"at": "2012-Q2", "in": "East", "set": {"contract.form": "project"}},
            {"at": "2012-Q1", "set": {"procurement.shares.institutions": 0.0}},
        ],
    },
    "registered agencies apply themselves": {TOWN + "special_fund.applicants": "registered"},
    "grants": {
        **everywhere("procurement.shares.grants", 0.1),
        **everywhere("grants.core", 30_000.0),
        **everywhere("grants.incubation", 40_000.0),
        **everywhere("grants.matching", 0.8),
    },
    "commissions": everywhere("procurement.shares.commissions", 0.1),
    "government hires": everywhere("procurement.shares.direct_hiring", 0.4)
    | {"cities.Town.labour.pool": 9, "rules.direct_hiring.pull": 2.0}
    | {"policies": [{"at": "2012-Q3", "set": {"procurement.shares.direct_hiring": 0.05}}]},
    "all channels": {
        f"{place}procurement.shares.{channel}": 0.2
        for place in (EAST, WEST, TOWN)
        for channel in ("institutions", "commissions", "grants", "direct_hiring")
    }
    | everywhere("grants.core", 90_000.0),
    "three towns": {"cities.Town.count": 3, "cities.Town.districts.West.count": 2, "quarters": 10},
}
"""What is changed against the small town, as dotted keys."""
