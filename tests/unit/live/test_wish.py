"""Wishes: the file that they are, and that the file is what the command line takes."""

from __future__ import annotations

import pytest

from sim import ScenarioError
from sim.live.wish import Wish
from sim.scenario import read_scenario


def loaded(wish):
    return wish.load().scenario


def test_wish_without_changes_is_its_scenario():
    assert loaded(Wish("late-payment")) == loaded(Wish("late-payment")) == read_scenario("extends: late-payment")


def test_levers_hold_everywhere_from_the_first_quarter():
    found = loaded(Wish("beijing-2010", {"payment.delay": 3.5})).policies[-1]
    assert str(found.at) == "2009-Q3"
    assert found.in_ is None
    assert found.set == {"payment.delay": 3.5}


def test_lever_of_a_scenario_that_sets_it_by_place_is_set_for_every_place():
    # shenzhen-posts sets the budget in its districts, before which an entry for everywhere gives way.
    found = loaded(Wish("shenzhen-posts", {"procurement.budget": 5e6})).policies[-1]
    assert found.in_ == ["Shenzhen", "Shenzhen/District"]


def test_parameters_go_below_rules():
    assert loaded(Wish("beijing-2010", {"rules.strategy.drive": 0.9})).rules.strategy.drive == 0.9


def test_policies_are_added_to_those_of_the_scenario():
    policies = ({"at": "2013-Q1", "set": {"contract.term": 12}},)
    found = loaded(Wish("late-payment", {"contract.term": 8}, policies)).policies
    assert found[:-2] == loaded(Wish("late-payment")).policies
    assert [str(one.at) for one in found[-2:]] == ["2009-Q3", "2013-Q1"]


def test_bad_wish_has_every_problem_with_its_place():
    wish = Wish("beijing-2010", {"payment.delay": 99, "paymnt.upfront": 1}, ({"at": "1800-Q1", "set": {"x": 1}},))
    with pytest.raises(ScenarioError) as caught:
        wish.load()
    text = wish.file_text(wish.load_base())
    with pytest.raises(ScenarioError) as of_file:
        read_scenario(text)
    assert [one.what for one in caught.value.problems] == [one.what for one in of_file.value.problems]
    assert {one.key_path for one in caught.value.problems} >= {'policies[0].set."payment.delay"', "policies[1].at"}


@pytest.mark.parametrize("wrong", [{"replications": 0}, {"replications": 10**6}, {"quarters": 0}, {"seed": -1}])
def test_numbers_out_of_bounds_are_refused(wrong):
    with pytest.raises(ScenarioError) as caught:
        Wish("beijing-2010", **wrong).load()
    assert [one.path for one in caught.value.problems] == [tuple(wrong)]


def test_scenario_file_of_the_user_is_found_from_where_the_user_is(tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text("extends: beijing-2010\ntitle: Mine\n")
    monkeypatch.chdir(tmp_path)
    assert loaded(Wish("mine.yaml", {"payment.delay": 1})).title == "Mine"
