"""Policy messages: every message about places, levers, values and dates of a policy."""

from __future__ import annotations

import pytest
import yaml

from sim.scenario import ScenarioError, make_scenario, read_scenario
from tests.support.message_essentials import same_messages
from tests.unit.scenario.scenario_town import TOWN, messages_of, policies

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
    assert same_messages(messages_of(policies(policy)), [message])


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
    assert same_messages(messages_of(policies({"in": places, "set": {"contract.term": 4}})), [f"policies[0].in{found}"])


def test_the_same_lever_twice():
    twice = policies({"set": {"contract.term": 4}}, {"set": {"contract.term": 6, "contract.value": 90_000}})
    assert messages_of(twice) == [
        'policies[1].set."contract.term": set twice in everywhere at 2010-Q2, also by policies[0]; keep one of them'
    ]
    twice = policies(
        {"in": ["East", "North"], "set": {"contract.term": 4}}, {"in": "North", "set": {"contract.term": 4}}
    )
    assert messages_of(twice) == [
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


KINDS_OF_TIME = [
    (
        {"at": "2010-Q2", "from": "2010-Q3", "set": {"contract.term": 4}},
        "policies[0].from: 'at' and 'from' cannot stand together; a policy has 'at', or 'from' with 'to' or 'for', or "
        "'when'; keep one of them",
    ),
    (
        {"from": "2010-Q3", "ramp": {"contract.term": 4}},
        "policies[0].from: a ramp without an end; add 'to: QUARTER' or 'for: N quarters'",
    ),
    (
        {"from": "2010-Q3", "set": {"contract.term": 4}},
        "policies[0].from: a pulse without an end; add 'to: QUARTER' or 'for: N quarters', or write 'at' for what "
        "lasts",
    ),
    (
        {"from": "2010-Q3", "to": "2010-Q2", "set": {"contract.term": 4}},
        "policies[0].to: the end 2010-Q2 is before the beginning 2010-Q3; expected 2010-Q3 or later",
    ),
    (
        {"from": "2010-Q3", "to": "2010-Q3", "ramp": {"contract.term": 4}},
        "policies[0].to: a ramp needs time between its two ends; choose a later end, or 'at' with 'set'",
    ),
    (
        {"from": "2010-Q3", "to": "2012-Q1", "set": {"contract.term": 4}},
        "policies[0].to: 2012-Q1 is outside the run; expected 2010-Q1 to 2011-Q4",
    ),
    (
        {"at": "2010-Q1", "to": "2010-Q3", "set": {"contract.term": 4}},
        "policies[0].to: an end without a beginning; add 'from: QUARTER', and take other dates away",
    ),
    (
        {"from": "2010-Q3", "to": "2010-Q4", "for": 2, "set": {"contract.term": 4}},
        "policies[0].for: 'to' and 'for' cannot stand together; keep one of them",
    ),
    (
        {"at": "2010-Q1", "for": "2 quarters", "set": {"contract.term": 4}},
        "policies[0].for: a time without a beginning; add 'from: QUARTER', and take other dates away",
    ),
    (
        {"from": "2010-Q3", "for": 0, "set": {"contract.term": 4}},
        "policies[0].for: it takes no time; expected 1 quarter or more",
    ),
    (
        {"from": "2011-Q1", "for": "5 quarters", "set": {"contract.term": 4}},
        "policies[0].for: 2012-Q1 is outside the run; expected 2010-Q1 to 2011-Q4",
    ),
    (
        {"set": {"contract.term": 4}},
        "policies[0]: nothing says when this policy holds; a policy has 'at', or 'from' with 'to' or 'for', or 'when'",
    ),
    (
        {"at": "2010-Q2"},
        "policies[0]: no lever is changed; add 'set: {LEVER: VALUE}', or 'ramp' for a gradual change",
    ),
    (
        {"from": "2010-Q2", "to": "2010-Q4", "set": {"contract.term": 4}, "ramp": {"contract.term": 5}},
        "policies[0].ramp: 'set' and 'ramp' cannot stand together; write two policies",
    ),
    (
        {"at": "2010-Q2", "ramp": {"contract.term": 5}},
        "policies[0].ramp: a ramp needs a beginning and an end; write 'from' with 'to' or 'for'",
    ),
    (
        {"at": "2010-Q2", "after": 2, "set": {"contract.term": 5}},
        "policies[0].after: 'after' needs 'when'; add 'when: {outcome: NAME, above: NUMBER}'",
    ),
    (
        {"when": {"outcome": "unmet_ned", "above": 0.5}, "set": {"contract.term": 5}},
        "policies[0].when.outcome: unknown outcome 'unmet_ned'; expected a column of the table `sector`; "
        "did you mean 'unmet_need'?",
    ),
    (
        {"when": {"outcome": "unmet_need"}, "set": {"contract.term": 5}},
        "policies[0].when: no level is given; add 'above: NUMBER' or 'below: NUMBER'",
    ),
    (
        {"when": {"outcome": "unmet_need", "above": 0.5, "below": 0.7}, "set": {"contract.term": 5}},
        "policies[0].when.below: 'above' and 'below' cannot stand together; keep one of them",
    ),
    (
        {"when": {"outcome": "unmet_need", "above": 0.5}, "after": "2 qs", "set": {"contract.term": 5}},
        "policies[0].after: '2 qs' is no number of quarters; expected a time such as '2 quarters', or a whole number "
        "of quarters from 0 to 400; did you mean '2 quarters'?",
    ),
    (
        {"when": {"outcome": "unmet_need", "above": 0.5}, "after": -1, "set": {"contract.term": 5}},
        "policies[0].after: -1 is no number of quarters; expected a time such as '2 quarters', or a whole number "
        "of quarters from 0 to 400",
    ),
    (
        {"from": "2010-Q2", "to": "2010-Q4", "ramp": {"contract.pricing": "competitive"}},
        "policies[0].ramp.\"contract.pricing\": 'contract.pricing' is a choice, which has nothing in between; "
        "use 'set'",
    ),
    (
        {"from": "2010-Q2", "to": "2010-Q4", "in": "Beihe", "ramp": {"promotion.push": 0.5}},
        "policies[0].ramp.\"promotion.push\": a city has no lever 'promotion.push'; it belongs to a district; "
        "name a district under 'in'",
    ),
    (
        {"from": "2010-Q2", "to": "2010-Q4", "ramp": {"contract.term": 50}},
        'policies[0].ramp."contract.term": 50 is too large; expected a whole number from 1 to 40 (unit: quarters)',
    ),
]


@pytest.mark.parametrize(("policy", "message"), KINDS_OF_TIME, ids=[str(policy) for policy, _ in KINDS_OF_TIME])
def test_policies_over_time(policy, message):
    assert same_messages(messages_of(("policies", [policy])), [message])


TERM = {"contract.term": 4}
STEP = {"at": "2010-Q3", "set": TERM}
RAMP = {"from": "2010-Q2", "to": "2010-Q4", "ramp": TERM}
PULSE = {"from": "2010-Q4", "to": "2011-Q1", "set": TERM}
TRIGGER = {"when": {"outcome": "staff", "above": 20}, "set": TERM}
BY_TRIGGER = (
    "set twice in everywhere after the start, once by a trigger, also by policies[0]; a trigger shares its lever only "
    "with what is set at the start, or for other places"
)
AT_ONCE = [
    (RAMP, STEP, 'set."contract.term": set twice in everywhere at 2010-Q3, also by policies[0]; keep one of them'),
    (RAMP, PULSE, 'set."contract.term": set twice in everywhere at 2010-Q4, also by policies[0]; keep one of them'),
    (
        RAMP | {"to": "2011-Q3"},
        PULSE,
        'set."contract.term": set twice in everywhere from 2010-Q4 to 2011-Q1, also by policies[0]; keep one of them',
    ),
    (STEP, RAMP, 'ramp."contract.term": set twice in everywhere at 2010-Q3, also by policies[0]; keep one of them'),
    (STEP, TRIGGER, f'set."contract.term": {BY_TRIGGER}'),
    (TRIGGER, TRIGGER | {"after": 1}, f'set."contract.term": {BY_TRIGGER}'),
]


@pytest.mark.parametrize(("one", "other", "message"), AT_ONCE)
def test_the_same_lever_at_the_same_time(one, other, message):
    assert same_messages(messages_of(("policies", [one, other])), [f"policies[1].{message}"])


@pytest.mark.parametrize(
    "entries",
    [
        [STEP | {"at": "2010-Q1"}, TRIGGER],
        [STEP | {"at": "2010-Q2"}, RAMP],
        [RAMP, RAMP | {"from": "2010-Q4", "to": "2011-Q2"}],
        [PULSE, STEP | {"at": "2011-Q2"}],
        [PULSE, STEP | {"at": "2010-Q4", "in": "East"}],
        [TRIGGER, PULSE | {"in": "districts"}, RAMP | {"in": "East"}],
    ],
)
def test_what_does_not_meet(entries):
    assert len(make_scenario(TOWN | {"policies": entries}).policies) == len(entries)


def test_both_lines_are_told():
    text = yaml.safe_dump(TOWN | {"policies": []}, sort_keys=False).replace("policies: []", "policies:")
    text += "- {from: 2010-Q2, to: 2010-Q4, ramp: {contract.term: 8}}\n"
    text += "- {from: 2010-Q4, to: 2011-Q1, set: {contract.term: 4}}\n"
    line = text.count("\n")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text)
    (problem,) = map(str, caught.value.problems)
    assert problem.startswith(f"<text>:{line}:")
    assert f"also by policies[0] (<text>:{line - 1}:39); keep one of them" in problem


def test_policies_come_back_from_a_resolved_scenario():
    entries = [PULSE | {"in": "East"}, RAMP | {"in": "cities"}, TRIGGER | {"after": "1 quarter", "in": "Anping/West"}]
    scenario = make_scenario(TOWN | {"policies": entries})
    assert make_scenario(scenario.model_dump(mode="json", by_alias=True, exclude_none=True)) == scenario
    assert make_scenario(TOWN | {"policies": scenario.policies}) == scenario
