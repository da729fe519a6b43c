"""Controls: one for each lever and parameter, with what is declared of it, and a slider that stays within bounds."""

from __future__ import annotations

import pytest

from sim.dashboard.control_declarations import FIRST, controls
from sim.dashboard.values_in_force import in_force
from sim.experiment.design.declared_parameters import Kind, all_levers, declared_at
from sim.scenario import load_scenario

ALL = controls()


def test_every_lever_has_a_control_and_the_first_dozen_exist():
    assert set(all_levers()) <= set(ALL)
    assert len(FIRST) == len(set(FIRST)) == 12
    assert set(FIRST) <= set(ALL)


@pytest.mark.parametrize("control", [c for c in ALL.values() if c.kind.ordered], ids=lambda c: c.key)
def test_slider_gives_only_values_that_are_allowed(control):
    path = tuple(control.key.split(".")) if not control.is_lever else ("policies", 0, "set", control.key)
    declared = declared_at(path)
    assert control.least < control.most
    assert control.step > 0
    for value in (control.least, control.most):
        assert declared.wrong(int(value) if control.kind is Kind.WHOLE else value) is None
    assert control.meaning
    assert control.source


def test_choices_hold_their_usual_value():
    for control in ALL.values():
        if control.kind is Kind.CHOICE:
            assert control.usual in control.choices


def test_search_takes_every_word():
    assert ALL["payment.delay"].matches("delay PAYMENT")
    assert not ALL["payment.delay"].matches("delay unicorn")


def test_values_in_force_say_where_places_differ_and_what_is_set_anew():
    scenario = load_scenario("beijing-2010")
    found = in_force(scenario, ALL["procurement.budget"])
    assert "by place" in found.note
    assert "2012-Q1" in found.note
    assert in_force(scenario, ALL["rules.strategy.drive"]).value == scenario.rules.strategy.drive
    shenzhen = in_force(load_scenario("shenzhen-posts"), ALL["registration.regime"])
    assert shenzhen.value in ALL["registration.regime"].choices
