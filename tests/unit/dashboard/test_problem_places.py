"""Problems of a setting stand beside the controls that they are about."""

from __future__ import annotations

import pytest

from sim.dashboard.problem_places import problem_places
from sim.declarations.input_issues import ScenarioError
from sim.live.wish import Wish, wrong_numbers


@pytest.mark.parametrize("scenario", ["beijing-2010", "late-payment"])
def test_each_problem_finds_its_control(scenario):
    steps = (
        {"at": "2012-Q9", "set": {"contract.term": 8}},
        {"at": "2012-Q1", "set": {"contract.term": -1}},
        {"at": "2012-Q1", "in": "Nowhere", "set": {"payment.delay": 1}},
    )
    wish = Wish(scenario, {"payment.delay": 99, "rules.strategy.drive": 7, "rules.no.such": 1}, steps)
    with pytest.raises(ScenarioError) as caught:
        wish.load()
    found = problem_places(wish, wish.load_base(), caught.value.problems)
    assert {"payment.delay", "rules.strategy.drive", "policies.0.at", "policies.1.set"} <= set(found)
    assert found["payment.delay"].startswith("99 is too large; expected a number from 0 to 20")
    assert "2012-Q9" in found["policies.0.at"]
    assert found["policies.1.set"].startswith("-1 is too small")


def test_a_place_that_is_not_there_is_a_problem_of_its_policy():
    steps = ({"at": "2012-Q1", "in": "Nowhere", "set": {"payment.delay": 1}},)
    wish = Wish("beijing-2010", {"contract.term": 8}, steps)
    with pytest.raises(ScenarioError) as caught:
        wish.load()
    assert list(problem_places(wish, wish.load_base(), caught.value.problems)) == ["policies.0.in"]


def test_numbers_of_runs_have_their_own_fields():
    wish = Wish("beijing-2010", seed=-3, replications=0, quarters=401)
    found = problem_places(wish, wish.load_base(), wrong_numbers(wish))
    assert list(found) == ["seed", "replications", "quarters"]
    assert found["seed"].startswith("found -3")
