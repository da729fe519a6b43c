"""Cities that begin to buy at a date or by the rule of adoption, budgets with a ceiling, registers and licences."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.choices import Form, Kind
from sim.declarations.state_codes import Stage
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import ScenarioError, make_scenario

STEADY = {"growth": 0.0, "cycle": 0.0, "pressure_response": 0.0, "budget": 1_000_000}
PRICES = {"price_growth": 0.1}
GOVERNMENT = {"procurement": STEADY, "contract": PRICES}

COUNTRY: dict[str, Any] = {
    "title": "Cities that begin to buy",
    "start": "2010-Q1",
    "quarters": 40,
    "fields": {"elderly": {}},
    "cities": {
        "Next": {
            "count": 30,
            "adopts": True,
            "government": GOVERNMENT,
            "districts": {"Only": {"communities": {"count": 2}, "government": GOVERNMENT}},
        }
    },
    "rules": {"adoption": {"rate": 0.03}},
}


def country(rules: dict[str, Any] | None = None, more: dict[str, Any] | None = None, **city: Any) -> dict[str, Any]:
    """The country with other rules of adoption, cities and policies."""
    values = copy.deepcopy(COUNTRY)
    values["cities"]["Next"].update(city)
    values["rules"]["adoption"].update(rules or {})
    values["cities"].update((more or {}).get("cities", {}))
    values["policies"] = (more or {}).get("policies", [])
    return values


def run(values: dict[str, Any], seed: int = 1) -> RunResult:
    return simulate(CompiledScenario.of(make_scenario(values)), seed)


def buying(values: dict[str, Any], seeds: int = 6) -> float:
    """Mean number of cities that buy, over seeds and quarters."""
    return float(np.mean([run(values, seed).sector.purchasing_cities for seed in range(seeds)]))


def test_a_city_buys_from_its_date_on_at_the_prices_of_then():
    values = country(count=1, adopts=False, begins="2013-Q1")
    sector = run(values).sector
    assert not sector.budget[:12].any()
    assert not sector.called[:12].any()
    assert list(sector.purchasing_cities[[0, 11, 12, 39]]) == [0, 0, 1, 1]
    # Two governments with a million each, in prices of 2010.
    assert sector.budget[12] == pytest.approx(2_000_000 * 1.1**3)
    assert sector.budget[16] == pytest.approx(sector.budget[12])


def test_a_date_before_the_start_is_the_start():
    early, plain = (run(country(count=1, adopts=False, **more)).sector for more in ({"begins": "2005-Q1"}, {}))
    assert early.tobytes() == plain.tobytes()


def test_without_a_rate_nobody_adopts_and_with_one_they_do_one_by_one():
    assert not run(country({"rate": 0.0})).sector.purchasing_cities.any()
    found = run(country()).sector.purchasing_cities
    assert found[0] == 0
    assert (np.diff(found) >= 0).all()
    assert 0 < found[-1] <= 30
    # Only at the start of a year.
    assert set(np.flatnonzero(np.diff(found)) % 4) == {3}


def test_the_rich_begin_earlier():
    def of_wealth(wealth: float) -> dict[str, Any]:
        district = {"communities": {"count": 2}, "government": GOVERNMENT, "wealth": wealth}
        return country(districts={"Only": district})

    assert buying(of_wealth(1.5)) > 1.3 * buying(of_wealth(0.7))
    assert buying(of_wealth(0.0)) == 0.0


def test_neighbours_that_buy_are_followed_only_in_their_region():
    first = {"districts": {"Only": {"communities": {"count": 1}}}, "region": "South", "count": 30}
    alone, same, other = (
        buying(country({"neighbours": 10.0}, {"cities": {"First": first}}, **more)) - 30
        for more in ({"region": "North"}, {"region": "South"}, {"region": "North", "adopts": True})
    )
    assert same > 1.5 * alone
    assert alone == other
    deaf = [
        buying(country({"neighbours": 0.0}, {"cities": {"First": first}}, region=region))
        for region in ("North", "South")
    ]
    assert deaf[0] == deaf[1]


def test_pressure_from_above_makes_cities_begin():
    asked = [{"at": "2012-Q1", "in": "cities", "set": {"adoption.pressure": 1.0}}]
    without, under = (run(country({"neighbours": 0.0}, {"policies": some})).sector for some in ([], asked))
    assert list(without.purchasing_cities[:8]) == list(under.purchasing_cities[:8])
    assert under.purchasing_cities[-1] > without.purchasing_cities[-1] + 3
    unmoved = run(country({"neighbours": 0.0, "mandate": 0.0}, {"policies": asked})).sector
    assert unmoved.tobytes() == without.tobytes()


def test_a_budget_levels_off_at_its_ceiling():
    def budgets(ceiling: float, growth: float = 0.5) -> np.ndarray:
        procurement = STEADY | {"growth": growth, "ceiling": ceiling, "budget": 200_000}
        government = {"procurement": procurement, "contract": PRICES}
        found = run(
            country(
                count=1,
                adopts=False,
                government=government,
                districts={"Only": {"communities": {"count": 2, "spread": 0.0}, "government": government}},
            )
        ).sector.budget[::4]
        return found / 1.1 ** np.arange(10)

    # Two governments that buy for the same 160 000 residents; their ceiling is 10 CNY each, in prices of 2010.
    real = budgets(10.0, 1.0)
    assert (np.diff(real) >= 0).all()
    assert (real < 3_200_000).all()
    assert real[-1] > 0.9 * 3_200_000
    assert budgets(0.0)[-1] == pytest.approx(400_000 * (1.5 / 1.1) ** 9)
    # Growth below that of prices is left alone, and a budget above its ceiling follows prices.
    assert budgets(10.0, 0.02) == pytest.approx(budgets(0.0, 0.02))
    assert budgets(0.5) == pytest.approx(np.full(10, 400_000.0))


def test_the_register_counts_nonprofits_that_are_dormant_too():
    values = make_scenario({"extends": "beijing-2010", "quarters": 24})
    found = simulate(CompiledScenario.of(values), 3)
    agencies = found.world.agencies[: found.world.clock[0].agencies]
    listed = (agencies.stage == Stage.ACTIVE) | (agencies.stage == Stage.DORMANT)
    registered = listed & (agencies.form == Form.REGISTERED) & (agencies.kind == Kind.NONPROFIT)
    assert found.sector.nonprofits_on_register[-1] == registered.sum()


def test_candidates_with_other_work_change_licences_and_nothing_else():
    plain, more = (
        run(country(count=1, adopts=False, labour=labour)).sector
        for labour in ({}, {"other_licensed": 1000, "other_candidates": 10_000, "other_growth": 0.2})
    )
    gained = more.licence_holders - plain.licence_holders
    assert gained[0] == 1000
    # A fifth pass, in the second quarter of a year.
    assert gained[1] == pytest.approx(3000, rel=0.1)
    assert gained[5] - gained[4] == pytest.approx(2400, rel=0.1)
    others = [name for name in plain.dtype.names if name != "licence_holders"]
    assert all(np.array_equal(plain[name], more[name], equal_nan=True) for name in others)


@pytest.mark.parametrize(
    ("city", "message"),
    [
        ({"begins": "2012-Q1", "adopts": True}, "cannot stand together"),
        ({"begins": "2012-Q3", "adopts": False}, "2013-Q1"),
    ],
)
def test_dates_that_cannot_be_kept_are_refused(city: dict[str, Any], message: str):
    with pytest.raises(ScenarioError, match=message):
        make_scenario(country(**city))
