"""Quarter by quarter, the compiled rules and the plain Mesa model of `tests/oracle` have the same state.

Every quarter everything is compared: each agency with its staff, books, contracts, ties, presence and reputation, each
purchaser, community, city and association, every flow of money and each event.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Channel, Route, Status
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.scenario import load_scenario
from sim.scenario.parameters.policy_syntax import Policy
from tests.oracle import scenario_inputs as given_values
from tests.oracle.comparison import DifferenceError, run_together
from tests.oracle.oracle_model import Sector
from tests.support.oracle_random_values import BUDGETS, CHANGES, EARLY, TIMELINES
from tests.support.oracle_town import town, town_scenario
from tests.support.oracle_variants import VARIANTS
from tests.support.policy_strategies import consistent


@pytest.mark.parametrize(("seed", "quarters"), [(1, 60), (2, 24), (2**40 + 3, 24)])
def test_beijing_is_the_same_twice(seed: int, quarters: int):
    run_together(CompiledScenario.of(load_scenario("beijing-2010").scenario, quarters), seed)


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_the_same_twice(name: str):
    run_together(town(VARIANTS[name]), seed=7)


@settings(max_examples=30)
@given(st.lists(st.one_of(CHANGES), max_size=10).map(dict), st.integers(0, 2**63 - 1))
def test_any_town_is_the_same_twice(changes: dict[str, Any], seed: int):
    run_together(town({"quarters": 9, **changes}), seed)


@settings(max_examples=25)
@given(TIMELINES, st.integers(0, 2**63 - 1))
def test_any_timeline_is_the_same_twice(entries: list[dict[str, Any]], seed: int):
    run_together(town({"quarters": 10, "policies": consistent(entries, Quarter(2010, 1), 10)}), seed)


@settings(max_examples=25)
@given(BUDGETS, st.integers(0, 2**63 - 1))
def test_any_timeline_of_budgets_is_the_same_twice(entries: list[dict[str, Any]], seed: int):
    """Of budgets, which grow by themselves; and where the run starts later than the policies."""
    policies = [Policy.model_validate(entry) for entry in consistent(entries, EARLY, 22)]
    scenario = town_scenario({"quarters": 16}).model_copy(update={"policies": policies})
    run_together(CompiledScenario.of(scenario), seed)


def test_the_oracle_shares_no_rule():
    """It may import what is declared (names, levels, purposes), never a rule."""
    declared = {
        "sim.model.state.agency_fields",
        "sim.model.state.government_fields",
        "sim.model.setup.compiled_scenario",
        "sim.declarations.calendar_quarter",
        "sim.declarations.choices",
        "sim.declarations.income_sources",
        "sim.declarations.state_codes",
        "sim.declarations.random_streams",
        "sim.declarations.events_and_causes",
        "sim.declarations.accounts",
        "sim.declarations.sector_outcomes",
        "sim.model.state.contract_fields",
        "sim.model.state.policy_fields",
        "sim.model.state.community_fields",
        "sim.model.state.institution_fields",
        "sim.engine.fields",
    }
    for path in Path(__file__).parent.glob("[!t]*.py"):
        lines = re.findall(r"^from (sim[.\w]*) import (.*)$|^import (sim)", path.read_text(), re.MULTILINE)
        if path.stem in ("comparison", "table_comparison"):
            continue
        for module, names, whole in lines:
            assert not whole
            assert module in declared or module.startswith("sim.scenario.")
            # Functions have small letters; of those, only the one that lists parameters.
            assert not re.findall(r"\b[a-z]\w*", names.replace("parameters_of", ""))


def test_the_small_town_sees_everything():
    """The comparison needs this: together, the variants meet every event, status of a lot and kind of award."""
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
        ("bidding_uncertainty", 1.000001),
        ("bidding_service_value", 1.1),
        ("delivery_overtime", 1.01),
        ("delivery_licence_quality", 1.000001),
        ("standing_relation_decay", 1.000001),
        ("sustainability_memory", 1.000001),
        ("autonomy_voice", 1.000001),
        ("strategy_learning", 1.000001),
        ("strategy_speed", 1.000001),
        ("strategy_half_effort", 1.000001),
        ("strategy_half_learning_effort", 1.000001),
    ],
)
def test_a_changed_rule_does_not_pass(monkeypatch: pytest.MonkeyPatch, parameter: str, factor: float):
    """Give the oracle another parameter than the rules have: they must differ."""

    def changed(compiled: CompiledScenario) -> Any:
        rules = behaviour(compiled)
        setattr(rules, parameter, getattr(rules, parameter) * factor)
        return rules

    behaviour = given_values.behaviour
    monkeypatch.setattr(given_values, "behaviour", changed)
    with pytest.raises(DifferenceError):
        run_together(town({}), seed=7)
