"""Dormancy and deregistration: which agencies become dormant, what they keep, revival, and striking off."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Stage
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used

DUES = (Purpose.CONTRACT, Purpose.FUND, Purpose.PASSED_ON, Purpose.INSTITUTIONAL, Purpose.CO_PAYMENT)
"""What payers owe an agency."""


def run(
    seed: int = 1, people: dict[str, float] | None = None, founding: dict[str, float] | None = None, **closing: Any
) -> RunResult:
    values = copy.deepcopy(BUSY)
    values["rules"]["closing"] |= closing
    values["rules"]["founding"] |= founding or {}
    values["rules"]["people"] = people or {}
    return simulate(CompiledScenario.of(make_scenario(values)), seed)


def events_of(record: RunResult, event: Event, cause: Cause | None = None) -> np.ndarray:
    events = used(record.world, "events")
    return events[(events["event"] == event) & (True if cause is None else events["cause"] == cause)]


def test_agencies_without_large_debts_become_dormant_and_others_close():
    for seed in range(4):
        record = run(seed)
        slept = events_of(record, Event.DORMANT)
        assert np.isin(slept["cause"], (Cause.NO_CONTRACT, Cause.NO_STAFF, Cause.NO_SUCCESSOR)).all()
        # What little was owed is paid, or lost, before.
        assert not slept["overdue_wages"].any()
        for cause in (Cause.INSOLVENT, Cause.LOW_RETURN):
            assert not (slept["cause"] == cause).any()


def test_without_prospects_all_dormant_agencies_are_struck_off():
    record = run(revival_rate=0.0, dormancy=3)
    slept, ended = events_of(record, Event.DORMANT), events_of(record, Event.CLOSED, Cause.STRUCK_OFF)
    assert len(slept) > 0
    assert not len(events_of(record, Event.REVIVED))
    ends = dict(zip(ended["agency"], ended["quarter"], strict=True))
    for agency, quarter in zip(slept["agency"], slept["quarter"], strict=True):
        if quarter + 3 < record.compiled.quarters:
            assert ends[agency] == quarter + 3


def test_remaining_money_goes_to_public_purposes():
    record = run(revival_rate=0.0)
    flows = used(record.world, "flows")
    for event in events_of(record, Event.CLOSED, Cause.STRUCK_OFF):
        mine = flows[(flows["payer"] == record.world.agencies[event["agency"]].account)]
        left = mine[(mine["quarter"] == event["quarter"])]
        assert left["amount"].sum() == event["cash"]
        assert (left["purpose"] == Purpose.RESIDUE).all()
        assert (account_holder(left["payee"])[0] == Party.PUBLIC_PURPOSES).all()


def test_a_revived_agency_has_two_people_and_its_money():
    woken = 0
    values = copy.deepcopy(BUSY)
    values["rules"]["closing"] |= {"revival_rate": 5.0}
    compiled = CompiledScenario.of(make_scenario(values))
    for seed in range(14):
        record = RunResult(compiled, seed, initialise(compiled, seed))
        asleep: dict[int, int] = {}
        for quarter in range(compiled.quarters):
            record.run_to(quarter + 1)
            agencies = used(record.world, "agencies")
            revived = events_of(record, Event.REVIVED)
            for event in revived[revived["quarter"] == quarter]:
                woken += 1
                assert event["persons"] == 2
                assert event["cash"] == asleep[event["agency"]]
                slept = events_of(record, Event.DORMANT)
                again = (slept["agency"] == event["agency"]) & (slept["quarter"] >= event["quarter"])
                assert agencies["stage"][event["agency"]] in (Stage.ACTIVE, Stage.CLOSED) or again.any()
            before, asleep = asleep, {}
            for a in np.flatnonzero(agencies["stage"] == Stage.DORMANT):
                asleep[int(a)] = int(agencies["cash"][a])
                # What is still owed for past work comes in; who sleeps spends nothing.
                assert asleep[int(a)] >= before.get(int(a), 0)
    assert woken >= 3


def test_dormant_agencies_are_paid_for_past_work():
    paid = 0
    values = copy.deepcopy(BUSY)
    # Founders give up as soon as a contract ends, and nobody lends against what is still owed for it.
    values["rules"]["closing"] |= {"revival_rate": 0.0, "dormancy": 80, "patience": 0, "give_up_rate": 5.0}
    values["rules"]["credit"] = {"months": 0}
    values["policies"] = [{"at": "2010-Q1", "set": {"payment.delay": 2}}]
    compiled = CompiledScenario.of(make_scenario(values))
    for seed in range(6):
        record = simulate(compiled, seed)
        agencies, contracts = used(record.world, "agencies"), used(record.world, "contracts")
        flows = used(record.world, "flows")
        dormant = agencies[agencies["stage"] == Stage.DORMANT]
        # Nothing is given up while the agency is on the register.
        assert not contracts["written_off"][np.isin(contracts["agency"], dormant["index"])].any()
        for event in events_of(record, Event.DORMANT):
            mine = flows[flows["payee"] == agencies["account"][event["agency"]]]
            late = mine[mine["quarter"] > event["quarter"]]
            assert np.isin(late["purpose"], DUES).all()
            paid += late["amount"].sum()
    assert paid > 0


def test_a_revived_agency_gets_its_memberships_back_if_free():
    values = copy.deepcopy(BUSY)
    values["rules"]["closing"] |= {"revival_rate": 5.0, "give_up_rate": 5.0}
    # Rich founders, who have the money that waking takes.
    values["rules"]["founding"] |= {"founder_cash": 400_000}
    for association in values["associations"].values():
        association["members"] = 3
    compiled = CompiledScenario.of(make_scenario(values))
    back, crowded_out = 0, 0
    for seed in range(24):
        record = RunResult(compiled, seed, initialise(compiled, seed))
        for quarter in range(compiled.quarters):
            belonged = used(record.world, "agencies")["association"].copy()
            record.run_to(quarter + 1)
            associations, sponsors = record.world.associations, record.world.sponsors
            assert (associations.members <= associations.members_limit).all()
            assert (sponsors.agencies <= sponsors.agencies_limit).all()
            now = used(record.world, "agencies")
            for event in events_of(record, Event.REVIVED):
                a = event["agency"]
                if event["quarter"] == quarter and a < len(belonged) and belonged[a] >= 0:
                    back += now["association"][a] == belonged[a]
                    crowded_out += now["association"][a] < 0
                    assert now["association"][a] >= 0 or not now["officers_in_common"][a]
    assert back > 0
    assert crowded_out > 0


def test_better_prospects_revive_more_agencies():
    # Waking takes money, which few sleepers have.
    rich = {"founder_cash": 400_000}
    few = sum(run(seed, founding=rich, revival_rate=0.1).sector.revivals.sum() for seed in range(8))
    many = sum(run(seed, founding=rich, revival_rate=5.0).sector.revivals.sum() for seed in range(8))
    assert many > few


def test_dormant_agencies_are_not_counted_as_active():
    sector = run(revival_rate=0.0, dormancy=20).sector
    assert sector.dormant.max() > 0
    record = run(revival_rate=0.0, dormancy=20)
    last = used(record.world, "agencies")
    assert sector.agencies[-1] == (last["stage"] == Stage.ACTIVE).sum()
    assert sector.dormant[-1] == (last["stage"] == Stage.DORMANT).sum()
