"""A town in which everything happens, for tests that need no search.

>>> from sim.scenario import make_scenario
>>> make_scenario(BUSY).title
'A busy town'
"""

from __future__ import annotations

from tests.strategies import Values

BUSY: Values = {
    "title": "A busy town",
    "start": "2010-Q1",
    "quarters": 40,
    "fields": {"elderly": {}, "youth": {}},
    "cities": {
        "Anping": {
            "government": {"procurement": {"budget": 1_500_000}, "contract": {"value": 120_000}},
            "each_district": {
                "government": {
                    "procurement": {"budget": 1_600_000, "growth": 0.3},
                    "contract": {"value": 120_000, "hourly_price": 60},
                    "payment": {"oversight": 0.6},
                    "registration": {"openness": 0.4},
                },
                "communities": {"count": 2, "residents": 50_000},
                "commercial_groups": 2,
            },
            "districts": {"East": {}, "West": {}},
            "labour": {"pool": 120, "graduates": 50},
        }
    },
    "colleges": {"Normal College": {"city": "Anping", "drive": 0.9}},
    "sponsors": {
        "Anping Works": {"city": "Anping", "budget": 300_000},
        "Beihe Works": {"city": "Anping", "budget": 260_000, "drive": 1},
    },
    "associations": {
        "East Association": {"city": "Anping", "district": "East", "members": 30},
        "Anping Association": {"city": "Anping", "founded": "2011-Q1", "members": 30},
    },
    "agencies": {
        "Early": {"district": "East", "college": "Normal College", "staff": 14, "association": "East Association"},
        "Guest": {"district": "East", "association": "East Association", "form": "attached", "cash": 10_000},
        "Firm": {"district": "West", "kind": "for-profit", "origin": "commercial", "staff": 6},
        "Gift": {"district": "West", "sponsor": "Anping Works", "rooms": "sponsor", "sister": "Early", "staff": 3},
    },
    "generated": {"Group": {"count": 3}},
    "policies": [
        {"at": "2014-Q1", "set": {"procurement.budget_factor": 0.3}},
        {"at": "2014-Q1", "in": "districts", "set": {"payment.delay": 6}},
        {"at": "2016-Q1", "in": "districts", "set": {"for_profits.admission": "barred"}},
    ],
    "rules": {
        "founding": {"spin_off_rate": 0.5, "for_profit_rate": 3.0, "corporate_rate": 1.0},
        "closing": {"idle": 2, "idle_rate": 3.0, "revival_rate": 1.0, "dormancy": 4},
    },
}
"""A town in which everything happens: all kinds of founding, support, layoffs, sleep, closures, late payment."""
