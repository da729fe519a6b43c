"""Contract assessment: which contracts are graded, the queue of assessors, effects of grades, and errors in files."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Status
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import load_scenario, make_scenario
from tests.invariants.world_invariants import inspected
from tests.support.assessed_town import SEEDS, THIRD_PARTY, mean, runs, shading, with_levers
from tests.support.busy_town import ASSESSED, BUSY
from tests.support.world_reading import used
from tests.unit.scenario.scenario_town import messages_of


def test_without_assessment_nothing_is_graded():
    for record in runs("none"):
        contracts = used(record.world, "contracts")
        assert not contracts["assessed"].any()
        assert not contracts["withheld"].any()
        assert not np.isin(used(record.world, "flows")["purpose"], (Purpose.ASSESSMENT, Purpose.CO_PAYMENT)).any()
        assert np.isnan(record.sector["grade"]).all()


def test_shading_falls_with_assessment():
    assert shading("unseen, watched") < 0.5 * shading("unseen")
    assert shading("unseen, watched") <= shading("unseen, internal") <= shading("unseen")


def test_too_few_assessors_delay_payment():
    assert mean("few assessors", "assessment_backlog") > 5
    assert mean("watched", "assessment_backlog") < 1
    assert mean("few assessors", "overdue_assessment") > 0.2
    assert mean("few assessors", "assessment_missed") > 0 == mean("watched", "assessment_missed")
    assert mean("few assessors", "third_party_coverage") < 0.8 * mean("watched", "third_party_coverage")
    assert mean("few assessors", "agencies_overdue") > mean("watched", "agencies_overdue")


def test_internal_grades_rise_with_the_relation():
    assert mean("internal", "grade") > mean("watched", "grade")


def test_low_grades_cost_money_renewals_and_access():
    renewed = 0
    for record in runs("strict"):
        contracts, events = used(record.world, "contracts"), used(record.world, "events")
        low = (contracts["assessed"] > 0) & (contracts["grade"] < 0.97) & ~contracts["waiting"]
        assert contracts["withheld"][low & (contracts["status"] == Status.COMPLETED)].sum() > 0
        ended = contracts["ends"][contracts["route"] == 1] - contracts["term"][contracts["route"] == 1]
        assert (ended >= 0).all()
        renewed += int((contracts["route"] == 1).sum())
        assert (events["event"] == Event.BARRED).any()
    before = sum(int((used(record.world, "contracts")["route"] == 1).sum()) for record in runs("watched"))
    assert renewed < 0.7 * before
    assert mean("strict", "withheld") > mean("watched", "withheld")
    assert mean("strict", "agencies_barred") > 0.5


def test_missing_hours_are_found_and_penalised():
    values = with_levers(BUSY, everywhere=THIRD_PARTY | {"payment.oversight": 0.0, "assessment.full": 0.0})
    values["rules"]["bidding"] = {"least_staffing": 0.5, "stake": 0}
    values["cities"]["Anping"]["government"]["assessors"] = {"capacity": 3}
    found = 0
    for seed in SEEDS:
        record = simulate(CompiledScenario.of(make_scenario(values)), seed)
        contracts, events = used(record.world, "contracts"), used(record.world, "events")
        caught = events[(events["event"] == Event.ASSESSED) & (events["cause"] == Cause.SHADING_CAUGHT)]
        found += len(caught)
        # Staff lists are checked, so little is enough (`assessing.least_found`).
        once = contracts[(contracts["assessed"] == 1) & ~contracts["waiting"] & (contracts["delivered_share"] >= 0.97)]
        # Without a cut-off, only missing hours cost money.
        assert not once["withheld"].any()
        assert (caught["party"] == Party.ASSESSOR).all()
    assert found > 0


def test_handover_hours_are_graded_although_they_serve_nobody():
    levers = THIRD_PARTY | {"procurement.renewal": 0.0, "contract.handover": 1.0}
    values = with_levers(BUSY, everywhere=levers, cities={"assessors.capacity": 40})
    values["rules"]["assessing"] = {"handover_time": 1.0}
    # What a stranger to clients achieves less is another question.
    values["rules"]["delivery"] = {"knowledge_weight": 0.0}
    base = values["rules"]["assessing"].setdefault("base_grade", 0.5)
    served, done = [], []
    for seed in SEEDS:
        record = simulate(CompiledScenario.of(make_scenario(values)), seed)
        contracts, panel = used(record.world, "contracts"), used(record.world, "panel")
        when, whose = used(record.world, "panel_rows").T
        begun = contracts["ends"] - contracts["term"]
        over = (
            (contracts["handover"] > 0) & (contracts["status"] == Status.COMPLETED) & (contracts["delivered_total"] > 0)
        )
        for contract, first in zip(contracts[over], begun[over], strict=True):
            year = (whose == contract["agency"]) & (when >= first) & (when < contract["ends"])
            quality = panel["quality"][year]
            served.append(contract["effective_total"] / contract["delivered_total"])
            done.append(quality.max())
            if contract["term"] == 4 and contract["year_ended"] == first + 3:
                low, high = (
                    contract["delivered_share"] * (base + (1 - base) * q) for q in (quality.min(), quality.max())
                )
                assert low - 1e-9 <= contract["performance"] <= high + 1e-9
    assert len(done) > 20
    # Nothing was delivered in the first of four quarters.
    assert np.mean(served) < 0.85 * np.mean(done)


def test_a_short_last_year_is_assessed_for_a_fee_in_proportion():
    levers = THIRD_PARTY | {"contract.term": 6, "assessment.cost": 0.1}
    values = with_levers(BUSY, everywhere=levers, cities={"assessors.capacity": 40})
    short = 0
    for seed in SEEDS:
        record = simulate(CompiledScenario.of(make_scenario(values)), seed)
        contracts, flows = used(record.world, "contracts"), used(record.world, "flows")
        for fee in flows[flows["purpose"] == Purpose.ASSESSMENT]:
            contract = contracts[fee["contract"]]
            quarters = 2 if fee["quarter"] == contract["ends"] - 1 else 4
            short += quarters == 2
            assert fee["amount"] <= round(0.1 * (contract["price"] * quarters // 4))
    assert short > 20


def test_every_quarter_of_an_assessed_town():
    met = set()
    for seed in range(3):
        _, inspector = inspected(make_scenario(ASSESSED), seed)
        met |= {event for event, _ in inspector.met}
    assert {"assessed", "barred", "handed-over", "shading-noticed"} <= met


def test_assessors_are_in_the_tables():
    record = simulate(CompiledScenario.of(make_scenario(ASSESSED), 12), 1)
    money = record.tables()["money"].to_pandas()
    assert set(money["payee"][money["purpose"] == "assessment"]) == {"Assessors of Anping"}


def test_professors_can_be_the_only_assessors():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["government"]["assessors"] = {"capacity": 0}
    values["cities"]["Anping"]["government"]["assessment"] = {"regime": "third-party"}
    values["colleges"]["Normal College"]["assessors"] = 3
    record = simulate(CompiledScenario.of(make_scenario(values)), 1)
    assert (record.world.assessors.capacity == 3).all()
    assert record.sector["assessed"].sum() > 0


def test_invariants_hold_in_beijing_with_assessment():
    scenario = load_scenario("beijing-2010").scenario
    inspected(scenario.model_copy(update={"quarters": 24}), 1)


CITY, EAST = "cities/Anping", "cities/Anping/districts/East"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [(EAST, {"government": {"assessment": {"passing": 0.85}}})],
            "cities.Anping.districts.East.government.assessment.passing: 0.85 is above 'renewable', 0.8; "
            "expected passing <= renewable <= full",
        ),
        (
            [("policies", [{"at": "2010-Q2", "set": {"assessment.full": 0.5, "assessment.renewable": 0.6}}])],
            "0.6 is above 'full', 0.5; expected passing <= renewable <= full",
        ),
        (
            [
                (f"{CITY}/government", {"assessors": {"capacity": 0}}),
                (EAST, {"government": {"assessment": {"regime": "third-party"}}}),
            ],
            "cities.Anping.districts.East.government.assessment.regime: there is no assessor in Anping: its contracts "
            "would never be paid; give its government 'assessors: {capacity: ...}', or a college "
            "'assessors: ...'",
        ),
        (
            [("policies", [{"at": "2010-Q2", "in": "cities", "set": {"payment.co_payment": 0.5}}])],
            "a city has no lever 'payment.co_payment'; it belongs to a district",
        ),
        (
            [("policies", [{"at": "2010-Q2", "set": {"assessment.regime": "thirdparty"}}])],
            "expected one of 'none', 'internal', 'third-party'",
        ),
    ],
)
def test_messages(changes: list[tuple[str, object]], message: str):
    problems = messages_of(*changes)
    assert len(problems) == 1
    assert message in problems[0]
