"""Outcome invariants: what must hold for the outcomes of a quarter."""

from __future__ import annotations

import numpy as np

from sim.declarations.choices import Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.outcome_type import Outcome
from sim.declarations.sector_outcomes import SECTOR
from sim.declarations.state_codes import Stage
from sim.model.state.world import World
from tests.support.world_reading import used, within

UNWRITTEN = -1.25e300
"""What stands in the series of outcomes before anything is written."""


def check_outcomes(world: World, events: np.ndarray, quarter: int) -> None:
    """Every outcome was written; what is undefined says so because there is nothing to measure."""
    row = world.sector[quarter]
    for outcome in SECTOR:
        value = float(row[outcome.name])
        assert value != UNWRITTEN, f"{outcome.name} was not written"
        if np.isnan(value):
            assert nothing_to_measure(outcome, row), f"{outcome.name} is undefined"
        else:
            assert np.isfinite(value), outcome.name
            if outcome.unit in ("0-1", "share"):
                assert within(np.array(value)), f"{outcome.name} is {value}"
    agencies = used(world, "agencies")
    active = agencies["stage"] == Stage.ACTIVE
    assert row.agencies == active.sum() == row.agencies_nonprofit + row.agencies_for_profit
    assert row.agencies == row.agencies_registered + row.agencies_attached + row.agencies_commercial_form
    assert row.agencies == sum(row[f"agencies_{name}"] for name in BY_ORIGIN)
    assert row.operating == agencies["operating"].sum() == row.agencies - row.idle_shells
    placed = [row[f"plane_{name}"] for name in ("ia", "da", "it", "dt")]
    assert np.isnan(placed).all() or np.isclose(sum(placed), 1.0)
    assert row.staff == agencies["staff"][active].sum()
    # A named agency that begins during the run is founded then.
    founded = events[(events["event"] == Event.FOUNDED) & ((events["cause"] != Cause.AT_START) | (quarter > 0))]
    assert row.foundings == len(founded)
    assert row.conversions == (agencies["origin"][founded["agency"]] == Origin.CONVERTED).sum()
    assert row.closures == (events["event"] == Event.CLOSED).sum()


BY_ORIGIN = ("college", "spin_off", "converted", "corporate", "government", "investor")


OF_SOME = ("operational_autonomy_", "plane_", "design_", "judgement_", "sustainability_staff", "sustainability_w")
OF_SOME += ("own_work_share", "client_knowledge", "effective_per_hour")
OF_ALL = ("agencies_overdue", "bidding_effort", "fundraising_effort", "sponsored", "agencies_in_debt")
OF_ALL += ("reserves_above_year",)


def nothing_to_measure(outcome: Outcome, row: np.record) -> bool:
    """Whether a formula's denominator is zero: the only reason for an outcome to be undefined."""
    name = outcome.name
    if name in (
        "moved_share",
        "bidders",
        "fund_via_associations",
        "incumbent_wins",
        "price_to_ceiling",
        "promised_to_asked",
        "won_under_cost",
        "belief_gap",
        "planned_staffing",
        "fund_alone",
        "districts_alone",
        "closure_hazard",
        "turnover",
        "first_year_turnover",
        "unfilled_posts",
    ):
        return True  # lots, awards, posts and leavers of the quarter are not outcomes themselves
    if name in ("grade", "found_missing", "overdue_assessment"):
        return bool(row.overdue_income == 0 if name == "overdue_assessment" else row.assessed == 0)
    if name == "third_party_coverage":
        return True  # nor is what came up for assessment
    if name in (
        "government_share",
        "government_share_median",
        "concentration",
        "source_concentration",
        "hours_per_income",
        "reserves_to_cost",
        "firm_return",
    ) or name.startswith(("resource_independence_", "independence_")):
        return True  # nor is who had income
    if name.startswith(OF_SOME):
        return True  # nor who had hours, staff or income
    if name.startswith(("quality_", "staffing_")):
        return True  # nor whose hours were promised or delivered
    if name in ("for_profit_share", "overdue_to_purchase", "gini", "top_decile"):
        return bool(row.running == 0)
    if name == "budget_need_gap":
        return bool(row.budget == 0)
    if name in ("tenure", "wage", "wage_ratio", "mean_pay"):
        return bool(row.staff == 0)
    if name in ("cost_per_effective_hour", "community_continuity", "unbroken_years"):
        return bool(row.effective_hours == 0 or row.communities_served == 0)
    if name.endswith(("_mean", "_median", "_p10", "_p90", "reserve_months", "three_sources")):
        return bool(row.operating == 0)
    return name in OF_ALL and bool(row.agencies == 0)
