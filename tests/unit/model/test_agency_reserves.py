"""Agency reserves under prompt and late payment, without work, and by the price of a post."""

from __future__ import annotations

import copy

import numpy as np

from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Stage
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import load_scenario, make_scenario, read_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used

LATE = """
extends: beijing-2010
title: Beijing, whose purchasers pay late from the start
policies:
  - {{at: 2009-Q3, set: {{payment.delay: {delay}}}}}
"""


def test_prompt_payment_does_not_lower_reserves():
    reserves = []
    for delay in (0.0, 3.0):
        compiled = CompiledScenario.of(read_scenario(LATE.format(delay=delay)))
        runs = [simulate(compiled, seed, detailed=False).sector for seed in range(8)]
        reserves.append(np.mean([run.reserve_months[24:] for run in runs]))
    prompt, late = reserves
    assert prompt > late + 0.5


def test_a_director_alone_without_contracts_has_no_debts():
    values = copy.deepcopy(BUSY)
    values["rules"]["closing"] |= {"give_up_rate": 0.05}
    compiled = CompiledScenario.of(make_scenario(values))
    seen = 0
    for seed in range(4):
        record = RunResult(compiled, seed, initialise(compiled, seed))
        owed: dict[int, int] = {}
        lent: dict[int, int] = {}
        for quarter in range(compiled.quarters):
            record.run_to(quarter + 1)
            agencies = used(record.world, "agencies")
            debts = agencies["overdue_wages"] + agencies["overdue_bills"]
            alone = (agencies["stage"] == Stage.ACTIVE) & (agencies["staff"] == 1) & (agencies["contracts"] == 0)
            for a in np.flatnonzero(alone):
                seen += 1
                # Severance of this quarter may stay unpaid, and interest on an old loan takes what bills would need.
                interest = round(record.world.rules[0].credit_interest * lent.get(a, 0))
                assert debts[a] <= owed.get(a, 0) + agencies["severance"][a] + interest
            owed = dict(enumerate(debts.tolist()))
            lent = dict(enumerate(agencies["loan"].tolist()))
    assert seen > 20


def test_agencies_without_work_become_dormant_rather_than_close():
    compiled = CompiledScenario.of(load_scenario("guangzhou-centres").scenario)
    for seed in range(2):
        events = used(simulate(compiled, seed).world, "events")
        # Whoever owes wages when work is gone closes.
        idle = (events["cause"] == Cause.NO_CONTRACT) & (events["overdue_wages"] == 0)
        slept, closed = ((idle & (events["event"] == event)).sum() for event in (Event.DORMANT, Event.CLOSED))
        assert slept > 10 * closed


def test_posts_are_staffed_and_paid_per_person():
    compiled = CompiledScenario.of(load_scenario("shenzhen-posts").scenario)
    sector = simulate(compiled, 1, detailed=False).sector
    # In 2016, when the price of a post had risen by 2.66 % in each of eight years.
    year = slice(32, 36)
    price = 60000 * 1.0266**8
    # Observed: wages of 0.55 to 0.60 of the price (CDB 2018); young agencies still pay less.
    assert 0.53 <= sector.mean_pay[year].mean() * 12 / price <= 0.60
    # In money of the record, or in people: only people who fill posts are hired, beside those whom own money pays.
    staff = (sector.staff - sector.own_posts)[year].mean()
    assert 0.9 <= staff / (sector.running[year].mean() / price) <= 1.1
