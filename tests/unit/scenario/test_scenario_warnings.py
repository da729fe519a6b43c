"""Tests of warnings: what is doubtful is said with place and kind, and what is not is passed."""

from __future__ import annotations

import json

import pytest

from sim.scenario.reading.file_loading import from_values
from sim.scenario.scenario_loading import CONVENTIONS, Scenario, load_scenario_file
from sim.scenario.scenario_warnings import scenario_warnings

FREE_CITY = {"special_fund": {"applicants": "registered"}}
TOWN = {
    "title": "Town",
    "start": "2010-Q1",
    "quarters": 8,
    "fields": {"elderly": {}},
    "cities": {"Town": {"government": FREE_CITY, "districts": {"East": {}}}},
    "agencies": {"Alpha": {"district": "East"}},
}


def warned(values):
    """Place and kind of every warning."""
    found = scenario_warnings(from_values(values, Scenario, CONVENTIONS))
    return [(problem.key_path, problem.kind) for problem in found]


def city(government, **districts):
    """The town with another city government."""
    return TOWN | {"cities": {"Town": {"government": government, "districts": {"East": districts}}}}


FUND = ("cities.Town.government.procurement.budget", "unreachable-money")


def test_nothing_is_doubtful_about_a_plain_town():
    assert warned(TOWN) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (city({}), [FUND]),
        (city({"procurement": {"budget": 0}}), []),
        (city({"procurement": {"shares": {"grants": 1.0}}, "grants": {"core": 1000}}), []),
        (city({}) | {"policies": [{"at": "2011-Q1", "set": {"special_fund.applicants": "registered"}}]}, [FUND]),
        (city({}) | {"policies": [{"at": "2010-Q1", "set": {"special_fund.applicants": "registered"}}]}, []),
        (
            city({"procurement": {"budget": 0}})
            | {"policies": [{"at": "2011-Q1", "set": {"procurement.budget": 9e5}}]},
            [FUND],
        ),
        (city({}) | {"associations": {"Union": {"city": "Town"}}}, [("associations.Union", "no-members")]),
        (
            city({}) | {"associations": {"Union": {"city": "Town", "founded": "2011-Q1"}}},
            [FUND, ("associations.Union", "no-members")],
        ),
    ],
)
def test_a_fund_that_nobody_can_apply_to(values, expected):
    assert warned(values) == expected


def test_a_fund_that_opens_later_says_when():
    values = city({}) | {"policies": [{"at": "2011-Q1", "set": {"special_fund.applicants": "registered"}}]}
    (problem,) = scenario_warnings(from_values(values, Scenario, CONVENTIONS))
    assert "2011-Q1" in problem.what


def test_money_set_aside_for_grants_that_nobody_gets():
    shares = FREE_CITY | {"procurement": {"shares": {"grants": 0.2}}}
    assert warned(city(shares)) == [("cities.Town.government.procurement.shares.grants", "unreachable-money")]
    for lever in ("core", "incubation", "matching"):
        assert warned(city(shares | {"grants": {lever: 1.0}})) == []


@pytest.mark.parametrize(("gain", "doubtful"), [(0.3, True), (0, False), (5, False)])
def test_a_gain_in_strength_of_older_rules(gain, doubtful):
    found = warned(TOWN | {"rules": {"need": {"strength_gain": gain}}})
    assert found == ([("rules.need.strength_gain", "changed-meaning")] if doubtful else [])


def test_grants_without_money():
    for lever in ("core", "incubation", "matching"):
        assert warned(city(FREE_CITY | {"grants": {lever: 1.0}})) == [
            (f"cities.Town.government.grants.{lever}", "without-effect")
        ]


