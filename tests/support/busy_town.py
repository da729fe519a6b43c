"""A town in which everything happens, for tests that need no search.

>>> from sim.scenario import make_scenario
>>> make_scenario(BUSY).title
'A busy town'
"""

from __future__ import annotations

from tests.support.value_strategies import Values

SHARES = {"institutions": 0.15, "commissions": 0.05, "grants": 0.04, "direct_hiring": 0.06}

BUSY: Values = {
    "title": "A busy town",
    "start": "2010-Q1",
    "quarters": 40,
    "fields": {"elderly": {}, "youth": {}},
    "cities": {
        "Anping": {
            "government": {
                "procurement": {"budget": 1_800_000, "shares": {"grants": 0.05, "commissions": 0.05}},
                "contract": {"value": 120_000},
                "grants": {"matching": 0.5, "incubation": 10_000},
            },
            "each_district": {
                "government": {
                    "procurement": {"budget": 2_000_000, "growth": 0.3, "shares": SHARES},
                    "contract": {"value": 120_000, "hourly_price": 60},
                    "payment": {"oversight": 0.6},
                    "registration": {"openness": 0.4},
                    "grants": {"core": 12_000},
                },
                "communities": {"count": 2, "residents": 50_000},
                "commercial_groups": 2,
            },
            "districts": {"East": {}, "West": {}},
            "labour": {"pool": 120, "graduates": 50},
            "donors": {"pool": 800_000},
        }
    },
    "colleges": {"Normal College": {"city": "Anping", "drive": 0.9}},
    "sponsors": {
        "Anping Works": {"city": "Anping", "budget": 300_000},
        "Company": {"city": "Anping", "count": 3, "patience": 2},
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
    "institutions": {"homes": {"field": "elderly", "count": 2}, "schools": {"field": "youth", "form": "post"}},
    "generated": {"Group": {"count": 3}},
    "policies": [
        {"at": "2014-Q1", "set": {"procurement.budget_factor": 0.3}},
        {"at": "2014-Q1", "in": "districts", "set": {"payment.delay": 6}},
        {"at": "2016-Q1", "in": "districts", "set": {"for_profits.admission": "barred"}},
    ],
    "rules": {
        "founding": {"spin_off_rate": 0.5, "for_profit_rate": 3.0, "corporate_rate": 1.0},
        "closing": {"patience": 1, "give_up_rate": 3.0, "revival_rate": 1.0, "dormancy": 4},
    },
}
"""A town in which everything happens: all kinds of founding, support, layoffs, dormancy, closures, late payment."""

ASSESSED: Values = BUSY | {
    "title": "A busy town that assesses",
    "quarters": 28,
    "policies": [
        {
            "at": "2010-Q1",
            "set": {
                "assessment.regime": "third-party",
                "assessment.coverage": 0.8,
                "assessment.full": 0.97,
                "assessment.renewable": 0.9,
                "assessment.passing": 0.8,
                "contract.handover": 0.6,
                "payment.upfront": 0.3,
                "scoring.prequalification": 0.2,
            },
        },
        {"at": "2010-Q1", "in": "districts", "set": {"payment.co_payment": 0.3, "contract.term": 6}},
        {"at": "2010-Q1", "in": "cities", "set": {"assessors.capacity": 4}},
        {"at": "2013-Q1", "in": "West", "set": {"assessment.regime": "internal", "contract.minimum_presence": 2}},
    ],
}
"""The same with assessors who cannot keep up, matched money, and successors who are introduced."""
