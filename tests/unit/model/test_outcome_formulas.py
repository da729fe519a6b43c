"""Outcome formulas of the model description, computed again from the panel data of a run."""

from __future__ import annotations

import numpy as np
import pytest

from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Level, Quadrant, Route, Status
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import load_scenario

QUARTERS = 40
BIDDING = [Source.DISTRICT_CONTRACTS, Source.SPECIAL_FUND, Source.INSTITUTIONS]


@pytest.fixture(scope="module")
def record() -> RunResult:
    return simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario, quarters=QUARTERS), seed=5)


def agencies(record: RunResult, quarter: int) -> np.ndarray:
    used = int(record.world.clock[0].panel)
    return record.world.panel[:used][record.world.panel_rows[:used, 0] == quarter]


def ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan


def quantile(values: np.ndarray, share: float) -> float:
    """Of the agencies of which it is defined."""
    known = values[~np.isnan(values)]
    return float(np.quantile(known, share)) if len(known) else np.nan


def weighted(values: np.ndarray, weights: np.ndarray) -> float:
    """Mean over the agencies of which it is defined."""
    known = ~np.isnan(values)
    return ratio((values * weights)[known].sum(), weights[known].sum())


@pytest.mark.parametrize("quarter", [0, 3, 17, QUARTERS - 1])
def test_outcomes_of_agencies(record: RunResult, quarter: int) -> None:
    a, row = agencies(record, quarter), record.sector[quarter]
    earning = a[a.income_year > 0]
    served = a.delivered + a.extra_hours + a.own_hours
    money = a.cash - a.overdue_wages - a.overdue_bills - a.loan - a.advance
    o = a[a.operating]
    living = o[o.income_year > 0]
    by_contracts = a.income_special_fund + a.income_district_contracts + a.income_institutions
    won = (a.contracts > 0) & (by_contracts > 0)
    by_fund = a.income_special_fund[won] / by_contracts[won]
    expected = {
        "agencies": len(a),
        "closure_hazard": ratio(row.closures, row.agencies + row.dormant + row.closures - row.foundings),
        "government_share": ratio((earning.income_year * earning.government_share).sum(), earning.income_year.sum()),
        "operating": ((a.staff >= 2) | (a.contracts > 0)).sum(),
        "idle_shells": len(a) - len(o),
        "concentration": ratio(living.concentration.sum(), len(living)),
        "government_share_median": quantile(living.government_share, 0.5),
        "service_hours": served.sum(),
        "extra_hours": a.extra_hours.sum(),
        "own_posts": a.own_posts.sum(),
        "own_work_share": ratio(a.own_hours.sum(), served.sum()),
        "hours_per_income": ratio(4 * served.sum(), earning.income_year.sum() / 100_000),
        "returned": a.returned.sum() / 100,
        "advances": a.support.sum() / 100,
        "loans": a.loan.sum() / 100,
        "agencies_in_debt": (money < 0).mean(),
        "reserves_above_year": (a.reserve_months > 12).mean(),
        "reserves_to_cost": money.sum() / (4 * a.cost.sum()),
        "cost_per_effective_hour": ratio(a.cost.sum() / 100, a.effective.sum()),
        "effective_per_hour": ratio(a.effective.sum(), served.sum()),
        "client_knowledge": ratio(a.known_hours.sum(), (served - a.handover_hours).sum()),
        "overdue_to_purchase": ratio(a.overdue_income.sum() / 100, row.running),
        "turnover": 4 * ratio(a.quits.sum(), (a.staff + a.quits).sum()),
        "first_year_turnover": 4
        * ratio(a.first_year_quits.sum(), (a.staff - a.settled).sum() + a.first_year_quits.sum()),
        "tenure": ratio(a.tenure.sum() / 4, a.staff.sum()),
        "wage": ratio((a.wage * a.staff).sum() / 100, a.staff.sum()),
        "source_concentration": ratio(living.source_concentration.sum(), len(living)),
        "three_sources": ratio((o.sources >= 3).sum(), len(o)),
        "sponsored": (a.sponsor >= 0).mean(),
        "bidding_effort": a.effort[:, BIDDING].sum() / len(a),
        "fundraising_effort": a.effort[:, Source.DONATIONS].mean(),
        "placements": a.placements.sum(),
        "supervisors": a.supervisors.sum(),
        "diverted_hours": a.diverted.sum(),
        "planned_staffing": ratio(a.planned.sum(), a.committed.sum()),
        "fund_alone": ratio((by_fund >= 0.95).sum(), len(by_fund)),
        "districts_alone": ratio((by_fund <= 0.05).sum(), len(by_fund)),
        "agencies_barred": (a.barred_until >= quarter).sum(),
        "overdue_assessment": ratio(a.overdue_assessment.sum(), a.overdue_income.sum()),
        "independence_median": quantile(o.independence, 0.5),
        "independence_p10": quantile(o.independence, 0.1),
        "resource_independence_p50": quantile(o.resource_independence, 0.5),
        "resource_independence_staff": weighted(o.resource_independence, o.staff),
        "resource_independence_value": weighted(o.resource_independence, o.income_year),
        "operational_autonomy_p10": quantile(o.operational_autonomy, 0.1),
        "operational_autonomy_staff": weighted(o.operational_autonomy, o.staff),
        "sustainability_p90": quantile(o.sustainability, 0.9),
        "sustainability_staff": weighted(o.sustainability, o.staff),
        "sustainability_weighted": weighted(o.sustainability, o.income_year),
        "judgement_mean": np.nanmean(o.judgement),
        "voice_mean": o.voice.mean(),
        "contract_cover_median": quantile(o.contract_cover, 0.5),
        "plane_da": ratio((o.quadrant == Quadrant.DEPENDENT_AUTONOMOUS).sum(), (o.quadrant != 0).sum()),
    }
    for name, value in expected.items():
        assert row[name] == pytest.approx(value, rel=1e-9, nan_ok=True), name