@pytest.mark.parametrize(("key", "off"), [("audit", 0.0), ("returned", 0.0), ("allowed_surplus", 1.0)])
def test_settlement_levers_that_another_one_switches_off(key, off):
    levers = FREE_CITY | {"settlement": {"audit": 0.5, "returned": 0.5, "allowed_surplus": 0.5, key: off}}
    assert warned(city(levers)) == [(f"cities.Town.government.settlement.{key}", "without-effect")]
    later = {"policies": [{"at": "2011-Q1", "set": {f"settlement.{key}": 0.5}}]}
    assert warned(city(levers) | later) == []
    assert warned(city(FREE_CITY | {"settlement": {key: off}})) == []


def test_a_company_that_would_pay_nobody():
    values = TOWN | {"sponsors": {"Bank": {"city": "Town", "agencies": 0}}}
    assert warned(values) == [("sponsors.Bank.agencies", "unreachable-money")]


def test_colleges_and_associations_that_nobody_belongs_to():
    both = {"colleges": {"Uni": {"city": "Town"}}, "associations": {"Union": {"city": "Town"}}}
    assert warned(TOWN | both) == [("colleges.Uni", "no-members"), ("associations.Union", "no-members")]
    member = {"agencies": {"Alpha": {"district": "East", "college": "Uni", "association": "Union"}}}
    assert warned(TOWN | both | member) == []


@pytest.mark.parametrize(("start", "doubtful"), [("2010-Q3", False), ("2020-Q1", True), ("1999-Q1", True)])
def test_defaults_in_prices_of_another_time(start, doubtful):
    assert warned(TOWN | {"start": start}) == ([("start", "price-year")] if doubtful else [])


@pytest.mark.parametrize(("start", "doubtful"), [("2011-Q1", True), ("2010-Q4", False)])
def test_amounts_of_a_base_that_starts_in_another_year(tmp_path, start, doubtful):
    labour = TOWN["cities"]["Town"] | {"labour": {"outside_wage": 2_500}}
    (tmp_path / "base.yaml").write_text(json.dumps(TOWN | {"cities": {"Town": labour}}), encoding="utf-8")
    (tmp_path / "later.yaml").write_text(f"extends: base.yaml\nstart: {start}\n", encoding="utf-8")
    found = scenario_warnings(load_scenario_file(tmp_path / "later.yaml"))
    assert [problem.kind for problem in found] == ["price-year"] * doubtful
    assert all("outside_wage" in problem.what for problem in found)


PRESSED = [{"at": "2011-Q1", "set": {"adoption.pressure": 1}}]
LATER = {"Later": {"adopts": True, "government": FREE_CITY, "districts": {"Far": {}}}}


@pytest.mark.parametrize(
    ("here", "others", "expected"),
    [
        ({"begins": "2012-Q1"}, {}, ["cities.Town.begins"]),
        ({"begins": "2011-Q1"}, {}, []),
        ({"region": "South"}, {}, ["cities.Town.region"]),
        ({"region": "South"}, {"cities": {"Later": LATER["Later"] | {"region": "South"}}}, []),
        ({}, {"policies": PRESSED}, ['policies[0].set."adoption.pressure"']),
        ({}, {"policies": PRESSED, "cities": LATER}, []),
        ({"government": FREE_CITY | {"adoption": {"pressure": 1}}}, {}, ["cities.Town.government.adoption.pressure"]),
        ({}, {"rules": {"adoption": {"rate": 0.5}}}, ["rules.adoption.rate"]),
        ({}, {"rules": {"adoption": {"rate": 0.5}}, "cities": LATER}, []),
        (
            {"government": FREE_CITY | {"procurement": {"ceiling": 1}}},
            {},
            ["cities.Town.government.procurement.ceiling"],
        ),
        ({"government": FREE_CITY | {"procurement": {"ceiling": 2}}}, {}, []),
    ],
)
def test_what_of_adoption_does_nothing_is_said(here, others, expected):
    town = TOWN["cities"]["Town"] | here
    values = TOWN | others | {"cities": {"Town": town} | others.get("cities", {})}
    assert warned(values) == [(path, "without-effect") for path in expected]
