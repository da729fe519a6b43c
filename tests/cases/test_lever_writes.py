"""Levers written by hand in Mesa: a write is an event, and words and names are in their normal form."""

from __future__ import annotations

import pytest

from sim import SectorModel
from sim.engine.arithmetic import LARGEST_FEN, AmountError
from sim.mesa_agents import Agency, ForProfitAgency, Government
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY

GROWTH = 1.3
"""Of the budgets of the busy town's districts, a year."""


def model_of(*policies, seed=1):
    return SectorModel(make_scenario(BUSY | {"policies": list(policies)}), seed=seed)


def named(model, label, kind=Government):
    return next(agent for agent in model.agents_by_type[kind] if agent.label == label)


def grown_budgets(model, until=24, write_at=None):
    """Grown budget of East at the start of each year; its own value is written to it before a quarter."""
    east, found = named(model, "East"), []
    while model.quarter < until:
        if model.quarter == write_at:
            east.procurement_budget = east.procurement_budget
        model.step()
        if model.quarter % 4 == 1:
            found.append(east.grown_budget / 2e8)
    return found


@pytest.mark.parametrize("write_at", [4, 8, 12])
def test_the_same_number_written_by_hand_is_a_step_to_it(write_at):
    plain, written = grown_budgets(model_of()), grown_budgets(model_of(), write_at=write_at)
    year = write_at // 4
    assert plain == pytest.approx([GROWTH**n for n in range(6)])
    assert written == pytest.approx([GROWTH**n for n in (*range(year), *range(6 - year))])
    step = {"at": f"{2010 + year}-Q1", "in": "East", "set": {"procurement.budget": 2_000_000}}
    assert grown_budgets(model_of(step)) == pytest.approx(written)


def test_the_same_number_ends_a_pulse_and_a_ramp():
    pulse = {"from": "2010-Q2", "to": "2011-Q4", "in": "East", "set": {"contract.term": 7}}
    ramp = {"from": "2010-Q1", "to": "2011-Q1", "in": "East", "ramp": {"payment.delay": 4.0}}
    model = model_of(pulse, ramp)
    east = named(model, "East")
    for _ in range(3):
        model.step()
    held = east.contract_term, east.payment_delay
    assert held[0] == 7
    east.contract_term, east.payment_delay = held
    for _ in range(9):
        model.step()
    assert (east.contract_term, east.payment_delay) == held


def test_a_lever_that_no_policy_touches_keeps_what_is_written():
    model = model_of()
    east = named(model, "East")
    east.scoring_price = east.scoring_price
    model.step()
    assert east.scoring_price == pytest.approx(0.2)


def test_words_and_names_are_in_their_normal_form():
    model = model_of()
    east, early, firm = named(model, "East"), named(model, "Early", Agency), named(model, "Firm", ForProfitAgency)
    east.for_profits_admission = " qualified\u00a0"
    assert east.for_profits_admission == "qualified"
    parts = dict(early.effort)
    early.effort = {f" {name} ": share for name, share in reversed(parts.items())}
    assert dict(early.effort) == parts
    with pytest.raises(ValueError, match="names a part twice"):
        early.effort = parts | {" fees": 0.0}
    with pytest.raises(ValueError, match="needs an association"):
        firm.form = " attached "
    with pytest.raises(ValueError, match=r"sum to 1\.00000001"):
        early.effort = {name: share * 1.00000001 for name, share in parts.items()}


def test_agents_of_the_sector_stay_registered():
    model = model_of()
    with pytest.raises(AttributeError, match="cannot be removed"):
        model.deregister_agent(named(model, "Early", Agency))
    for name in ("seed", "quarter", "date", "world", "config", "record"):
        with pytest.raises(AttributeError, match=f"{name} cannot be set"):
            setattr(model, name, 3)


def test_a_run_that_an_error_stopped_does_not_go_on():
    model = model_of()
    model.world.governments[1].cash = LARGEST_FEN - 1_000
    with pytest.raises(AmountError):
        model.record.run_to(8)
    with pytest.raises(RuntimeError, match="an error stopped the run"):
        model.record.run_to(8)


def test_a_run_does_not_go_back():
    model = model_of()
    model.step()
    with pytest.raises(ValueError, match="cannot go back to quarter 0"):
        model.record.run_to(0)