@pytest.mark.parametrize("quarter", [0, 3, 17, QUARTERS - 1])
def test_outcomes_of_communities_and_calls(record: RunResult, quarter: int) -> None:
    world, row = record.world, record.sector[quarter]
    c = world.community_panel[quarter]
    served = c.hours > 0
    before = world.community_panel[quarter - 1].disruptions.sum() if quarter > 0 else 0
    g, y = world.government_panel[quarter], world.city_panel[quarter]
    unmet = (world.unmet_panel[quarter] * world.needs.load).sum(axis=0) / world.needs.load.sum(axis=0)
    lots = world.contracts[: int(world.clock[0].contracts)]
    lots = lots[(lots.called == quarter) & (lots.route != Route.RENEWAL)]
    expected = {
        "unmet_need": (c.unmet * c.load).sum() / c.load.sum(),
        "strength": (c.strength * c.residents).sum() / c.residents.sum(),
        "community_continuity": ratio(c.continuity[served].sum(), served.sum()),
        "unbroken_years": ratio(c.unbroken_years[served].sum(), served.sum()),
        "communities_served": served.mean(),
        "disruptions": c.disruptions.sum() - before,
        "bidders": ratio(lots.bidders.sum(), len(lots)),
        "budget": g.budget.sum() / 100,
        "worst_unmet": unmet.max(),
        "dormant": y.dormant.sum(),
        "revivals": y.revived.sum(),
        "assessed": g.graded.sum(),
        "found_missing": ratio(g.found_missing.sum(), g.graded.sum()),
        "grade": ratio(g.grades.sum(), g.graded.sum()),
        "withheld": g.withheld.sum() / 100,
        "handovers": g.handovers.sum(),
        "co_payments": g.co_payments[g.level == Level.CITY].sum() / 100,
        "grants_core": g.core_grants.sum() / 100,
        "direct_staff": g.direct_staff.sum(),
    }
    for name, value in expected.items():
        assert row[name] == pytest.approx(value, rel=1e-9, nan_ok=True), name


def test_inequality_of_contract_value(record: RunResult) -> None:
    world, row = record.world, record.sector[-1]
    contracts = world.contracts[: int(world.clock[0].contracts)]
    running = contracts[contracts.status == Status.RUNNING]
    used = int(world.clock[0].panel)
    last = world.panel_rows[:used, 1][world.panel_rows[:used, 0] == QUARTERS - 1]
    z = np.sort([running.price[running.agency == one].sum() for one in last])
    n = len(z)
    assert row.gini == pytest.approx(((2 * np.arange(1, n + 1) - n - 1) * z).sum() / (n * z.sum()))
    assert row.top_decile == pytest.approx(z[n - (n + 9) // 10 :].sum() / z.sum())


def test_distance_of_budgets_from_need(record: RunResult) -> None:
    world, row = record.world, record.sector[-1]
    gaps = []
    for g, government in enumerate(world.governments):
        places = slice(government.first_community, government.first_community + government.communities)
        hours = (world.needs.unmet * world.needs.load)[places].sum(axis=0)
        gaps.append(0.5 * np.abs(world.split[g] - hours / hours.sum()).sum())
    assert row.budget_need_gap == pytest.approx(np.average(gaps, weights=world.governments.budget))


def test_instalments_add_up_to_the_price(record: RunResult) -> None:
    contracts = record.world.contracts[: int(record.world.clock[0].contracts)]
    done = contracts[contracts.status == Status.COMPLETED]
    assert len(done) > 50
    assert (done.due + done.taken_off == done.price * done.term // 4).all()
