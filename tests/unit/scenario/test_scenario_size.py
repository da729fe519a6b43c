"""Tests of the scenario size: products of counts are what is made, and too much is refused before it is made."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.setup import needed_resources
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.model.state.world_arrays import LAYOUTS, WorldCounts, world_arrays, world_bytes
from sim.scenario import ScenarioError
from sim.scenario.checks.scenario_size import MOST, Totals, totals
from sim.scenario.scenario_loading import make_scenario
from tests.support.scenario_strategies import scenarios

COUNTS = st.integers(1, 3)


def with_counts(values, counts):
    """A scenario's values with counts at every entry that may have one."""
    for city in values["cities"].values():
        city["count"] = next(counts)
        for district in city["districts"].values():
            district["count"] = next(counts)
    for section in ("sponsors", "generated", "institutions"):
        for entry in values.get(section, {}).values():
            entry["count"] = next(counts)
    return values


@pytest.mark.slow
@given(scenarios(), st.lists(COUNTS, min_size=40, max_size=40))
def test_totals_are_what_a_compiled_scenario_holds(values, counts):
    try:
        scenario = make_scenario(with_counts(values, iter(counts)))
    except ScenarioError:  # an association may be too small for the copies
        return
    compiled = CompiledScenario.of(scenario, 1)
    names, made = compiled.names, totals(scenario)
    assert made == Totals(
        cities=len(names["city"]),
        districts=len(names["government"]) - len(names["city"]),
        communities=len(names["community"]),
        colleges=len(names["college"]),
        sponsors=len(names["sponsor"]),
        associations=len(names["association"]),
        agencies=len(names["agency"]),
        branches=len(compiled.branches),
        institutions=len(names["institution"]),
    )


TOWN = {
    "title": "Town",
    "start": "2010-Q1",
    "fields": {"elderly": {}},
    "cities": {"Town": {"districts": {"East": {}}}},
}


def town(cities=1, districts=1, communities=1, **sections):
    """Values of a town with these counts."""
    district = {"count": districts, "communities": {"count": communities}}
    return TOWN | {"cities": {"Town": {"count": cities, "districts": {"East": district}}}} | sections


@pytest.mark.parametrize(
    ("values", "place", "kind"),
    [
        (town(1_000, 5_000, 1_000), "cities.Town.districts.East.communities.count", "communities"),
        (town(1, 1_001, 1_000), "cities.Town.districts.East.communities.count", "communities"),
        (town(1_000, 5_000, 1), "cities.Town.districts.East.count", "districts"),
        (town(1_000, 100, 1, institutions={"School": {"field": "elderly", "count": 11}}), "institutions", "instit"),
        (
            town(1_000, generated={"Group": {"count": 100_000}} | {f"G{n}": {"count": 100_000} for n in range(10)}),
            "generated",
            "agencies",
        ),
    ],
)
def test_counts_that_are_too_many_together_are_refused_at_once(values, place, kind):
    began = time.process_time()
    with pytest.raises(ScenarioError) as error:
        make_scenario(values)
    assert time.process_time() - began < 5
    assert any(problem.key_path == place and kind in problem.what for problem in error.value.problems)


def test_the_most_that_is_allowed_is_allowed():
    assert totals(make_scenario(town(100, 100, 100))).communities == MOST.communities


def test_every_array_of_a_world_is_declared_with_its_shape():
    scenario = make_scenario(town(2, 3, 4))
    world = CompiledScenario.of(scenario, 8).world
    declared = world_arrays(WorldCounts(cities=2, governments=8, settings=8, communities=24, fields=1, quarters=8))
    views = {"lever_values", "outcome_values"}
    assert declared.keys() | views == set(World._fields)
    assert all(getattr(world, name).shape == spec.shape for name, spec in declared.items())
    assert all(getattr(world, name).nbytes == spec.bytes for name, spec in declared.items())


def test_what_does_not_fit_into_the_machine_is_refused_before_memory_is_taken(monkeypatch):
    scenario = make_scenario(town(1, 1_000, 1_000))
    needed = needed_resources.needed_resources(scenario).bytes
    assert needed > 1e9
    monkeypatch.setattr(needed_resources, "machine_bytes", lambda: needed - 1)
    with pytest.raises(ScenarioError, match="GB of memory"):
        CompiledScenario.of(scenario)


def test_needs_grow_with_every_count_and_with_the_length():
    small = needed_resources.needed_resources(make_scenario(town(2, 20, 20)))
    for larger in (town(4, 20, 20), town(2, 40, 20), town(2, 20, 40)):
        grown = needed_resources.needed_resources(make_scenario(larger))
        assert grown.bytes > small.bytes
        assert grown.seconds > small.seconds
    longer = needed_resources.needed_resources(make_scenario(town(2, 20, 20)), 400)
    assert longer.bytes > small.bytes
    assert longer.seconds > small.seconds


def test_the_estimate_of_memory_is_near_that_of_the_declared_arrays():
    assert {
        kind: LAYOUTS[kind].type.itemsize for kind in needed_resources.RECORD_BYTES
    } == needed_resources.RECORD_BYTES
    for counts, agencies, quarters in (((1, 2, 5), 500, 40), ((20, 30, 4), 3_000, 60), ((2, 50, 100), 10_000, 12)):
        scenario = make_scenario(town(*counts))
        made = totals(scenario)
        governments = made.cities + made.districts
        exact = world_bytes(
            WorldCounts(
                cities=made.cities,
                governments=governments,
                communities=made.communities,
                fields=1,
                agencies=agencies,
                settings=governments,
                quarters=quarters,
            )
        )
        assert needed_resources.array_bytes(scenario, made, agencies, quarters) == pytest.approx(exact, rel=0.05)
