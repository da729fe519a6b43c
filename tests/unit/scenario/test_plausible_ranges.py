"""Plausible ranges: parameters of behaviour have one each, around the value and within the bounds."""

import pytest

from sim.docs_tables.declaration_tables import bounds, parameters, plausible
from sim.docs_tables.declared_terms import find_terms
from sim.scenario.json_schema import scenario_schema
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import parameters_of, value_at
from sim.scenario.parameters.rule_parameters import Rules

RULES = parameters_of(Rules)
DEFINED = {"chance.noise_scale"}
"""Parameters that are 1 by definition, and switch chance off for a test."""
WITH_RANGE = [(Rules, leaf) for leaf in RULES if leaf.plausible] + [
    (group, leaf) for group in (Labour, Economy, Donors) for leaf in parameters_of(group) if leaf.plausible
]


def limits(leaf):
    """Least and greatest allowed values."""
    found = {}
    for mark in leaf.info.metadata:
        for name in ("ge", "gt", "le", "lt"):
            if hasattr(mark, name):
                found[name[0]] = getattr(mark, name)
    return found["g"], found["l"]


def test_every_parameter_of_behaviour_has_a_range():
    without = {leaf.key for leaf in RULES if leaf.plausible is None and leaf.info.annotation in (int, float)}
    assert without == DEFINED
    assert all(leaf.source != "free" for leaf in RULES if leaf.plausible is None)


@pytest.mark.parametrize(("group", "leaf"), WITH_RANGE, ids=lambda each: getattr(each, "key", ""))
def test_a_range_is_within_bounds_and_around_the_default(group, leaf):
    low, high = leaf.plausible
    least, greatest = limits(leaf)
    assert least <= low < high <= greatest
    open_ends = {name for mark in leaf.info.metadata for name in ("gt", "lt") if hasattr(mark, name)}
    assert low > least or "gt" not in open_ends
    assert high < greatest or "lt" not in open_ends
    assert low <= value_at(group(), leaf.path) <= high
    if leaf.info.annotation is int:
        assert low == int(low)
        assert high == int(high)


def test_ranges_are_shown():
    leaf = next(leaf for leaf in RULES if leaf.key == "people.quit_rate")
    assert plausible(leaf) == "0.015 to 0.025"
    assert "| bounds | plausible |" in parameters()
    term = next(term for term in find_terms("rules.people.quit_rate"))
    assert dict(term.facts)["plausible"] == plausible(leaf)
    assert dict(term.facts)["allowed"] == bounds(leaf)
    assert scenario_schema()["$defs"]["People"]["properties"]["quit_rate"]["plausible"] == list(leaf.plausible)
