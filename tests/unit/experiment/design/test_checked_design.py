"""Checked design: from a point to its scenario, and from one process to another."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_loading import restored
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.scenario import ScenarioError, load_scenario, make_scenario
from tests.unit.experiment.design.design_town import DRIVE, TOWN, design, town

POOR = {"cities": {"Anping": {"government": {"procurement": {"budget": 1000}}}}, "colleges": {"Normal College": None}}
AXES = {
    "drive": DRIVE,
    "term": {"lever": "contract.term", "in": "districts", "values": [2, 6]},
    "when": {"path": "policies.cut.from", "values": ["2010-Q3", "2011-Q2"]},
    "attached": {"lever": "registration.attachment", "values": [False]},
}


@pytest.fixture
def varied(tmp_path: Path) -> Design:
    return design(tmp_path, variants={"poor": POOR}, axes=AXES)


def test_a_point_is_its_scenario_with_its_values(varied: Design) -> None:
    points = varied.table()
    for point in (0, 5, len(points) - 1):
        row = varied.row(points, point)
        found = varied.scenario(row)
        assert found.rules.strategy.drive == row["drive"]
        city = found.cities["Anping"]
        assert [one.government.contract.term for one in city.districts.values()] == [row["term"]] * 2
        assert city.government.contract.term == 4
        assert str(found.policies[1].from_) == row["when_"]
        assert [one.government.registration.attachment for one in city.districts.values()] == [False] * 2
        assert city.government.procurement.budget == (1000 if row["variant"] else 600_000)
        assert list(found.colleges) == ([] if row["variant"] else ["Normal College"])


def test_points_do_not_touch_each_other(varied: Design) -> None:
    points = varied.table()
    before = json.dumps(varied.bases[0].values)
    first = varied.scenario(varied.row(points, 0))
    varied.scenario(varied.row(points, 7))
    assert varied.scenario(varied.row(points, 0)) == first
    assert json.dumps(varied.bases[0].values) == before


def test_a_base_is_what_a_file_that_extends_would_be(tmp_path: Path) -> None:
    """Also where a template supplies values: the variant's goes before, as in a child file."""
    districts = {"each_district": {"government": {"contract": {"term": 3}}}, "districts": {"East": {}, "West Side": {}}}
    path = town(tmp_path, cities={"Anping": districts})
    over = {"cities": {"Anping": {"each_district": {"government": {"contract": {"term": 9}}}}}}
    child = make_scenario({"extends": str(path), **over})
    made = design(tmp_path, scenarios=[path], variants={"long": over})
    assert made.scenario({"scenario": "town", "variant": "long", "drive": 0.3}) == child


def test_blueprints_are_those_of_the_scenario(varied: Design) -> None:
    row = varied.row(varied.table(), 3)
    mine, wanted = varied.compiled(row), CompiledScenario.of(varied.scenario(row))
    assert np.array_equal(mine.world.lever_values, wanted.world.lever_values)
    assert mine.quarters == 12


@pytest.mark.parametrize("quarters", [4, 30])
def test_the_experiment_says_how_long_a_run_is(tmp_path: Path, quarters: int) -> None:
    made = design(tmp_path, quarters=quarters)
    assert made.compiled(made.row(made.table(), 0)).quarters == quarters


def test_a_contradiction_names_the_point(tmp_path: Path) -> None:
    made = design(tmp_path, axes={"effort": {"path": "rules.strategy.first_effort", "values": [0.1, 0.2]}})
    with pytest.raises(ScenarioError, match=r"rules.strategy.first_effort: with effort 0: 0.0 is below give_up"):
        made.scenario({"scenario": "town", "variant": "", "effort": 0.0})


def test_it_travels_to_other_processes(varied: Design) -> None:
    packed = pickle.dumps(varied)
    assert len(packed) < 20_000
    there = pickle.loads(packed)
    assert there == varied
    assert there.scenario(there.row(there.table(), 3)) == varied.scenario(varied.row(varied.table(), 3))


def test_it_can_be_written_down_and_made_again(varied: Design, tmp_path: Path) -> None:
    written = json.loads(json.dumps(varied.dump()))
    for path in tmp_path.glob("*.yaml"):
        path.unlink()
    again = restored(written)
    assert again.table().equals(varied.table())
    assert (again.bases, again.axes, again.sources, again.file) == (
        varied.bases,
        varied.axes,
        varied.sources,
        varied.file,
    )


def test_what_was_written_down_otherwise_is_refused(varied: Design) -> None:
    written = varied.dump()
    written["bases"][0]["values"] = {"title": "Half"}
    with pytest.raises(ScenarioError, match="no longer accepted"):
        restored(written)


def test_a_hypercube_grows_by_further_ones(tmp_path: Path) -> None:
    axes = {"drive": {"path": "rules.strategy.drive"}}
    made = design(tmp_path, axes=axes, design={"kind": "latin-hypercube", "points": 4})
    larger = made.with_points(6).with_points(9)
    assert larger.file.design.model_dump()["blocks"] == [4, 2, 3]
    assert larger.table().slice(0, 6).equals(made.with_points(6).table())
    assert restored(json.loads(json.dumps(larger.dump()))).table().equals(larger.table())
    with pytest.raises(ScenarioError, match="3 adds nothing; expected more than 4"):
        made.with_points(3)
    assert made.with_points(4) == made


def test_a_grid_does_not_grow_by_itself(varied: Design) -> None:
    with pytest.raises(ScenarioError, match="a grid has the points that its file says"):
        varied.with_points(100)


def test_scenarios_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = [town(tmp_path / "a"), town(tmp_path / "b", quarters=8)]
    assert [base.scenario for base in design(tmp_path, scenarios=paths).bases] == [str(path) for path in paths]


def test_shipped_scenarios_go_by_their_names() -> None:
    from sim.experiment.design.experiment_loading import experiment_from_values

    made = experiment_from_values({"title": "One run", "scenarios": ["beijing-2010"], "replications": 1})
    assert made.scenario(made.row(made.table(), 0)) == load_scenario("beijing-2010").scenario
    assert TOWN["title"] != made.bases[0].values["title"]
