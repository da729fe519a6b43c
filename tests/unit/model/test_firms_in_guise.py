"""Firms in guise: what purchasers take them for, and how they are found out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Channel
from sim.run import RunResult, simulate
from tests.support.oracle_town import districts, everywhere, town
from tests.support.world_reading import used

STRICT = (
    everywhere("assessment.passing", 0.97)
    | everywhere("assessment.renewable", 0.98)
    | everywhere("assessment.full", 1.0)
)
"""Grades that nobody gets."""

HIDDEN = {
    "rules.founding.for_profit_rate": 5.0,
    "rules.founding.hurdle": -0.5,
    "rules.founding.disguise": 1.0,
    "rules.founding.join_probability": 1.0,
    "generated.Firms.count": 0,
    "quarters": 20,
    **districts("registration.openness", 1.0),
    **districts("registration.inspection", 0.0),
    **everywhere("payment.oversight", 0.0),
    **everywhere("contract.hourly_price", 70.0),
}


def run(changes: dict[str, Any], seed: int = 1) -> RunResult:
    return simulate(town(HIDDEN | changes), seed)


def contracts_of_firms(record: RunResult) -> np.ndarray:
    contracts = used(record.world, "contracts")
    signed = contracts[contracts["agency"] >= 0]
    return signed[used(record.world, "agencies")["kind"][signed["agency"]] == Kind.FOR_PROFIT]


def revealed(record: RunResult) -> np.ndarray:
    events = used(record.world, "events")
    return events[events["event"] == Event.REVEALED]


def test_a_firm_in_guise_enters_where_firms_are_barred_and_holds_the_fund_too():
    barred = districts("for_profits.admission", "barred")
    held = contracts_of_firms(run(barred))
    assert {Channel.SPECIAL_FUND, Channel.DISTRICT} <= set(held["channel"].tolist())
    assert not len(contracts_of_firms(run(barred | {"rules.founding.disguise": 0.0})))


def test_an_open_firm_neither_holds_the_fund_nor_joins_an_association():
    record = run({"rules.founding.disguise": 0.0})
    assert Channel.DISTRICT in contracts_of_firms(record)["channel"]
    assert Channel.SPECIAL_FUND not in contracts_of_firms(record)["channel"]
    firms = used(record.world, "agencies")
    assert (firms["association"][firms["kind"] == Kind.FOR_PROFIT] == -1).all()
    assert not record.sector.firms_in_guise.any()


def test_who_looks_finds_firms_out_and_nobody_else_does():
    assert not len(revealed(run({})))
    inspected = revealed(run(districts("registration.inspection", 1.0)))
    assert set(inspected["cause"].tolist()) == {Cause.INSPECTED}
    open_posts = everywhere("payment.oversight", 0.5) | {"rules.people.quit_rate": 0.4, "cities.Town.labour.pool": 10}
    noticed = [revealed(run(open_posts | {"rules.standing.exposure": 1.0}, seed))["cause"] for seed in range(4)]
    assert set(np.concatenate(noticed).tolist()) == {Cause.NOT_DELIVERED}
    asked = everywhere("assessment.regime", "third-party") | everywhere("assessment.coverage", 1.0)
    caught = revealed(run(asked | {"rules.standing.exposure": 1.0}))
    assert Cause.SHADING_CAUGHT in caught["cause"]
    strict = asked | STRICT
    graded = revealed(run(strict | {"rules.standing.exposure": 1.0}))
    assert Cause.LOW_GRADE in graded["cause"]


def test_who_is_found_out_wins_nothing_more_where_firms_are_barred():
    record = run(districts("for_profits.admission", "barred") | districts("registration.inspection", 1.0))
    found_out = revealed(record)
    assert len(found_out)
    contracts = used(record.world, "contracts")
    for event in found_out:
        later = contracts[(contracts["agency"] == event["agency"]) & (contracts["called"] > event["quarter"])]
        assert not len(later)


def test_guises_that_are_found_out_keep_the_contracts_that_run():
    record = run(districts("registration.inspection", 1.0))
    assert (revealed(record)["contracts"] > 0).any()
    broken = contracts_of_firms(record)
    assert len(broken)


@pytest.mark.parametrize("regime", ["internal", "third-party"])
def test_poor_grades_wear_down_the_relation_with_the_purchaser(regime):
    graded = everywhere("assessment.regime", regime) | everywhere("assessment.full", 1.0)
    graded |= everywhere("assessment.coverage", 1.0) | everywhere("assessment.passing", 0.8)
    relations = []
    for penalty in (0.0, 1.0):
        runs = [run(graded | {"rules.standing.grade_penalty": penalty, "quarters": 10}, seed) for seed in range(4)]
        relations.append(np.mean([used(one.world, "panel")["relation"].mean() for one in runs]))
    assert relations[0] > relations[1]
