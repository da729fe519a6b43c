"""Measures of agencies, computed again from the rows of a run: independence, autonomy, sustainability, who operates."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declarations.choices import Form
from sim.declarations.state_codes import Level, Quadrant
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, load_scenario, make_scenario
from tests.support.oracle_town import everywhere, town

QUARTERS = 40


@pytest.fixture(scope="module")
def record() -> RunResult:
    return simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario, quarters=QUARTERS), seed=10)


@pytest.fixture(scope="module")
def panel(record: RunResult) -> np.ndarray:
    return record.world.panel[: int(record.world.clock[0].panel)]


def test_resource_independence_is_what_payers_reserves_and_standing_make_it(record, panel):
    rules = record.world.rules[0]
    dependence = rules.resource_public * panel.government_share + (1 - rules.resource_public) * panel.concentration
    bridge = rules.resource_bridge / (rules.resource_bridge + np.maximum(panel.reserve_year, 0))
    expected = (1 - dependence * bridge) * (1 - rules.resource_legal * (1 - panel.governance))
    earning = panel.income_year > 0
    np.testing.assert_allclose(panel.resource_independence[earning], expected[earning])
    assert np.isnan(panel.resource_independence[~earning]).all()
    assert (~earning).any()
    assert (panel.governance[panel.form == Form.ATTACHED] <= rules.independence_attached).all()


def test_operational_autonomy_is_the_mean_of_its_parts(panel):
    parts = np.array([panel.own_share, panel.judgement, panel.time, panel.voice])
    np.testing.assert_allclose(panel.operational_autonomy, parts.mean(axis=0))
    np.testing.assert_allclose(panel.autonomy_without_voice, parts[:3].mean(axis=0))
    np.testing.assert_allclose(panel.time, 1 - panel.administrative)
    served = panel.delivered + panel.extra_hours + panel.own_hours
    np.testing.assert_allclose(panel.judgement, 1 - panel.hours_off_mission / np.where(served > 0, served, np.nan))


def test_the_composite_needs_both(panel):
    expected = np.sqrt(np.maximum(panel.resource_independence, 0.01) * np.maximum(panel.operational_autonomy, 0.01))
    np.testing.assert_allclose(panel.independence, expected)
    assert (np.isnan(panel.independence) == (panel.quadrant == Quadrant.UNDEFINED)).all()


def test_quadrants_are_cut_at_the_limits(record, panel):
    rules = record.world.rules[0]
    placed = panel[panel.quadrant != Quadrant.UNDEFINED]
    independent = np.isin(placed.quadrant, (Quadrant.INDEPENDENT_AUTONOMOUS, Quadrant.INDEPENDENT_TIED))
    autonomous = np.isin(placed.quadrant, (Quadrant.INDEPENDENT_AUTONOMOUS, Quadrant.DEPENDENT_AUTONOMOUS))
    assert (independent == (placed.resource_independence >= rules.plane_resource)).all()
    assert (autonomous == (placed.operational_autonomy >= rules.plane_autonomy)).all()


def test_sustainability_has_no_cliffs(record, panel):
    rules = record.world.rules[0]
    bridge = rules.sustainability_bridge / (rules.sustainability_bridge + np.maximum(panel.reserve_year, 0))
    lost = rules.sustainability_loss**panel.line_mean * (1 + panel.staff_mean) ** -rules.sustainability_size
    np.testing.assert_allclose(panel.sustainability, 1 - bridge * lost)
    rows = record.world.panel_rows[: len(panel), 1]
    jumps = np.concatenate([np.abs(np.diff(panel.sustainability[rows == a])) for a in np.unique(rows)])
    assert np.mean(jumps) < 0.03
    assert np.mean(jumps > 0.2) < 0.01


def test_idle_shells_are_at_work_alone_and_without_a_contract(panel):
    shells = panel[~panel.operating]
    assert len(shells) > 0
    assert (shells.staff <= 1).all()
    assert (shells.contracts == 0).all()


def test_voice_is_a_level_from_the_first_quarter_on_and_never_above_openness():
    heard = simulate(town({"quarters": 24, **everywhere("procurement.openness", 0.6)}), seed=3)
    voice = heard.sector.voice_mean
    assert voice[0] > 0
    # It does not fade when the split has come nearer to what is wished.
    assert voice[-4:].mean() > 0.8 * voice[:4].mean()
    assert (heard.world.panel[: int(heard.world.clock[0].panel)].voice <= 0.6).all()
    deaf = simulate(town({"quarters": 8, **everywhere("procurement.openness", 0.0)}), seed=3)
    assert (deaf.sector.voice_mean == 0).all()


def test_judgement_counts_from_the_mission_at_founding(panel):
    founding = panel.founding_mission
    assert ((founding >= 0) & (founding <= 1)).all()
    drifted = np.abs(panel.mission - founding) > 0.1
    assert drifted.any()
    assert np.nanmean(panel.judgement[drifted]) < np.nanmean(panel.judgement[~drifted])


def test_autonomy_without_any_weight_is_an_error():
    none = dict.fromkeys(("design", "judgement", "time", "voice"), 0)
    with pytest.raises(ScenarioError, match="all weights of operational autonomy are 0"):
        make_scenario({"extends": "beijing-2010", "rules": {"autonomy": none}})


def test_hearing_of_a_city_is_over_all_its_districts(record):
    panel = record.world.government_panel[-1]
    city = panel.level == Level.CITY
    assert (panel.hearing[city] > 0).all()
