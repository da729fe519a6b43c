"""Points made the quick way from a prepared base: the same scenarios, arrays and messages as the full way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.design.prepared_base import group_of
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.scenario import ScenarioError
from tests.unit.experiment.design.design_town import design, town

WRITTEN = {
    *("clock", "rules", "cities", "governments", "associations", "colleges", "sponsors", "donors", "institutions"),
    *("communities", "fields", "split", "lever_values", "settings", "measures", "triggers", "assessors", "externals"),
}
"""Arrays that compiling fills; the others are filled by runs."""

POLICIES = [
    {"name": "step", "at": "2010-Q2", "set": {"contract.term": 6, "assessment.coverage": 0.5}},
    {"name": "pulse", "from": "2010-Q4", "for": "3 quarters", "set": {"procurement.budget_factor": 0.5}},
    {"name": "ramp", "from": "2010-Q3", "to": "2012-Q1", "ramp": {"payment.delay": 2}, "in": "districts"},
    {"name": "trigger", "when": {"outcome": "unmet_need", "above": 0.6}, "after": 2, "set": {"procurement.growth": 0}},
]

THIRD_PARTY = {"assessment": {"regime": "third-party"}}

TOWN: dict[str, Any] = {
    "cities": {
        "Anping": {
            "government": {"procurement": {"budget": 600_000}, "assessors": {"capacity": 0}},
            "districts": {
                "East": {
                    "government": {
                        **THIRD_PARTY,
                        "procurement": {"budget": 800_000, "shares": {"institutions": 0.1}},
                        "contract": {"value": 300_000, "post_price": 2_000_000},
                    }
                },
                "West Side": {
                    "count": 2,
                    "communities": {"count": 3, "residents": 50_000},
                    "government": {"contract": {"form": "post"}},
                    "commercial_groups": 1,
                },
            },
        },
        "Port": {
            "count": 2,
            "government": {"assessors": {"capacity": 0}},
            "districts": {"North": {"government": {"contract": {"term": 8}}}, "South": {"wealth": 0.8}},
            "labour": {"pool": 90},
        },
    },
    "colleges": {"Normal College": {"city": "Anping", "assessors": 3}, "Port College": {"city": "Port"}},
    "sponsors": {"Mill": {"city": "Port", "count": 2}},
    "associations": {"Guild": {"city": "Anping", "rooms": 2}},
    "institutions": {"School": {"field": "youth", "count": 2}},
    "generated": {"Agency": {"count": 5}},
    "agencies": {
        "Harbour": {"district": "West Side", "staff": 9, "fields": ["youth"]},
        "Bridge": {"district": "East", "association": "Guild", "rooms": "association"},
    },
    "policies": POLICIES,
}
"""Several of everything, of which some are counted; little is missing to contradictions."""

AXES: dict[str, Any] = {
    "drive": {"path": "rules.strategy.drive"},
    "effort": {"path": "rules.strategy.first_effort"},
    "give_up": {"path": "rules.strategy.give_up"},
    "noise": {"path": "rules.chance.noise_scale"},
    "term": {"lever": "contract.term", "in": "districts"},
    "budget": {"lever": "procurement.budget", "low": 10_000, "high": 2_000_000},
    "attachment": {"lever": "registration.attachment"},
    "regime": {"lever": "assessment.regime"},
    "passing": {"lever": "assessment.passing"},
    "shares": {"path": "cities.Anping.districts.East.government.procurement.shares.grants"},
    "others": {"path": "cities.Anping.districts.East.government.procurement.shares.direct_hiring"},
    "step_at": {"path": "policies.step.at", "low": "2010-Q1", "high": "2012-Q4"},
    "step_term": {"path": "policies.step.set.contract.term"},
    "pulse_from": {"path": "policies.pulse.from", "low": "2010-Q1", "high": "2012-Q3"},
    "ramp_value": {"path": "policies.ramp.ramp.payment.delay"},
    "wait": {"path": "policies.trigger.after", "low": 0, "high": 8},
    "pulse_value": {"path": "policies.pulse.set.procurement.budget_factor"},
    "step_share": {"path": "policies.step.set.assessment.coverage"},
    "ramp_to": {"path": "policies.ramp.to", "low": "2010-Q4", "high": "2012-Q4"},
    "labour": {"path": "cities.*.labour.pool", "low": 0, "high": 300},
    "licensed": {"path": "cities.Port.labour.pool_licensed"},
    "shocks": {"path": "cities.Anping.economy.volatility"},
    "donors": {"path": "cities.Port.donors.pool", "low": 0, "high": 1_000_000},
    "wealth": {"path": "cities.Anping.districts.*.wealth", "low": 0.5, "high": 2},
    "groups": {"path": "cities.Anping.districts.West Side.commercial_groups", "low": 0, "high": 5},
    "residents": {"path": "cities.*.districts.*.communities.residents", "low": 2_000, "high": 90_000},
    "hours": {"path": "fields.elderly.hours", "low": 1, "high": 9},
    "split": {"path": "fields.youth.share", "low": 0, "high": 3},
    "assessors": {"path": "colleges.*.assessors", "low": 1, "high": 9},
    "graduates": {"path": "colleges.*.graduates", "low": 0, "high": 90},
    "patience": {"path": "sponsors.Mill.patience", "low": 1, "high": 9},
    "rooms": {"path": "associations.Guild.rooms", "low": 1, "high": 9},
    "weight": {"path": "institutions.School.weight", "low": 1, "high": 9},
    "staff": {"path": "agencies.Harbour.staff", "low": 1, "high": 20},
    "cash": {"path": "agencies.*.cash", "low": 0, "high": 90_000},
    "spread": {"path": "generated.Agency.trait_spread"},
    "communities": {"path": "cities.Anping.districts.East.communities.count", "low": 1, "high": 9},
    "counted": {"path": "generated.Agency.count", "low": 0, "high": 9},
}

COUNTS = {"communities", "counted"}
"""Axes that arrays of other sizes belong to."""


def full_way(design: Design, row: dict[str, Any]) -> tuple[CompiledScenario | None, list[tuple[Any, ...]]]:
    """What a point is compiled to without anything prepared, or what is wrong with it."""
    scenario, found = design.checked_point(row)
    if scenario is None or found:
        return None, [(issue.path, issue.allowed) for issue in found]
    return CompiledScenario.of(scenario, design.file.quarters), []


def same(one: CompiledScenario, other: CompiledScenario) -> bool:
    """Whether two compiled scenarios are the same, bit for bit, in everything that runs read."""
    mine, others = one.world, other.world
    return (
        all(getattr(mine, name).tobytes() == getattr(others, name).tobytes() for name in WRITTEN)
        and all(a.shape == b.shape and a.dtype == b.dtype for a, b in zip(mine, others, strict=True))
        and (one.title, one.start, one.quarters, one.names) == (other.title, other.start, other.quarters, other.names)
        and mine.agencies[: mine.clock[0].agencies].tobytes() == others.agencies[: mine.clock[0].agencies].tobytes()
        and one.world.agency_draws.tobytes() == other.world.agency_draws.tobytes()
        and one.community_draws.tobytes() == other.community_draws.tobytes()
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("town")


@settings(max_examples=60, deadline=None)
@given(names=st.sets(st.sampled_from(sorted(AXES)), min_size=1, max_size=8), seed=st.integers(0, 1000))
def test_points_are_the_same_as_the_full_way_makes_them(folder: Path, names: set[str], seed: int) -> None:
    values = {"title": "Points", "replications": 1, "design": {"kind": "latin-hypercube", "points": 2, "seed": seed}}
    scenario = town(folder, **TOWN)
    try:
        made = experiment_from_values(values | {"scenarios": [scenario], "axes": {name: AXES[name] for name in names}})
    except ScenarioError:
        # Some combination contradicts itself, which the check of the points finds by the full way.
        assume(False)
    table = made.table()
    for point in range(len(table)):
        row = made.row(table, point)
        wanted, found = full_way(made, row)
        assert wanted is not None, found
        # Otherwise the comparison would prove nothing.
        assert (made._quickly(row) is None) == bool(names & COUNTS)
        assert made.scenario(row) == made.checked_point(row)[0]
        assert same(made.compiled(row), wanted)


def test_values_elsewhere_are_left_to_the_full_way() -> None:
    assert group_of(("agencies", "Harbour", "form")) is None
    assert group_of(("agencies", "Harbour", "officers_in_common")) is None
    assert group_of(("associations", "Guild", "founded")) is None
    assert group_of(("cities", "Anping", "count")) is None
    assert group_of(("quarters",)) is None
    assert group_of(("policies", 0, "in")) is None
    # Names of places are no keys.
    assert group_of(("cities", "government", "labour", "pool")) == ("cities", "government", "labour")


def test_contradictions_are_found_whichever_way_a_point_is_made(folder: Path) -> None:
    effort = {"path": "rules.strategy.first_effort", "values": [0.1, 0.2]}
    passing = {"lever": "assessment.passing", "values": [0.1, 0.2]}
    late = {"path": "policies.cut.from", "values": ["2011-Q1", "2011-Q2"]}
    made = design(folder, axes={"effort": effort, "passing": passing, "late": late})
    good = {"scenario": "town", "variant": "", "effort": 0.1, "passing": 0.1, "late": "2011-Q1"}
    assert made._quickly(good) is not None
    for bad in ({"effort": 0.0}, {"passing": 1.0}, {"late": "2012-Q1"}, {"late": "2009-Q1"}, {"effort": 7.0}):
        assert made._quickly(good | bad) is None
        with pytest.raises(ScenarioError, match="with effort"):
            made.scenario(good | bad)


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("rules.strategy.first_effort", [0.1, 0.2], 0.0),
        ("rules.strategy.give_up", [0.01, 0.02], 0.9),
        ("cities.Anping.districts.East.government.procurement.budget", [700_000, 900_000], 100_000),
        ("cities.Anping.districts.East.government.procurement.shares.grants", [0.05, 0.1], 0.95),
        ("cities.Anping.districts.East.government.contract.value", [80_000, 90_000], 1_900_000),
        ("cities.Anping.districts.East.government.contract.form", ["project", "centre"], "post"),
        ("cities.Anping.districts.West Side.government.contract.post_price", [50_000, 60_000], 5_000_000),
        ("cities.Port.districts.North.government.assessment.regime", ["none", "internal"], "third-party"),
        ("cities.Port.districts.South.government.assessment.coverage", [0.0, 0.5], 1.5),
        ("cities.Anping.government.assessment.passing", [0.1, 0.2], 1.0),
        ("colleges.Normal College.assessors", [4, 5], 0),
        ("associations.Guild.rooms", [2, 3], 0),
        ("associations.Guild.members", [2, 3], 0),
        ("agencies.Harbour.staff", [2, 3], -1),
        ("policies.step.at", ["2010-Q3", "2010-Q4"], "2009-Q1"),
        ("policies.pulse.from", ["2010-Q3", "2011-Q1"], "2012-Q4"),
        ("policies.ramp.to", ["2012-Q2", "2012-Q3"], "2010-Q2"),
        ("policies.step.set.contract.term", [7, 8], 0),
    ],
)
def test_what_contradicts_a_base_is_left_to_the_full_way(folder: Path, path: str, good: list[Any], bad: object) -> None:
    made = design(folder, scenarios=[town(folder, **TOWN)], axes={"it": {"path": path, "values": good}})
    for value in (*good, bad):
        row = {"scenario": "town", "variant": "", "it": value}
        assert bool(full_way(made, row)[1]) == (value == bad)
        assert (made._quickly(row) is None) == (value == bad)


def test_points_do_not_change_what_they_share(folder: Path) -> None:
    made = design(folder, axes={"drive": {"path": "rules.strategy.drive", "values": [0, 0.5]}})
    rows = [made.row(made.table(), point) for point in (0, 1)]
    first = made.compiled(rows[0])
    before = first.world.rules.tobytes()
    second = made.compiled(rows[1])
    assert first.world.rules.tobytes() == before != second.world.rules.tobytes()
    assert first.world.agencies is second.world.agencies
