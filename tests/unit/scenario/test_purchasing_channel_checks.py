"""Purchasing channel checks: shares that sum to more than 1, shares without a receiver, and too little money left."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sim.scenario import ScenarioError, make_scenario, read_scenario
from tests.unit.scenario.scenario_town import TOWN, messages_of, policies

HOMES = ("institutions", {"homes": {"field": "elderly"}})
EAST = "cities/Anping/districts/East"
IN_EAST = "cities.Anping.districts.East.government"


def shares(**given: float) -> dict[str, Any]:
    """A government with channel shares."""
    return {"procurement": {"shares": given}}


def made(*changes: tuple[str, object]) -> None:
    """Make the town with changes, which must be sound."""
    values = copy.deepcopy(TOWN)
    for path, value in changes:
        *parents, last = path.split("/")
        inner = values
        for name in parents:
            inner = inner.setdefault(name, {})
        inner[last] = value
    make_scenario(values)


def test_shares_of_the_whole_are_sound():
    made(HOMES, (f"{EAST}/government", shares(institutions=0.1, commissions=0.2, grants=0.6, direct_hiring=0.1)))


def test_too_large_shares_are_told_at_each_line():
    messages = messages_of(HOMES, (EAST, {"government": shares(institutions=0.7, grants=0.5)}))
    what = "the channel shares of Anping/East sum to 1.2 from 2010-Q1 on; expected 1 at most, together"
    assert messages == [
        f"{IN_EAST}.procurement.shares.institutions: {what}",
        f"{IN_EAST}.procurement.shares.grants: {what}",
    ]


def test_the_lines_have_their_numbers():
    text = """
title: A town
start: 2010-Q1
fields: {elderly: {}}
cities:
  Anping:
    districts:
      East:
        government:
          procurement:
            shares:
              grants: 0.7
              direct_hiring: 0.6
"""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text)
    assert [problem.line for problem in caught.value.problems] == [12, 13]


def test_shares_that_policies_drive_too_high():
    key = "procurement.shares."
    messages = messages_of(
        HOMES,
        (EAST, {"government": shares(grants=0.5)}),
        policies({"in": "East", "set": {f"{key}direct_hiring": 0.4}}, {"at": "2011-Q1", "set": {f"{key}grants": 0.7}}),
    )
    what = "the channel shares of Anping/East sum to 1.1 from 2011-Q1 on; expected 1 at most, together"
    assert sorted(messages) == [
        f'policies[0].set."{key}direct_hiring": {what}',
        f'policies[1].set."{key}grants": {what}',
    ]


def test_a_share_taken_back_before_another_is_given_is_sound():
    key = "procurement.shares."
    made(
        (f"{EAST}/government", shares(grants=0.9)),
        policies({"in": "Anping/East", "set": {f"{key}grants": 0}}, {"at": "2011-Q1", "set": {f"{key}grants": 1}}),
    )


def test_a_share_by_name_holds_whatever_comes_later_for_everywhere():
    key = "procurement.shares."
    changes = (
        {"in": "Anping/East", "set": {f"{key}grants": 0.9}},
        {"at": "2010-Q3", "set": {f"{key}grants": 0.1}},
        {"at": "2011-Q1", "set": {f"{key}direct_hiring": 0.4}},
    )
    what = "the channel shares of Anping/East sum to 1.3 from 2011-Q1 on; expected 1 at most, together"
    assert sorted(messages_of(policies(*changes))) == [
        f'policies[0].set."{key}grants": {what}',
        f'policies[2].set."{key}direct_hiring": {what}',
    ]


def test_what_a_pulse_hid_is_checked_when_it_ends():
    key = "procurement.shares."
    pulse = {"from": "2010-Q2", "to": "2010-Q4", "in": "Anping/East", "set": {f"{key}grants": 0.0}}
    step = {"at": "2010-Q3", "set": {f"{key}grants": 0.7, f"{key}direct_hiring": 0.4}}
    found = messages_of(("policies", [pulse, step]))
    assert sum("Anping/East sum to 1.1 from 2011-Q1 on" in message for message in found) == 2


def test_shares_for_institutions_that_are_not_there():
    elsewhere = ("institutions", {"homes": {"field": "elderly", "cities": ["Beihe"]}})
    messages = messages_of(elsewhere, (EAST, {"government": shares(commissions=0.1)}))
    assert messages == [
        f"{IN_EAST}.procurement.shares.commissions: Anping/East has no institutions that could spend it; "
        "add some under 'institutions'"
    ]


def test_money_that_pays_for_no_post():
    government = {"procurement": {"budget": 50_000}, "contract": {"form": "post"}}
    messages = messages_of((EAST, {"government": government}))
    assert messages == [
        f"{IN_EAST}.contract.post_price: a post costs more than the 50,000 CNY a year that Anping/East has for "
        "contracts; lower the price or raise the budget"
    ]


def test_money_that_pays_for_no_lot():
    government = shares(grants=0.95) | {"contract": {"value": 200_000}}
    messages = messages_of((EAST, {"government": government}))
    assert messages == [
        f"{IN_EAST}.contract.value: even half a lot is more than the 50,000 CNY a year that Anping/East has for "
        "contracts; lower the value, or leave more of the budget"
    ]


def test_institutions_of_unknown_fields_and_cities():
    messages = messages_of(("institutions", {"homes": {"field": "eldrly", "cities": ["Anpin"]}}))
    assert messages[::-1] == [
        "institutions.homes.field: unknown field 'eldrly'; expected one of 'elderly', 'youth'; did you mean 'elderly'?",
        "institutions.homes.cities[0]: unknown city 'Anpin'; expected one of 'Anping', 'Beihe'; did you mean 'Anping'?",
    ]


def test_institutions_and_others_have_names_of_their_own():
    messages = messages_of(("institutions", {"Lantern": {"field": "elderly"}}))
    assert messages == [
        "institutions.Lantern: two organisations are named 'Lantern'; the other is in agencies; "
        "names are unique over all kinds"
    ]


def test_unknown_words():
    (message,) = messages_of((EAST, {"government": {"contract": {"form": "posts"}}}))
    assert message.endswith("did you mean 'post'?")
    (message,) = messages_of(("institutions", {"homes": {"field": "elderly", "form": "centre"}}))
    assert message.startswith("institutions.homes.form: ")
