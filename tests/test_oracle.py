"""Run for run, the compiled rules and the plain Mesa model of `tests/reference` tell the same story.

Every quarter everything is compared: each agency with its staff, books, contracts, ties, roots and standing, each
purchaser, community, city and association, each fen that moved and each event.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.build import Blueprint
from sim.events import Cause, Event
from sim.procurement.contract import Channel, Route, Status
from sim.scenario import load_scenario, make_scenario
from sim.scenario.calendar import Quarter
from tests.reference import given as given_values
from tests.reference.compare import DifferenceError, run_together
from tests.reference.model import Sector
from tests.strategies import DISTRICT_LEVERS, values_of
from tests.strategies_policies import consistent, entries

SMALL: dict[str, Any] = {
    "title": "Two districts",
    "start": "2010-Q1",
    "quarters": 14,
    "fields": {
        "elderly": {"incidence": 0.005, "paying": 0.4},
        "migrants": {"incidence": 0.004, "hours": 2.0, "paying": 0.1, "share": 0.5},
        "youth": {"incidence": 0.003, "paying": 0.2},
    },
    "cities": {
        "Town": {
            "government": {"procurement": {"budget": 900_000.0}},
            "districts": {
                "East": {
                    "communities": {"count": 4},
                    "government": {"procurement": {"budget": 1_500_000.0}},
                    "commercial_groups": 3,
                },
                "West": {"communities": {"count": 3}, "government": {"procurement": {"budget": 800_000.0}}},
            },
            "labour": {"pool": 80, "graduates": 60},
            "donors": {"pool": 1_500_000.0},
        }
    },
    "colleges": {"College": {"city": "Town", "graduates": 40, "drive": 0.9}},
    "sponsors": {"Company": {"city": "Town"}, "Works": {"city": "Town", "count": 2, "patience": 1.0}},
    "associations": {
        "East Association": {"city": "Town", "district": "East", "members": 6, "rooms": 2},
        "Town Association": {"city": "Town", "founded": "2010-Q3"},
    },
    "agencies": {
        "Alpha": {"district": "East", "association": "East Association", "college": "College", "staff": 14},
        "Beta": {
            "district": "East",
            "association": "East Association",
            "form": "attached",
            "officers_in_common": True,
            "rooms": "association",
            "sister": "Alpha",
            "founded": "2009-Q2",
            "branches": ["West"],
        },
        "Gamma": {"district": "West", "sponsor": "Company", "origin": "corporate", "fields": ["youth", "migrants"]},
        "Delta": {"district": "West", "origin": "government", "staff": 3, "cash": 20_000.0, "fields": ["elderly"]},
    },
    "institutions": {
        "homes": {"field": "elderly", "count": 2},
        "schools": {"field": "youth", "form": "post", "weight": 2.0, "track_record": 0.2},
    },
    "generated": {"Others": {"count": 4}, "Firms": {"count": 2, "kind": "for-profit", "origin": "commercial"}},
}
"""A town with one of everything."""

EAST = "cities.Town.districts.East.government."
WEST = "cities.Town.districts.West.government."
TOWN = "cities.Town.government."


def everywhere(key: str, value: Any) -> dict[str, Any]:
    """A lever in both districts and in the town."""
    return {place + key: value for place in (EAST, WEST, TOWN)}


def districts(key: str, value: Any) -> dict[str, Any]:
    """A lever in both districts."""
    return {place + key: value for place in (EAST, WEST)}


VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "no luck": {"rules.chance.variation": 0.0},
    "half the luck": {"rules.chance.variation": 0.5},
    "price competition": everywhere("contract.pricing", "competitive"),
    "bidders wanted, awarded anyway": everywhere("scoring.minimum_bidders", 4),
    "bidders wanted, called again": everywhere("scoring.minimum_bidders", 4)
    | everywhere("scoring.too_few", "call-again"),
    "bidders wanted, single source": everywhere("scoring.minimum_bidders", 4)
    | everywhere("scoring.too_few", "single-source"),
    "three-year terms": everywhere("contract.term", 12) | {"quarters": 20},
    "one-quarter terms": everywhere("contract.term", 1),
    "always renewed": everywhere("procurement.renewal", 1.0),
    "direct registration": districts("registration.regime", "direct"),
    "hard registration": districts("registration.licensed", 3) | districts("registration.capital", 100_000.0),
    "no attachment": districts("registration.attachment", False) | districts("registration.openness", 0.1),
    "carry-over": everywhere("procurement.carry_over", 0.7) | everywhere("procurement.growth", -0.2),
    "late payers": everywhere("payment.delay", 4.0) | {"rules.closing.insolvent_rate": 2.0},
    "closures": {
        "rules.closing.idle": 1,
        "rules.closing.idle_rate": 2.0,
        "rules.closing.insolvent_rate": 3.0,
        "rules.founding.founder_cash": 5_000.0,
        **everywhere("procurement.growth", -0.5),
        **everywhere("payment.delay", 6.0),
    },
    "for-profits barred": districts("for_profits.admission", "barred"),
    "for-profits pour in": {
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "rules.delivery.greed": 0.4,
        **everywhere("payment.oversight", 0.5),
        **everywhere("contract.hourly_price", 70.0),
    },
    "no purchasing": everywhere("procurement.budget", 0.0),
    "no fund": {TOWN + "procurement.budget": 0.0},
    "one district": {"cities.Town.districts.West.communities.count": 1, WEST + "procurement.budget": 0.0},
    "tight labour market": {"cities.Town.labour.pool": 6, "cities.Town.labour.graduates": 2},
    "shared attention": {"rules.bidding.attention": 2, "rules.bidding.search": 1.0},
    "voice": everywhere("procurement.openness", 0.9) | everywhere("procurement.pressure_response", 4.0),
    "spin-offs": {"rules.founding.spin_off_rate": 3.0, "rules.founding.spin_off_size": 1},
    "a wild economy": {"cities.Town.economy.volatility": 0.3, **everywhere("procurement.cycle", 2.0)},
    "austerity": {
        "policies": [
            {"at": "2011-Q2", "in": "districts", "set": {"procurement.budget_factor": 0.2}},
            {"at": "2012-Q1", "set": {"procurement.budget_factor": 0.5, "payment.delay": 3.0}},
            {"at": "2012-Q1", "in": "East", "set": {"procurement.budget_factor": 1.5}},
        ]
    },
    "reforms": {
        "policies": [
            {"at": "2010-Q3", "set": {"contract.pricing": "competitive", "scoring.too_few": "single-source"}},
            {"at": "2011-Q1", "in": "West", "set": {"registration.regime": "direct", "contract.term": 8}},
            {"at": "2012-Q3", "set": {"for_profits.admission": "barred", "special_fund.management_fee": 0.3}},
        ]
    },
    "a profession in demand": {
        TOWN + "profession.exam_pass": 0.9,
        TOWN + "profession.college_quota": 2.37,
        TOWN + "profession.wage_guidance": 1.4,
    },
    "students": {"colleges.College.placements": 30.0, "rules.people.placement_output": 0.8},
    "few students": {"colleges.College.placements": 2.0, "rules.founding.college_rate": 3.0},
    "companies found": {
        "sponsors.Company.drive": 1.0,
        "sponsors.Company.budget": 900_000.0,
        "rules.founding.corporate_rate": 1.5,
        **districts("registration.openness", 1.0),
    },
    "officials found": {
        "cities.Town.districts.North": {"government": {"promotion": {"push": 1.0}}},
        "cities.Town.districts.South": {"government": {"registration": {"openness": 0.0}}},
        "generated.Others.count": 0,
        "generated.Firms.count": 0,
        "rules.founding.official_rate": 3.0,
        "rules.founding.official_relation": 0.8,
        "quarters": 8,
    },
    "asleep and awake": {
        "rules.closing.idle": 1,
        "rules.closing.idle_rate": 3.0,
        "rules.closing.revival_rate": 5.0,
        "rules.closing.dormancy": 6,
        "rules.founding.viable_income": 60_000.0,
        "associations.East Association.members": 3,
        **everywhere("payment.delay", 2.0),
        "rules.founding.founder_cash": 10_000.0,
        "generated.Others.cash": 10_000.0,
        WEST + "procurement.budget": 300_000.0,
        "cities.Town.labour.pool_licensed": 0.5,
        "quarters": 24,
    },
    "struck off": {
        **everywhere("payment.delay", 3.0),
        **everywhere("payment.upfront", 0.5),
        "rules.people.quit_rate": 0.5,
        "rules.closing.revival_rate": 0.1,
        "rules.closing.dormancy": 2,
        "rules.people.hiring_minimum": 0,
        "rules.people.hiring_limit": 0.0,
        "cities.Town.labour.drift": 0.9,
    },
    "officers in common": {
        "associations.East Association.overlap": 1.0,
        "associations.Town Association.overlap": 0.5,
        "rules.founding.join": 1.0,
        "rules.standing.peer_learning": 0.5,
    },
    "firms with licences only": {
        **districts("for_profits.admission", "qualified"),
        **districts("for_profits.qualification", 0.4),
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "cities.Town.labour.pool_licensed": 0.6,
        **everywhere("contract.hourly_price", 70.0),
    },
    "profits capped": {
        **districts("for_profits.profit_cap", 0.08),
        "rules.founding.for_profit_rate": 5.0,
        "rules.closing.dividend_reserve": 1.0,
        "rules.bidding.margin_step": 0.1,
        **everywhere("contract.hourly_price", 70.0),
    },
    "a cap below the hurdle": {
        **districts("for_profits.profit_cap", 0.02),
        "rules.founding.hurdle": 0.05,
        "quarters": 8,
    },
    "many licences asked": {**districts("registration.licensed_share", 0.6), "quarters": 10},
    "many moves": {
        "rules.people.quit_rate": 0.25,
        "rules.people.leave_field": 0.0,
        "rules.people.hiring_minimum": 6,
        "rules.people.skill_carry": 1.0,
        "cities.Town.labour.pool": 4,
        "cities.Town.labour.graduates": 0,
    },
    "graded, barred and handed over": {
        **everywhere("assessment.regime", "third-party"),
        **everywhere("assessment.coverage", 1.0),
        **everywhere("assessment.full", 0.97),
        **everywhere("assessment.renewable", 0.9),
        **everywhere("assessment.passing", 0.85),
        **everywhere("contract.handover", 0.8),
        **everywhere("procurement.renewal", 0.0),
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "rules.delivery.greed": 0.4,
    },
    "by degrees and for a time": {
        "policies": [
            {"from": "2010-Q2", "to": "2012-Q1", "ramp": {"contract.term": 9, "payment.delay": 3.0}},
            {"from": "2012-Q1", "to": "2012-Q4", "ramp": {"contract.term": 2}},
            {"at": "2011-Q1", "in": "West", "set": {"payment.delay": 0.0}},
            {"from": "2010-Q3", "to": "2011-Q2", "in": "districts", "set": {"procurement.budget_factor": 0.3}},
            {"from": "2011-Q1", "to": "2011-Q4", "in": ["East"], "set": {"procurement.budget_factor": 2.0}},
            {"at": "2011-Q3", "set": {"procurement.budget_factor": 0.8}},
        ]
    },
    "when it comes to that": {
        "policies": [
            {
                "when": {"outcome": "unmet_need", "below": 0.85},
                "until": {"outcome": "agencies", "above": 14},
                "set": {"procurement.budget_factor": 0.6, "payment.oversight": 0.9},
            },
            {
                "when": {"outcome": "staff", "above": 40},
                "after": "2 quarters",
                "in": "districts",
                "until": {"outcome": "staff", "below": 60},
                "set": {"contract.term": 8},
            },
            {"when": {"outcome": "hired", "below": 1}, "after": 1, "in": "East", "set": {"contract.term": 2}},
            {"from": "2010-Q3", "to": "2012-Q1", "ramp": {"contract.term": 6}, "in": "Town"},
            {"at": "2011-Q3", "in": "West", "set": {"payment.oversight": 0.1}},
        ]
    },
    "at every limit": {
        "rules.people.hiring_minimum": 0,
        "rules.people.hiring_limit": 0.4,
        "rules.bidding.attention": 3,
        "rules.bidding.search": 1.0,
        "rules.bidding.distance_cost": 0.05,
        "rules.bidding.margin_weight": 5.0,
        "rules.bidding.margin_step": 0.2,
        "rules.delivery.most_tasks": 0.15,
        WEST + "contract.hourly_price": 55.0,
        **districts("contract.pricing", "competitive"),
    },
    "seekers of other sources": {
        "rules.strategy.drive": 1.0,
        "rules.strategy.speed": 0.5,
        "rules.strategy.entry_cost": 1_000.0,
        "rules.closing.comfort": 0.5,
        "rules.giving.search": 1.0,
        "sponsors.Works.patience": 0.2,
        "quarters": 20,
    },
    "followers": {
        "rules.strategy.drive": 0.0,
        "rules.strategy.imitation": 1.0,
        "rules.strategy.entry_cost": 0.0,
        "rules.strategy.give_up": 0.1,
        "rules.giving.search": 0.5,
        "quarters": 20,
    },
    "all is forgotten": {
        "rules.strategy.learning": 0.0,
        "rules.strategy.forgetting": 1.0,
        "rules.strategy.speed": 1.0,
        "rules.strategy.drive": 1.0,
    },
    "giving encouraged": {
        TOWN + "giving.tax_relief": 1.0,
        TOWN + "giving.csr_incentive": 1.0,
        "rules.giving.incentive_effect": 10.0,
        "sponsors.Works.agencies": 3,
        "cities.Town.donors.growth": -0.2,
        "cities.Town.economy.volatility": 0.1,
    },
    "nothing but bids": {
        "rules.fees.rate": 0.0,
        "cities.Town.donors.pool": 0.0,
        "rules.strategy.founding_capability": 1.0,
        "rules.strategy.forgetting": 0.0,
    },
    "institutions buy": everywhere("procurement.channel_shares.institutions", 0.5) | {"quarters": 20},
    "institutions renew": {
        **districts("procurement.channel_shares.institutions", 0.4),
        **districts("procurement.growth", 0.4),
        **everywhere("procurement.renewal", 1.0),
    },
    "institutions ask directly": {
        **districts("procurement.channel_shares.institutions", 0.4),
        **everywhere("scoring.minimum_bidders", 4),
        **everywhere("scoring.too_few", "single-source"),
    },
    "centres": everywhere("contract.form", "centre") | everywhere("contract.term", 6),
    "posts": everywhere("contract.form", "post") | {"cities.Town.labour.pool": 12},
    "forms change": {
        **districts("procurement.channel_shares.institutions", 0.3),
        "policies": [
            {"at": "2011-Q1", "in": "districts", "set": {"contract.form": "centre"}},
            {"at": "2011-Q3", "set": {"contract.form": "post", "contract.post_price": 45_000.0}},
            {"at": "2012-Q2", "in": "East", "set": {"contract.form": "project"}},
            {"at": "2012-Q1", "set": {"procurement.channel_shares.institutions": 0.0}},
        ],
    },
    "registered agencies apply themselves": {TOWN + "special_fund.applicants": "registered"},
    "grants": {
        **everywhere("procurement.channel_shares.grants", 0.1),
        **everywhere("grants.core", 30_000.0),
        **everywhere("grants.incubation", 40_000.0),
        **everywhere("grants.matching", 0.8),
    },
    "commissions": everywhere("procurement.channel_shares.commissions", 0.1),
    "government hires": everywhere("procurement.channel_shares.direct_hiring", 0.4)
    | {"cities.Town.labour.pool": 9, "rules.direct_hiring.pull": 2.0}
    | {"policies": [{"at": "2012-Q3", "set": {"procurement.channel_shares.direct_hiring": 0.05}}]},
    "all channels": {
        f"{place}procurement.channel_shares.{channel}": 0.2
        for place in (EAST, WEST, TOWN)
        for channel in ("institutions", "commissions", "grants", "direct_hiring")
    }
    | everywhere("grants.core", 90_000.0),
    "three towns": {"cities.Town.count": 3, "cities.Town.districts.West.count": 2, "quarters": 10},
}
"""What is changed against the small town, as dotted keys."""


def town(changes: dict[str, Any]) -> Blueprint:
    """The small town with changes."""
    values = deepcopy(SMALL)
    for key, value in changes.items():
        *path, last = key.split(".")
        place = values
        for name in path:
            place = place.setdefault(name, {})
        place[last] = value
    return Blueprint.of(make_scenario(values))


LEVELS: dict[str, tuple[list[str], list[Any]]] = {
    "procurement.budget": ([EAST, WEST, TOWN], [0.0, 300_000.0, 4_000_000.0]),
    "procurement.growth": ([EAST, WEST, TOWN], [-0.5, 0.3]),
    "procurement.carry_over": ([EAST, WEST, TOWN], [0.0, 0.5, 1.0]),
    "procurement.openness": ([EAST, WEST, TOWN], [0.0, 0.8]),
    "procurement.renewal": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "contract.pricing": ([EAST, WEST, TOWN], ["competitive", "fixed"]),
    "procurement.channel_shares.institutions": ([EAST, WEST, TOWN], [0.0, 0.3]),
    "procurement.channel_shares.commissions": ([EAST, WEST, TOWN], [0.0, 0.1]),
    "procurement.channel_shares.grants": ([EAST, WEST, TOWN], [0.0, 0.2]),
    "procurement.channel_shares.direct_hiring": ([EAST, WEST, TOWN], [0.0, 0.3]),
    "grants.core": ([EAST, WEST, TOWN], [0.0, 40_000.0]),
    "grants.incubation": ([EAST, WEST, TOWN], [0.0, 40_000.0]),
    "grants.matching": ([EAST, WEST, TOWN], [0.0, 1.5]),
    "special_fund.applicants": ([TOWN], ["associations", "registered"]),
    "contract.form": ([EAST, WEST, TOWN], ["project", "centre", "post"]),
    "contract.term": ([EAST, WEST, TOWN], [1, 3, 12]),
    "contract.value": ([EAST, WEST, TOWN], [40_000.0, 600_000.0]),
    "contract.development": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "scoring.minimum_bidders": ([EAST, WEST, TOWN], [1, 2, 3]),
    "scoring.too_few": ([EAST, WEST, TOWN], ["award", "call-again", "single-source"]),
    "payment.delay": ([EAST, WEST, TOWN], [0.0, 3.0]),
    "payment.oversight": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "payment.administrative_pressure": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "registration.regime": ([EAST, WEST], ["dual", "direct"]),
    "registration.licensed": ([EAST, WEST], [0, 2, 4]),
    "registration.attachment": ([EAST, WEST], [True, False]),
    "for_profits.admission": ([EAST, WEST], ["barred", "open", "qualified"]),
    "for_profits.qualification": ([EAST, WEST], [0.0, 0.3, 1.0]),
    "for_profits.profit_cap": ([EAST, WEST], [0.0, 0.1]),
    "registration.licensed_share": ([EAST, WEST], [0.2, 1.0]),
    "overlap": (["associations.East Association.", "associations.Town Association."], [0.0, 1.0]),
    "promotion.push": ([EAST, WEST], [0.0, 1.0]),
    "special_fund.management_fee": ([TOWN], [0.0, 0.5]),
    "giving.tax_relief": ([TOWN], [0.0, 1.0]),
    "giving.csr_incentive": ([TOWN], [0.0, 1.0]),
    "drive": (["rules.strategy.", "sponsors.Company."], [0.0, 1.0]),
    "imitation": (["rules.strategy."], [0.0, 1.0]),
    "speed": (["rules.strategy."], [0.0, 0.5, 1.0]),
    "entry_cost": (["rules.strategy."], [0.0, 5_000.0]),
    "give_up": (["rules.strategy."], [0.0, 0.1]),
    "search": (["rules.giving."], [0.0, 1.0]),
    "pool": (["cities.Town.donors."], [0.0, 10_000_000.0]),
    "patience": (["sponsors.Company.", "sponsors.Works."], [0.1, 20.0]),
    "agencies": (["sponsors.Company.", "sponsors.Works."], [0, 3]),
    "profession.exam_pass": ([TOWN], [0.0, 0.8]),
    "profession.college_quota": ([TOWN], [0.0, 3.3]),
    "profession.wage_guidance": ([TOWN], [0.9, 2.0]),
    "": (
        [
            "rules.founding.college_rate",
            "rules.founding.spin_off_rate",
            "rules.founding.for_profit_rate",
            "rules.founding.conversion_rate",
            "rules.founding.official_rate",
            "rules.founding.corporate_rate",
            "rules.closing.insolvent_rate",
            "rules.closing.idle_rate",
            "rules.closing.revival_rate",
        ],
        [0.0, 1.0, 5.0],
    ),
    "volatility": (["cities.Town.economy."], [0.0, 0.2]),
    "labour.pool": (["cities.Town."], [0, 15, 500]),
    "variation": (["rules.chance."], [0.2, 1.0]),
    "count": (["cities.Town.districts.East.", "cities.Town.districts.West.", "generated.Firms."], [1, 2]),
}
"""Values worth trying: lever -> places where it stands, and what it can be."""

CHANGES = [
    st.tuples(st.sampled_from([place + key for place in places]), st.sampled_from(values))
    for key, (places, values) in LEVELS.items()
]


@pytest.mark.parametrize(("seed", "quarters"), [(1, 60), (2, 24), (2**40 + 3, 24)])
def test_beijing_is_the_same_twice(seed: int, quarters: int):
    run_together(Blueprint.of(load_scenario("beijing-2010").scenario, quarters), seed)


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_the_same_twice(name: str):
    run_together(town(VARIANTS[name]), seed=7)


@settings(max_examples=30)
@given(st.lists(st.one_of(CHANGES), max_size=10).map(dict), st.integers(0, 2**63 - 1))
def test_any_town_is_the_same_twice(changes: dict[str, Any], seed: int):
    run_together(town({"quarters": 9, **changes}), seed)


TOUCHED = {key: leaf for key, leaf in DISTRICT_LEVERS.items() if key in ("contract.term", "payment.delay")}
READ = ["agencies", "staff", "hired", "unmet_need", "overdue_wages", "delivered_hours"]
TIMELINES = st.lists(
    st.tuples(
        entries(TOUCHED, values_of, (Quarter(2010, 1), 0, 9), outcomes=READ),
        st.sampled_from([{}, {"in": "districts"}, {"in": "East"}, {"in": ["Town", "West"]}]),
    ).map(lambda drawn: drawn[0] | drawn[1]),
    min_size=2,
    max_size=9,
)
"""Policies of all kinds that crowd on two levers."""


@settings(max_examples=25)
@given(TIMELINES, st.integers(0, 2**63 - 1))
def test_any_timeline_is_the_same_twice(entries: list[dict[str, Any]], seed: int):
    run_together(town({"quarters": 10, "policies": consistent(entries, Quarter(2010, 1), 10)}), seed)


def test_the_oracle_shares_no_rule():
    """It may import what is declared (names, levels, purposes), never a rule."""
    declared = {
        "sim.agents.agency",
        "sim.agents.government",
        "sim.build",
        "sim.chance.streams",
        "sim.events",
        "sim.money",
        "sim.outcomes",
        "sim.procurement.contract",
        "sim.timeline",
    }
    for path in (Path(__file__).parent / "reference").glob("*.py"):
        lines = re.findall(r"^from (sim[.\w]*) import (.*)$|^import (sim)", path.read_text(), re.MULTILINE)
        if path.stem == "compare":
            continue
        for module, names, whole in lines:
            assert not whole
            assert module in declared or module.startswith("sim.scenario.")
            # Functions have small letters; of those, only the one that lists parameters.
            assert not re.findall(r"\b[a-z]\w*", names.replace("leaves", ""))


def test_the_small_town_sees_everything():
    """What the comparison rests on: among them, the variants meet every event, fate of a lot and kind of award."""
    events, fates, routes = set(), set(), set()
    for changes in VARIANTS.values():
        sector = Sector(town(changes), seed=7)
        for _ in range(12):
            sector.step()
        events |= {(happening.event, happening.cause) for happening in sector.events}
        fates |= {contract.status for contract in sector.contracts}
        routes |= {(contract.route, contract.channel) for contract in sector.contracts}
    assert {event for event, _ in events} == set(Event)
    assert len({cause for _, cause in events}) > 0.75 * len(Cause)
    assert fates == set(Status) - {Status.CALLED}
    assert routes == {(route, channel) for route in Route for channel in Channel}


@pytest.mark.parametrize(
    ("parameter", "factor"),
    [
        ("people_quit_rate", 1.1),
        ("need_half_life", 1.000001),
        ("costs_social_insurance", 1.001),
        ("bidding_taste", 1.1),
        ("delivery_licence_quality", 1.000001),
        ("standing_relation_decay", 1.000001),
        ("sustainability_memory", 1.000001),
        ("independence_voice", 1.000001),
        ("strategy_learning", 1.000001),
        ("strategy_speed", 1.000001),
        ("strategy_half_effort", 1.000001),
        ("strategy_focus", 1.000001),
    ],
)
def test_a_changed_rule_does_not_pass(monkeypatch: pytest.MonkeyPatch, parameter: str, factor: float):
    """Give the oracle another parameter than the rules have: they must part ways."""

    def changed(blueprint: Blueprint) -> Any:
        rules = behaviour(blueprint)
        setattr(rules, parameter, getattr(rules, parameter) * factor)
        return rules

    behaviour = given_values.behaviour
    monkeypatch.setattr(given_values, "behaviour", changed)
    with pytest.raises(DifferenceError):
        run_together(town({}), seed=7)
