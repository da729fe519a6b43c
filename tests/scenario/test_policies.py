"""What policies may not do: every message about places, levers, values and dates of a policy."""

from __future__ import annotations

import pytest

from sim.scenario import make_scenario
from tests.scenario.town import TOWN, policies, told

JURISDICTIONS = (
    "expected one of 'Anping', 'Anping/East', 'Anping/West', 'Beihe', 'Beihe/North', 'Beihe/West', 'East', 'North', "
    "'cities', 'districts'"
)
LEVERS = [
    (
        {"set": {"procurement.bugdet": 1}},
        "policies[0].set.\"procurement.bugdet\": unknown lever 'procurement.bugdet'; see `sim schema`; "
        "did you mean 'procurement.budget'?",
    ),
    (
        {"set": {"contract": {"term": 4}}},
        "policies[0].set.contract: unknown lever 'contract'; see `sim schema`; did you mean 'contract.term'?",
    ),
    (
        {"in": "East", "set": {"special_fund.management_fee": 0.2}},
        "policies[0].set.\"special_fund.management_fee\": a district has no lever 'special_fund.management_fee'; "
        "it belongs to a city; name a city under 'in'",
    ),
    (
        {"in": ["districts", "Beihe"], "set": {"for_profits.admission": "open"}},
        "policies[0].set.\"for_profits.admission\": a city has no lever 'for_profits.admission'; "
        "it belongs to a district; name a district under 'in'",
    ),
    (
        {"set": {"payment.oversight": 1.2}},
        'policies[0].set."payment.oversight": 1.2 is too large; expected a number from 0 to 1 (unit: probability)',
    ),
    (
        {"set": {"contract.term": 0}},
        'policies[0].set."contract.term": 0 is too small; expected a whole number from 1 to 40 (unit: quarters)',
    ),
    (
        {"set": {"contract.term": 4.5}},
        'policies[0].set."contract.term": found the number 4.5 where a whole number is expected; '
        "expected a whole number from 1 to 40 (unit: quarters)",
    ),
    (
        {"set": {"contract.pricing": "compete"}},
        "policies[0].set.\"contract.pricing\": 'compete' is none of the choices; "
        "expected one of 'competitive', 'fixed'; did you mean 'competitive'?",
    ),
    (
        {"set": {"payment.delay": float("nan")}},
        'policies[0].set."payment.delay": infinite and undefined numbers cannot be used; '
        "expected a number from 0 to 20 (unit: quarters)",
    ),
    (
        {"in": "Nowhere", "set": {"contract.term": 4}},
        f"policies[0].in: unknown jurisdiction 'Nowhere'; {JURISDICTIONS}",
    ),
    (
        {"in": ["East", "Noth"], "set": {"contract.term": 4}},
        f"policies[0].in[1]: unknown jurisdiction 'Noth'; {JURISDICTIONS}; did you mean 'North'?",
    ),
    (
        {"at": "2012-Q1", "set": {"contract.term": 4}},
        "policies[0].at: 2012-Q1 is outside the run; expected 2010-Q1 to 2011-Q4",
    ),
    (
        {"at": "2009-Q4", "set": {"contract.term": 4}},
        "policies[0].at: 2009-Q4 is outside the run; expected 2010-Q1 to 2011-Q4",
    ),
]


@pytest.mark.parametrize(("policy", "message"), LEVERS, ids=[str(policy) for policy, _ in LEVERS])
def test_policies(policy, message):
    assert told(policies(policy)) == [message]


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([5], "[0]: found the number 5 where text is expected; did you mean '5'?"),
        (["East", None], "[1]: found null where text is expected"),
        ([["East"]], "[0]: found a list where text is expected"),
        ([{"East": 1}], "[0]: found a mapping where text is expected"),
    ],
)
def test_a_place_that_is_not_text_is_told_once(places, found):
    assert told(policies({"in": places, "set": {"contract.term": 4}})) == [f"policies[0].in{found}"]


def test_the_same_lever_twice():
    twice = policies({"set": {"contract.term": 4}}, {"set": {"contract.term": 6, "contract.value": 90_000}})
    assert told(twice) == [
        'policies[1].set."contract.term": set twice in everywhere at 2010-Q2, also by policies[0]; keep one of them'
    ]
    twice = policies(
        {"in": ["East", "North"], "set": {"contract.term": 4}}, {"in": "North", "set": {"contract.term": 4}}
    )
    assert told(twice) == [
        'policies[1].set."contract.term": set twice in North at 2010-Q2, also by policies[0]; keep one of them'
    ]


def test_a_lever_may_be_set_again_later_or_more_specially():
    values = TOWN | {
        "policies": [
            {"at": "2010-Q2", "set": {"contract.term": 4}},
            {"at": "2010-Q2", "in": "districts", "set": {"contract.term": 5}},
            {"at": "2010-Q2", "in": "East", "set": {"contract.term": 6}},
            {"at": "2010-Q3", "set": {"contract.term": 4}},
        ]
    }
    assert len(make_scenario(values).policies) == 4
