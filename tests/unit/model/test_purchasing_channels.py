"""Purchasing channels: effects of each lever, and limits that hold."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from sim.declarations.accounts import Party, Purpose, account_number
from sim.declarations.choices import ContractForm, Form, Kind
from sim.declarations.events_and_causes import Event
from sim.declarations.state_codes import Channel, Status
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import make_scenario
from tests.invariants.world_invariants import inspected
from tests.support.world_reading import used

TOWN: dict[str, Any] = {
    "title": "A town",
    "start": "2010-Q1",
    "quarters": 24,
    "fields": {"elderly": {}, "youth": {}},
    "cities": {
        "Anping": {
            "government": {"procurement": {"budget": 800_000}, "contract": {"value": 80_000}},
            "each_district": {
                "communities": {"count": 3, "residents": 60_000},
                "government": {"procurement": {"budget": 2_000_000}, "contract": {"value": 120_000}},
            },
            "districts": {"East": {}, "West": {}},
            "labour": {"pool": 150, "graduates": 60},
        }
    },
    "associations": {"Association": {"city": "Anping"}},
    "sponsors": {"Works": {"city": "Anping", "budget": 200_000}},
    "agencies": {
        "Member": {"district": "East", "association": "Association", "staff": 8},
        "Alone": {"district": "East", "staff": 8, "sponsor": "Works"},
        "Guest": {"district": "West", "association": "Association", "form": "attached", "staff": 5},
        "West Side": {"district": "West", "staff": 8},
    },
    "institutions": {"homes": {"field": "elderly", "count": 2}, "schools": {"field": "youth", "form": "post"}},
    "rules": {"founding": {"join_probability": 0.0}},
}


def town(district: dict[str, Any] | None = None, city: dict[str, Any] | None = None, **changes: Any) -> RunResult:
    """Inspected run of the town, with levers of its districts and of the city by dotted names."""
    values = copy.deepcopy(TOWN) | changes
    place = values["cities"]["Anping"]
    for government, levers in ((place["each_district"]["government"], district), (place["government"], city)):
        for key, value in (levers or {}).items():
            *groups, last = key.split(".")
            inner = government
            for group in groups:
                inner = inner.setdefault(group, {})
            inner[last] = value
    record, _ = inspected(make_scenario(values), 1)
    return record


SHARES = "procurement.shares."


def flows_for(record: RunResult, purpose: Purpose) -> np.ndarray:
    """Flows of a purpose."""
    flows = used(record.world, "flows")
    return flows[flows["purpose"] == purpose]


@pytest.fixture(scope="module")
def base() -> RunResult:
    return town()


def test_without_shares_institutions_do_nothing(base):
    bare = town(institutions={})
    assert base.sector.tobytes() == bare.sector.tobytes()
    for purpose in (Purpose.ALLOTMENT, Purpose.INSTITUTIONAL, Purpose.COMMISSION, Purpose.DIRECT_WAGES):
        assert not len(flows_for(base, purpose))


@pytest.mark.parametrize("channel", ["institutions", "commissions", "grants", "direct_hiring"])
def test_a_share_leaves_less_for_own_contracts(base, channel):
    record = town({SHARES + channel: 0.4})
    district = record.world.government_panel[:, 1]
    assert (district.own_budget <= 0.6 * district.budget + 2).all()
    assert (district.own_budget >= 0.6 * district.budget - 2).all()
    # Of one district alone chance decides as much; and until agencies have grown, staff are scarcer than money.
    districts = [one.world.government_panel["running"][-8:, 1:] for one in (record, base)]
    assert districts[0].mean() < districts[1].mean()


# --- Institutions --------------------------------------------------------------------------------------------


def test_institutions_buy_in_their_field_with_their_own_money():
    record = town({SHARES + "institutions": 0.4})
    contracts = used(record.world, "contracts")
    theirs = contracts[contracts["institution"] >= 0]
    assert {ContractForm.PROJECT, ContractForm.POST} == set(theirs["form"])
    assert (theirs["channel"] == Channel.INSTITUTION).all()
    assert (theirs["agency"] >= 0).sum() >= 10
    paid = flows_for(record, Purpose.INSTITUTIONAL)
    assert paid["amount"].sum() == theirs["paid"].sum() > 0
    assert record.sector.institutions_paid.sum() * 100 == pytest.approx(theirs["paid"].sum())
    allotted = flows_for(record, Purpose.ALLOTMENT)["amount"].sum()
    budgets = sum(flows_for(record, Purpose.BUDGET)["amount"])
    assert 0 < allotted < 0.4 * budgets


def test_institutions_share_by_weight_and_return_what_is_left():
    weighted = copy.deepcopy(TOWN["institutions"])
    weighted["homes"]["weight"] = 3.0
    for facts in weighted.values():
        facts["track_record"] = 1.0
    record = town({SHARES + "institutions": 0.35}, institutions=weighted, quarters=5)
    budgets = record.world.institutions.budget[:3]
    # Homes 1 and 2 with weight 3 each, schools with weight 1.
    assert budgets[0] == budgets[1] == pytest.approx(3 * budgets[2], rel=1e-6)
    # No agency has the required track record: all money is returned at the end of the year.
    assert not len(flows_for(record, Purpose.INSTITUTIONAL))
    lapsed = flows_for(record, Purpose.LAPSE)
    homes = lapsed[lapsed["payer"] == account_number(Party.INSTITUTION, 0)]
    first_year = flows_for(record, Purpose.ALLOTMENT)
    first_year = first_year[
        (first_year["quarter"] == 0) & (first_year["payee"] == account_number(Party.INSTITUTION, 0))
    ]
    assert homes["amount"].sum() == first_year["amount"].sum() > 0


def test_institutions_ask_fewer_tasks_and_lower_dependence(base):
    record = town({SHARES + "institutions": 0.5})
    for part in ("resource_independence_p50", "time_mean"):
        assert record.sector[part][8:].mean() > base.sector[part][8:].mean(), part


# --- Forms ---------------------------------------------------------------------------------------------------


def test_centres_serve_all_fields_and_are_few():
    record = town({"contract.form": "centre", "contract.value": 600_000, "contract.term": 12})
    contracts = used(record.world, "contracts")
    centres = contracts[(contracts["form"] == ContractForm.CENTRE) & (contracts["agency"] >= 0)]
    assert len(centres) > 0
    assert centres["delivered_total"].sum() > 0
    running = centres[centres["status"] == Status.RUNNING]
    holders = set(running["agency"].tolist())
    practice = record.world.practice[sorted(holders)]
    assert (practice > 0).all()


def test_posts_are_whole_and_paid_as_far_as_they_are_filled():
    labour = {"pool": 8, "graduates": 0, "exit_rate": 0.5}
    cities = copy.deepcopy(TOWN["cities"])
    cities["Anping"]["labour"] = labour
    record = town({"contract.form": "post", "contract.price_growth": 0.0}, cities=cities)
    contracts = used(record.world, "contracts")
    posts = contracts[(contracts["form"] == ContractForm.POST) & (contracts["channel"] == Channel.DISTRICT)]
    assert (posts["ceiling"] == posts["posts"] * 6_000_000).all()
    assert (posts["price"][posts["agency"] >= 0] == posts["ceiling"][posts["agency"] >= 0]).all()
    over = posts[posts["status"] == Status.COMPLETED]
    assert (over["due"] < over["price"] * over["term"] // 4).any()


def test_a_higher_post_price_raises_wages():
    low, high = (town({"contract.form": "post", "contract.post_price": price}) for price in (60_000, 90_000))
    assert high.sector.wage[-1] > 1.1 * low.sector.wage[-1]


# --- Fund ----------------------------------------------------------------------------------------------------


def test_registered_agencies_apply_for_themselves():
    record = town(city={"special_fund.applicants": "registered"})
    contracts = used(record.world, "contracts")
    agencies = used(record.world, "agencies")
    fund = contracts[(contracts["channel"] == Channel.SPECIAL_FUND) & (contracts["agency"] >= 0)]
    direct = fund[fund["association"] < 0]
    assert len(direct) > 0
    assert (agencies["form"][direct["agency"]] == Form.REGISTERED).all()
    assert (agencies["kind"][direct["agency"]] == Kind.NONPROFIT).all()
    assert (direct["fee"] == 0).all()
    names = record.compiled.names["agency"]
    assert names.index("Alone") in set(direct["agency"].tolist())
    assert np.nanmean(record.sector.fund_via_associations) < 0.5


def test_associations_alone_apply_by_default(base):
    through = base.sector.fund_via_associations
    assert np.nanmin(through) == pytest.approx(1.0)


# --- Grants --------------------------------------------------------------------------------------------------


def test_core_grants_go_to_registered_nonprofits_within_the_budget():
    no_registration = {"registration.openness": 0.0, "grants.reputation": 0.0}
    plenty = town({SHARES + "grants": 0.2, "grants.core": 20_000, **no_registration})
    first = plenty.sector.grants_core[0]
    # Three registered nonprofits; the attached one gets nothing.
    assert first == 3 * 5_000
    scarce = town({SHARES + "grants": 0.001, "grants.core": 20_000})
    budgets = scarce.world.government_panel.budget[0, 1:].sum() / 100
    assert 0 < scarce.sector.grants_core[0] <= budgets * 0.001 / 4


def test_incubation_lasts_four_quarters():
    record = town({SHARES + "grants": 0.2, "grants.incubation": 40_000})
    flows = flows_for(record, Purpose.INCUBATION)
    assert len(flows)
    agencies = used(record.world, "agencies")
    for flow in flows:
        agency = agencies[flow["payee"] - account_number(Party.AGENCY, 0)]
        assert 0 <= flow["quarter"] - agency["founded"] < 4
        assert flow["amount"] == 1_000_000


def test_matching_follows_what_was_raised():
    record = town({SHARES + "grants": 0.3, "grants.matching": 0.5})
    panel, rows = used(record.world, "panel"), used(record.world, "panel_rows")
    alone = record.compiled.names["agency"].index("Alone")
    matched = flows_for(record, Purpose.MATCHING_GRANT)
    mine = matched[matched["payee"] == account_number(Party.AGENCY, alone)]
    flows = used(record.world, "flows")
    raised = flows[np.isin(flows["purpose"], (Purpose.SPONSORSHIP, Purpose.FEES))]
    raised = raised[raised["payee"] == account_number(Party.AGENCY, alone)]
    assert len(mine) > 8
    for flow in mine:
        before = raised["amount"][raised["quarter"] == flow["quarter"] - 1].sum()
        assert flow["amount"] == int(0.5 * before)
    assert panel["income_grants"][rows[:, 1] == alone].max() > 0


# --- Commissions ---------------------------------------------------------------------------------------------


def test_commissions_spend_most_of_their_money():
    # Where agencies keep hours free: agencies whose contracts take all of them are not suitable.
    record = town(
        {SHARES + "commissions": 0.05}, rules={"founding": {"join_probability": 0.0}, "bidding": {"overbid": 0.3}}
    )
    spent = flows_for(record, Purpose.COMMISSION)["amount"].sum()
    allotted = flows_for(record, Purpose.ALLOTMENT)["amount"].sum()
    assert 0.5 * allotted < spent <= allotted
    events = used(record.world, "events")
    recorded = events[events["event"] == Event.COMMISSIONED]
    assert recorded["amount"].sum() == spent
    assert (recorded["party"] == Party.INSTITUTION).all()


# --- Direct hiring -------------------------------------------------------------------------------------------


def test_direct_hiring_fills_posts_and_relieves_need(base):
    record = town({SHARES + "direct_hiring": 0.5})
    assert record.sector.direct_staff[4:].min() >= 5
    assert record.sector.staff[-1] < base.sector.staff[-1]
    # What is spent stays within the share.
    spent = flows_for(record, Purpose.DIRECT_WAGES)["amount"].sum()
    assert 0 < spent < 0.5 * flows_for(record, Purpose.BUDGET)["amount"].sum()


def test_direct_hiring_recruits_from_agencies_where_seekers_are_scarce():
    cities = copy.deepcopy(TOWN["cities"])
    cities["Anping"]["labour"] = {"pool": 0, "graduates": 0}
    shares = {SHARES + "direct_hiring": 0.5}
    quits = {}
    for pull in (0.0, 3.0):
        rules = {"founding": {"join_probability": 0.0}, "direct_hiring": {"pull": pull}}
        record = town(shares, cities=copy.deepcopy(cities), rules=rules, quarters=2)
        quits[pull] = record.sector.turnover[0]
        assert (record.sector.direct_staff[0] > 0) == (pull > 0)
    assert quits[3.0] > quits[0.0]


def test_direct_hiring_lays_off_when_the_budget_ends():
    policies = [{"at": "2012-Q1", "set": {SHARES + "direct_hiring": 0.0}}]
    record = town({SHARES + "direct_hiring": 0.5}, policies=policies)
    assert record.sector.direct_staff[7] > 0
    assert not record.sector.direct_staff[8:].any()


def test_draws_are_the_same_until_channel_shares_apply():
    later = [{"at": "2012-Q1", "set": {SHARES + "institutions": 0.5, SHARES + "direct_hiring": 0.2}}]
    one, other = town(), town(policies=later)
    assert one.sector[:8].tobytes() == other.sector[:8].tobytes()
    assert simulate(CompiledScenario.of(make_scenario(TOWN)), 1).sector.tobytes() == one.sector.tobytes()
