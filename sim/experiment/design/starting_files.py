"""Starting files: a small scenario or experiment with comments, for a user to change."""

from __future__ import annotations

from typing import Any

from sim.experiment.design.full_files import value_comment
from sim.scenario import Scenario
from sim.scenario.yaml_writing import yaml_text

_HEAD = """\
# {what}
#
# Every key has a default: what is left out keeps it.  'sim show {name}' shows all of them, 'sim check {name}' every
# mistake with its place, 'sim explain WORD' what a key, lever or outcome means, 'sim levers' what policies can change.

"""
_TOWN: dict[str, Any] = {
    "title": "My town",
    "question": "What do I want to know?",
    "start": "2010-Q1",
    "quarters": 40,
    "fields": {
        "elderly": {"incidence": 0.005, "hours": 3, "paying": 0.4, "share": 1.5},
        "children-youth": {"incidence": 0.004, "hours": 3, "paying": 0.3, "share": 1},
    },
    "cities": {
        "My city": {
            "government": {"procurement": {"budget": 0}},
            "districts": {
                "North": {
                    "communities": {"count": 10, "residents": 80_000},
                    "government": {
                        "procurement": {"budget": 1_000_000, "growth": 0.05},
                        "contract": {"value": 155_000, "term": 4},
                    },
                },
                "South": {
                    "communities": {"count": 15, "residents": 80_000},
                    "government": {"procurement": {"budget": 1_500_000, "growth": 0.05}},
                },
            },
            "labour": {"pool": 200, "graduates": 60, "outside_wage": 2_600},
            "donors": {"pool": 1_000_000},
        }
    },
    "agencies": {"First agency": {"district": "North", "staff": 8, "cash": 120_000, "fields": ["elderly"]}},
    "generated": {"Other agencies": {"count": 8, "staff": 5, "cash": 80_000}},
}
_POLICIES = """
# Policies change levers at a date, over a time, or when an outcome crosses a level.  Take the # away to have one.
# policies:
#   - {{name: longer contracts, at: {first}, set: {{contract.term: 8}}}}
#   - {{name: austerity, from: {first}, to: {last}, set: {{procurement.budget_factor: 0.5}}}}
#   - {{name: rescue, when: {{outcome: unmet_need, above: 0.95}}, after: 2 quarters, set: {{procurement.growth: 0.2}}}}
"""
_VARIANT = """\
extends: {base}   # everything that is not said here is as it is there
title: {title}
question: What does it change?

# Any key of the scenario may be changed, as 'sim show {base}' writes it.
rules:
  strategy:
    drive: 0.5

policies:
  - {{name: longer contracts, at: {first}, set: {{contract.term: 8}}}}
"""
_EXPERIMENT = """\
title: My experiment
question: What do I want to know?

# Scenario files, or names of shipped ones ('sim scenarios'); each is run with every variant and at every point.
scenarios: [{base}]
variants:
  late payment: {{policies: [{{at: {first}, set: {{payment.delay: 4}}}}]}}

# What varies: a place in a scenario, or a lever.  Every combination of values is a point.
axes:
  drive: {{title: Drive to diversify, path: rules.strategy.drive, values: [0, 0.5, 1]}}
  term: {{title: Term of contracts, lever: contract.term, values: [4, 8]}}

replications: 20   # runs of every point; all points share random numbers
seed: 1

outcomes: [agencies, closures, staff, unmet_need]   # in the printed table; 'sim outcomes' lists all
measure: year   # the mean of the last year; a quarter or window of outcomes under 'keep: series' can be asked for too
keep: {{series: [agencies, staff]}}
"""


def starting_scenario(name: str) -> str:
    """A small whole scenario."""
    body = yaml_text(_TOWN, value_comment)
    return (
        _HEAD.format(what="A small town to begin with.", name=name)
        + body
        + _POLICIES.format(first="2018-Q1", last="2019-Q4")
    )


def starting_variant(name: str, base: str, scenario: Scenario) -> str:
    """A scenario that changes another."""
    head = _HEAD.format(what=f"A change of the scenario {base}.", name=name)
    return head + _VARIANT.format(
        base=yaml_name(base), title=yaml_name(f"My change of {scenario.title}"[:120]), first=_middle(scenario)
    )


def starting_experiment(name: str, base: str, scenario: Scenario) -> str:
    """An experiment over a scenario."""
    head = _HEAD.format(what=f"An experiment with the scenario {base}.", name=name)
    return head + _EXPERIMENT.format(base=yaml_name(base), first=_middle(scenario))


def yaml_name(text: str) -> str:
    """A text as it stands in YAML."""
    return yaml_text({"x": text}).removeprefix("x: ").strip()


def _middle(scenario: Scenario) -> str:
    return str(scenario.start + scenario.quarters // 2)
