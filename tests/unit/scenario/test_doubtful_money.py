"""Doubtful money: sources without a budget, what is switched off elsewhere, and weights that are all 0 are said."""

from __future__ import annotations

import pytest

from sim.declarations.input_issues import ScenarioError
from sim.scenario import make_scenario
from sim.scenario.checks.doubtful_money import doubtful_money

EAST = {"government": {"procurement": {"budget": 500_000}}}
FREE = {"special_fund": {"applicants": "registered"}}


def warned(government=(), donors=(), district=EAST, **more):
    """Place, kind and words of every warning of a town."""
    city = {"government": FREE | dict(government), "donors": dict(donors), "districts": {"East": district}}
    values = {"title": "T", "start": "2010-Q1", "quarters": 8, "fields": {"elderly": {}}, "cities": {"Town": city}}
    return [(*_place(issue), issue.what) for issue in doubtful_money(make_scenario(values | more))]


def _place(issue):
    return ".".join(map(str, issue.path)), issue.kind


SCORING = dict.fromkeys(("price", "quality", "relation", "experience"), 0)
UNWEIGHTED = {f"scoring.{key}": 0 for key in SCORING}
NOT_AUDITED = {"government": EAST["government"] | {"settlement": {"audit": 0}}}
FIRM = {"Firm": {"city": "Town", "budget": 100_000, "agencies": 1}}
MATCH = {"special_fund": FREE["special_fund"] | {"local_match": 1.7}}
DONORS, GOVERNMENT = "cities.Town.donors", "cities.Town.government"


@pytest.mark.parametrize(
    ("values", "place", "kind", "words"),
    [
        ({"donors": {"calls": 0.5}}, f"{DONORS}.calls", "without-effect", "no money to call for projects with"),
        (
            {"donors": {"calls": 0.5, "pool": 100_000, "project": 500_000}},
            f"{DONORS}.project",
            "unreachable-money",
            "a project costs more than all 102,500 CNY",
        ),
        (
            {"government": {"giving": {"tax_relief": 0.5}}},
            f"{GOVERNMENT}.giving.tax_relief",
            "without-effect",
            "donors",
        ),
        (
            {"policies": [{"at": "2011-Q1", "set": {"giving.csr_incentive": 0.5}}]},
            f"{GOVERNMENT}.giving.csr_incentive",
            "without-effect",
            "no company pays agencies",
        ),
        (
            {"government": MATCH | {"procurement": {"budget": 0}}},
            f"{GOVERNMENT}.special_fund.local_match",
            "without-effect",
            "the city's fund has no money for contracts",
        ),
        (
            {"government": MATCH, "district": {"government": {"procurement": {"budget": 0}}}},
            f"{GOVERNMENT}.special_fund.local_match",
            "without-effect",
            "no district has a budget",
        ),
        (
            {"government": {"scoring": SCORING}},
            f"{GOVERNMENT}.scoring.price",
            "without-weights",
            "all weights of bids of 'Town' are 0 from 2010-Q1 on, so bids are ranked by noise alone",
        ),
        (
            {"policies": [{"at": "2011-Q1", "set": UNWEIGHTED | {"scoring.noise": 0}}]},
            "policies.0.set.scoring.price",
            "without-weights",
            "all weights of bids of 'Town', 'Town/East' are 0 from 2011-Q1 on, so bids are ranked by nothing",
        ),
        (
            {"rules": {"credit": {"dues": 0, "interest": 0.03}}},
            "rules.credit.dues",
            "without-effect",
            "so 'credit.interest' does nothing",
        ),
        (
            {"rules": {"closing": {"support_months": 0, "support_gap": 5, "support_kept": 2}}},
            "rules.closing.support_months",
            "without-effect",
            "so 'closing.support_gap', 'closing.support_kept' do nothing",
        ),
        (
            {
                "rules": {"reserves": {"anticipation": 0.5}},
                "government": {"settlement": {"audit": 0}},
                "district": NOT_AUDITED,
            },
            "rules.reserves.anticipation",
            "without-effect",
            "no government ever settles a contract",
        ),
    ],
)
def test_what_can_have_no_effect_is_said(values, place, kind, words):
    ((found, of_kind, what),) = warned(**values)
    assert (found, of_kind) == (place, kind)
    assert words in what


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"donors": {"calls": 0.5, "pool": 1_000_000}},
        {"government": {"giving": {"tax_relief": 0.5}}, "donors": {"pool": 1_000_000}},
        {"government": {"giving": {"csr_incentive": 0.5}}, "sponsors": FIRM},
        {"government": MATCH},
        {"government": {"scoring": SCORING | {"relation": 0.1}}},
        {"government": {"scoring": SCORING, "procurement": {"budget": 0}}},
        {"rules": {"credit": {"dues": 0}}},
        {"rules": {"closing": {"support_months": 0}}},
        {"rules": {"reserves": {"anticipation": 0.5}}, "district": NOT_AUDITED},
        {
            "rules": {"reserves": {"anticipation": 0}},
            "government": {"settlement": {"audit": 0}},
            "district": NOT_AUDITED,
        },
    ],
)
def test_what_has_an_effect_or_is_switched_off_on_purpose_is_passed(values):
    assert warned(**values) == []


def test_money_that_districts_add_for_the_fund_counts_in_the_total():
    def town(match):
        rich = {"procurement": {"budget": 4e10, "growth": 0}}
        city = {
            "government": {"special_fund": {"applicants": "registered", "local_match": match}},
            "districts": {"East": {"government": rich, "count": 90}},
        }
        values = {"title": "T", "start": "2010-Q1", "fields": {"elderly": {}}, "cities": {"Town": city}}
        return make_scenario(values | {"quarters": 60})

    town(0)
    with pytest.raises(ScenarioError, match="all money of the run together"):
        town(10)
