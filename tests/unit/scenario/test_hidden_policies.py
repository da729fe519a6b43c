"""Hidden policies: entries that never hold where a more special one was there before."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario import load_scenario, make_scenario
from sim.scenario.checks.hidden_policies import hidden_policies
from sim.scenario.reading.file_search import shipped
from tests.unit.scenario.scenario_town import TOWN

TERM = {"contract.term": 6}
BY_NAME = {"at": "2010-Q2", "in": "East", "set": TERM}
GENERAL = {"at": "2010-Q3", "set": {"contract.term": 3, "payment.delay": 1.0}}


def said(*policies: dict[str, Any]) -> list[str]:
    found = list(hidden_policies(make_scenario(TOWN | {"policies": list(policies)})))
    assert all(issue.other for issue in found)
    return [f"{issue.path[1]} {issue.path[3]}: {issue.what}" for issue in found]


def test_a_general_entry_after_one_by_name():
    what = "1 contract.term: never holds in Anping/East: another entry is more special there"
    assert said(BY_NAME, GENERAL) == [what]
    assert said(BY_NAME, {"from": "2010-Q3", "to": "2010-Q4", "set": TERM}) == [what]
    assert said(BY_NAME, {"when": {"outcome": "staff", "above": 3}, "set": TERM}) == [what]


def test_many_places_are_counted():
    (found,) = said(BY_NAME | {"in": "districts"}, GENERAL)
    assert found.startswith("1 contract.term: never holds in Anping/East, Anping/West, Beihe/North and 1 more: ")


@pytest.mark.parametrize(
    "other",
    [
        {"at": "2010-Q4", "in": "East", "set": TERM},
        {"from": "2010-Q2", "to": "2010-Q4", "in": "East", "set": TERM},
        {"at": "2010-Q2", "in": "East", "set": {"contract.value": 90_000}},
        {"at": "2010-Q2", "in": "Anping", "set": {"giving.tax_relief": 0.5}},
    ],
)
def test_what_holds_for_a_time_is_not_hidden(other):
    assert said(other, GENERAL) == []


@pytest.mark.parametrize("name", [one.name for one in shipped()])
def test_no_shipped_policy_is_hidden(name):
    assert [issue.what for issue in hidden_policies(load_scenario(name).scenario)] == []
