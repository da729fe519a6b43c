"""Funding strategy: how agencies divide effort over sources, enter new ones, learn and forget."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import ASKED_SOURCES, Source
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import ROUNDING, used

PUBLIC = [Source.DISTRICT_CONTRACTS, Source.SPECIAL_FUND]
FOUND = [Source.INSTITUTIONS, Source.COMMISSIONS]
"""Sources that count as entered once they have paid, whether or not anybody looked for them."""

SOUGHT = [s for s in Source if s in ASKED_SOURCES and s not in FOUND]


def changed(strategy: dict[str, float], **more: Any) -> CompiledScenario:
    """The busy town, where management thinks otherwise."""
    values = copy.deepcopy(BUSY)
    values["rules"] |= {"strategy": {"opportunity": 0} | strategy} | more
    return CompiledScenario.of(make_scenario(values))


def neighbours(strategy: dict[str, float]) -> CompiledScenario:
    """The same with a sponsored agency of high sustainability, and a sister and an association that may imitate it."""
    values = copy.deepcopy(BUSY)
    gift = {"association": "East Association", "cash": 2e6, "staff": 8}
    values["agencies"]["Gift"] |= gift
    del values["agencies"]["Gift"]["sister"]
    values["agencies"]["Early"]["sister"] = "Gift"
    values["sponsors"]["Anping Works"] |= {"budget": 1e6, "patience": 100}
    values["rules"] |= {"strategy": {"entry_cost": 1_000, "opportunity": 0} | strategy}
    return CompiledScenario.of(make_scenario(values))


def entries(record: RunResult) -> np.ndarray:
    events = used(record.world, "events")
    return events[events["event"] == Event.ENTERED]


def histories(record: RunResult, name: str) -> dict[int, np.ndarray]:
    """What every agency had of something at the end of each quarter that it worked, in order."""
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    return {int(a): panel[name][rows[:, 1] == a] for a in np.unique(rows[:, 1])}


# --- Entering


@pytest.mark.parametrize("seed", range(3))
def test_without_drive_and_imitation_no_agency_diversifies(seed):
    record = simulate(changed({"drive": 0, "imitation": 0}), seed)
    assert len(entries(record)) == 0
    for known in histories(record, "capability").values():
        sought = known[:, SOUGHT]
        assert not (sought[:, sought[0] == 0] > 0).any()
    still = simulate(changed({"drive": 1, "imitation": 1}), seed)
    assert len(entries(still)) > 5


@pytest.mark.parametrize(("weight", "cause"), [("drive", Cause.DIVERSIFYING), ("imitation", Cause.IMITATION)])
def test_each_reason_to_enter_alone(weight, cause):
    found = [entries(simulate(neighbours({"drive": 0, "imitation": 0} | {weight: 1}), seed)) for seed in range(6)]
    assert sum(map(len, found)) >= 4
    assert {int(c) for events in found for c in events["cause"]} == {cause}


def test_imitation_enters_the_main_sources_of_a_more_sustainable_peer():
    seen = 0
    for seed in range(6):
        record = simulate(neighbours({"drive": 0, "imitation": 1}), seed)
        rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
        for entry in entries(record):
            before = panel[rows[:, 0] == entry["quarter"] - 1]
            (own,) = before[before["index"] == entry["agency"]]
            peers = before[before["sustainability"] > own["sustainability"]]
            circle = (peers["association"] == own["association"]) & (own["association"] >= 0)
            peers = peers[circle | (peers["index"] == own["sister"])]
            assert peers[f"income_{Source(entry['source']).name.lower()}"].any()
            seen += 1
    assert seen >= 4


def test_entry_costs_are_paid_once():
    again = 0
    for seed in range(6):
        record = simulate(changed({"drive": 1, "speed": 0.3, "give_up": 0.09, "entry_cost": 12_000}), seed)
        flows = used(record.world, "flows")
        paid = flows[flows["purpose"] == Purpose.ENTRY]
        recorded = entries(record)
        assert paid["amount"].tolist() == recorded["amount"].tolist()
        assert account_holder(paid["payer"])[1].tolist() == recorded["agency"].tolist()
        assert (account_holder(paid["payee"])[0] == Party.SUPPLIERS).all()
        known = histories(record, "capability")
        founded = {int(a): int(q) for a, q in enumerate(used(record.world, "agencies")["founded"])}
        for a in set(recorded["agency"].tolist()):
            for source in set(recorded["source"][recorded["agency"] == a].tolist()):
                mine = recorded["quarter"][(recorded["agency"] == a) & (recorded["source"] == source)] - max(
                    founded[a], 0
                )
                # Between two entries of one source it was given up, if only to be entered again at once.
                for one, two in pairwise(mine):
                    assert (known[a][one:two, source] == 0).any() or known[a][two, source] < known[a][two - 1, source]
                    again += 1
                assert (np.diff(mine) % 4 == 0).all()
    assert again > 0


def test_no_entry_without_spare_money():
    record = simulate(changed({"drive": 1, "imitation": 1, "entry_cost": 1e8}), 1)
    assert len(entries(record)) == 0
    # The highest cost that is allowed.
    assert len(entries(simulate(changed({"drive": 1, "imitation": 1, "entry_cost": 1e9}), 1))) == 0


def test_a_higher_entry_cost_means_fewer_entries():
    counts = [
        sum(len(entries(simulate(changed({"drive": 1, "entry_cost": c}), s))) for s in range(5)) for c in (0, 9e4)
    ]
    assert counts[0] > 1.3 * counts[1]


def test_a_new_source_takes_its_share_from_all_others():
    record = simulate(changed({"drive": 1, "first_effort": 0.25}), 2)
    rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
    (first, *_) = entries(record)
    (now,) = panel[(rows[:, 0] == first["quarter"]) & (rows[:, 1] == first["agency"])]
    assert now["effort"][first["source"]] == 0.25
    assert now["capability"][first["source"]] == record.world.rules[0].strategy_first_capability
    assert now["effort"].sum() == pytest.approx(1, abs=ROUNDING)


def test_no_source_is_entered_in_the_quarter_in_which_it_was_left():
    left = 0
    # Management that enters often and gives up soon, so that both often fall into one quarter.
    eager = {"drive": 1, "speed": 0.05, "give_up": 0.3, "first_effort": 0.3, "entry_cost": 100}
    for seed in range(12):
        record = simulate(changed(eager, closing={"comfortable_reserves": 0.1, "layoff_reserve": 0}), seed)
        rows, panel = used(record.world, "panel_rows"), used(record.world, "panel")
        known = {(a, quarter): row["capability"] > 0 for (quarter, a), row in zip(rows.tolist(), panel, strict=True)}
        for entry in entries(record):
            before = known.get((entry["agency"], entry["quarter"] - 1))
            assert before is None or not before[entry["source"]]
        for (a, quarter), now in known.items():
            left += (known.get((a, quarter - 1), now) & ~now).sum()
    assert left > 300


# --- Shifting effort


def test_at_full_speed_effort_is_the_income_of_the_quarters_before():
    compiled = changed({"speed": 1, "drive": 0, "imitation": 0})
    for government in compiled.world.governments:
        government.grants_matching = 0.0  # what is matched would count with the match
    record = RunResult(compiled, 3, initialise(compiled, 3))
    met = 0
    for quarter in range(20):
        incomes = used(record.world, "incomes").copy()
        incomes[:, record.world.clock[0].first_season + quarter & 3] = 0
        record.run_to(quarter + 1)
        agencies = used(record.world, "agencies")[: len(incomes)]
        for agency, income in zip(agencies, incomes[:, :, ASKED_SOURCES].sum(axis=1), strict=True):
            earned = np.where(agency["capability"] > 0, income, 0)
            stayed = agency["staff"] > agency["hired"] and agency["closed"] < 0
            if stayed and earned.sum() > 0 and agency["founded"] < quarter:
                np.testing.assert_allclose(agency["effort"], earned / earned.sum(), atol=1e-12)
                met += 1
    assert met > 50


def test_diversification_moves_effort_away_from_bids():
    base, driven = (simulate(changed({"drive": d, "imitation": 0}), 4).sector for d in (0, 1))
    assert np.nanmean(driven.bidding_effort) < np.nanmean(base.bidding_effort) - 0.02
    assert np.nanmean(driven.source_concentration) < np.nanmean(base.source_concentration)


def test_more_purchasing_crowds_fundraising_out():
    """Paired runs of Beijing: agencies that can live on contracts raise fewer donations."""
    efforts = {}
    for factor in (0.25, 1, 2):
        policies = [{"at": "2012-Q1", "set": {"procurement.budget_factor": factor}}]
        compiled = CompiledScenario.of(make_scenario({"extends": "beijing-2010", "policies": policies}))
        runs = [simulate(compiled, seed).sector for seed in range(12)]
        efforts[factor] = np.array([np.nanmean(run.fundraising_effort[16:]) for run in runs])
        before = np.array([run.fundraising_effort[:8] for run in runs])
        efforts[-factor] = before
    np.testing.assert_array_equal(efforts[-0.25], efforts[-2])
    # Most agencies of the base live on contracts already, so that twice the money changes less than half of it.
    assert (efforts[0.25] - efforts[1]).mean() > 0.02
    assert (efforts[0.25] - efforts[2]).mean() > (efforts[0.25] - efforts[1]).mean() + 0.002


# --- Learning


def test_capability_is_learned_by_doing_and_forgotten():
    fixed = {"speed": 0, "drive": 0, "imitation": 0, "learning": 0.3, "forgetting": 0.1, "give_up": 0}
    # No revivals: dormant agencies neither learn nor forget.
    # And no director leaves, who takes capability along.
    record = simulate(changed(fixed, closing={"dormancy": 0}, shocks={"director_rate": 0}), 5)
    efforts = histories(record, "effort")
    founded = used(record.world, "agencies")["founded"]
    hired = histories(record, "hired")
    people = {a: staff - hired[a] for a, staff in histories(record, "staff").items()}
    for a, known in histories(record, "capability").items():
        effort = efforts[a][0]
        np.testing.assert_array_equal(efforts[a], np.broadcast_to(effort, efforts[a].shape))
        doing = 0.3 * effort / (effort + record.world.rules[0].strategy_half_learning_effort)
        expected = np.where(known[0] > 0, record.world.rules[0].strategy_founding_capability, 0.0)
        for quarter, found in enumerate(known):
            # Founders begin with it in their first quarter; without staff there is no learning.
            if (quarter > 0 or founded[a] < 0) and people[a][quarter] > 0:
                expected = expected + doing * (1 - expected) - 0.1 * expected
            np.testing.assert_allclose(found[SOUGHT], expected[SOUGHT], atol=1e-12)
        if len(known) > 30:
            learned = np.where(known[0] > 0, doing / (doing + 0.1), 0)
            np.testing.assert_allclose(found[SOUGHT], learned[SOUGHT], atol=0.02)


def test_capability_in_an_entered_source_stays_above_a_minimum():
    record = simulate(changed({"learning": 0, "forgetting": 1, "speed": 1}), 6)
    for known in histories(record, "capability").values():
        assert (known[:, PUBLIC] >= 0.01).all()
    for effort in histories(record, "effort").values():
        np.testing.assert_allclose(effort.sum(axis=1), 1, atol=ROUNDING)


def test_founders_begin_with_the_available_sources():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["donors"] = {"pool": 0}
    values["rules"] |= {"fees": {"rate": 0}, "strategy": {"drive": 0, "imitation": 0}}
    record = simulate(CompiledScenario.of(make_scenario(values)), 1)
    for known in histories(record, "capability").values():
        assert not known[:, [Source.DONATIONS, Source.FEES, Source.GRANTS]].any()
        assert not known[0, FOUND].any()
    rich = simulate(changed({"drive": 0, "imitation": 0}), 1)
    agencies = used(rich.world, "agencies")
    begun = {a: known[0] > 0 for a, known in histories(rich, "capability").items()}
    for a, sources in begun.items():
        nonprofit_group = agencies["origin"][a] == 2 and agencies["kind"][a] == 0
        # Founders of nonprofits may see donors; who is there from the start has what its origin brings.
        sees_donors = agencies["founded"][a] > 0 and agencies["kind"][a] == 0 and sources[Source.DONATIONS]
        assert sources[Source.DONATIONS] == (nonprofit_group or sees_donors)
        assert sources[Source.FEES]
    assert any(sources[Source.DONATIONS] for sources in begun.values())
    assert begun[rich.compiled.names["agency"].index("Gift")][Source.SPONSORSHIP]


def test_a_source_that_pays_is_not_left():
    for seed in range(3):
        record = simulate(changed({"give_up": 0.1, "speed": 0.5}, giving={"search": 1}), seed)
        known, income = histories(record, "capability"), histories(record, "income_sponsorship")
        for a in known:
            left = (known[a][1:, Source.SPONSORSHIP] == 0) & (known[a][:-1, Source.SPONSORSHIP] > 0)
            # Strategy is chosen before the quarter's money comes: what it saw is part of the year before.
            assert not (left & (income[a][:-1] > 0) & (income[a][1:] > 0)).any()


def test_beijing_depends_mostly_on_contracts():
    record = simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario), 1)
    assert 0.5 < record.sector.bidding_effort[-1] < 1
    assert 0 < record.sector.fundraising_effort[-1] < 0.3
