"""Experiment checks: everything that is wrong with an experiment is reported together, each with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.experiment.design.experiment_loading import restored
from tests.support.message_essentials import same_messages
from tests.unit.experiment.design.design_town import DRIVE, TOWN, about_axis, design, messages_of, problems_of, town

BAD = """\
title: Bad
scenarios: [town, twon]
variants:
  cut:
    policies:
      - {at: 2010-Q3, set: {procurement.budget_factr: 0.7}}
axes:
  drive: {path: rules.strategy.drvie, values: [0, 1]}
  term: {lever: contract.term, values: [4, 99]}
  both: {path: rules.strategy.drive, lever: contract.term}
design: {kind: gird}
replications: 0
outcomes: [closurs]
keep: {tables: [agencis]}
colour: red
"""


def test_every_problem_has_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    town(tmp_path)
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    found = problems_of(tmp_path / "bad.yaml")
    places = [(problem.line, problem.column) for problem in found]
    assert places == sorted(places)
    assert {(problem.line, problem.key_path): problem.suggestion for problem in found} == {
        (2, "scenarios[1]"): None,
        (6, 'variants.cut.policies[0].set."procurement.budget_factr"'): "procurement.budget_factor",
        (8, "axes.drive.path"): "rules.strategy.drive",
        (9, "axes.term.values[1]"): None,
        (10, "axes.both.lever"): None,
        (11, "design.kind"): "grid",
        (12, "replications"): None,
        (13, "outcomes[0]"): "closures",
        (14, "keep.tables[0]"): "agencies",
        (15, "colour"): None,
    }
    assert {problem.file for problem in found} == {"bad.yaml"}


def test_a_scenario_with_problems_tells_them_with_its_own_places(tmp_path: Path) -> None:
    sick = town(tmp_path, "sick", quarters=0)
    messages = messages_of(tmp_path, scenarios=[sick])
    assert any("sick.yaml" in line and "quarters: 0 is too small" in line for line in messages)


def test_paths_lie_beside_the_experiment(tmp_path: Path) -> None:
    from sim.experiment.design.experiment_loading import load_experiment

    town(tmp_path)
    path = tmp_path / "experiment.yaml"
    path.write_text("{title: An experiment, scenarios: [town], replications: 1}", encoding="utf-8")
    made = load_experiment(path)
    assert made.sources == (path, tmp_path / "town.yaml")
    assert [base.label for base in made.bases] == ["town"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"replications": None, "precision": None}, None),
        ({"outcomes": ["closures", "closures"]}, "outcomes[1]: 'closures' is named twice; name it once"),
        ({"keep": {"series": ["x"]}}, "keep.series[0]: unknown outcome 'x'"),
        (
            {"precision": {"outcome": "closures", "width": 1}},
            "precision: 'replications' and 'precision' cannot stand together",
        ),
        ({"axes": {"wage": DRIVE}}, "axes.wage: 'wage' is an outcome; give the axis another name"),
        (
            {"axes": {"agencies_year": DRIVE}},
            "axes.agencies_year: 'agencies_year' is named as a column of an outcome",
        ),
        ({"axes": {"Runs": DRIVE}}, "axes.Runs: 'Runs' is a column of tables; give the axis another name"),
        (
            {"axes": {"Drive": DRIVE, "drive": DRIVE | {"path": "rules.strategy.imitation"}}},
            "axes.drive: 'drive' and 'Drive' are one column, 'drive'; give the axis another name",
        ),
        ({"axes": {"point": DRIVE}}, "axes.point: 'point' is a column of tables; give the axis another name"),
        ({"variants": {"same": {}}}, "variants.same: changes nothing"),
        ({"variants": {"a": {"question": "A"}, "b": {"question": "A"}}}, "variants.b: is the same as the variant 'a'"),
        ({"variants": {"a": {"quarters": 0}}}, "variants.a.quarters: 0 is too small"),
        (
            {"variants": {"a": {"colleges": {"No College": None}}}},
            'variants.a.colleges."No College": no value here (null)',
        ),
        ({"axes": {}, "design": {"kind": "sobol", "points": 4}}, "design.kind: 'sobol' needs axes"),
        (
            {"quarters": 20, "axes": {"length": {"path": "quarters", "values": [4]}}},
            "axes.length: 'quarters' of the experiment",
        ),
        ({"axes": {"a": DRIVE, "b": DRIVE}}, "axes.b: 'a' varies rules.strategy.drive too; keep one of them"),
        (
            {"design": {"kind": "latin-hypercube", "points": 4, "blocks": [1, 2]}},
            "design.blocks: the blocks come to 3 points",
        ),
        ({"design": {"kind": "morris", "trajectories": 4, "levels": 3}}, "design.levels: 3 is not a multiple of 2"),
        ({"design": {"kind": "sobol"}}, "design.points: required, but missing"),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, changes: dict[str, Any], message: str | None) -> None:
    changes = {key: value for key, value in changes.items() if value is not None}
    if message is None:
        from sim.experiment.design.experiment_loading import experiment_from_values
        from sim.scenario import ScenarioError

        with pytest.raises(ScenarioError, match="nothing says how often each point is run"):
            experiment_from_values({"title": "An experiment", "scenarios": [town(tmp_path)]})
        return
    assert [line[: len(message)] for line in messages_of(tmp_path, **changes)] == [message]


def test_an_axis_that_is_the_default_does_nothing(tmp_path: Path) -> None:
    message = "axes.it.values: its only value, 0.3, is the default: the axis does nothing"
    assert about_axis(tmp_path, {"path": "rules.strategy.drive", "values": [0.3]})[0].startswith(message)
    assert design(tmp_path, axes={"it": {"path": "rules.strategy.drive", "values": [0.4]}}).points == 1
    listed_points = {"kind": "list", "points": [{"it": 0.3}]}
    assert "is the default" in about_axis(tmp_path, {"path": "rules.strategy.drive"}, design=listed_points)[0]


def test_a_lever_that_a_policy_sets_at_once_does_nothing(tmp_path: Path) -> None:
    lever = {"lever": "procurement.growth", "values": [0.2, 0.3]}
    assert about_axis(tmp_path, lever) == [
        "axes.it.lever: policies[0] sets it in the first quarter: the axis does nothing; "
        "vary the value of that policy instead"
    ]
    # Not when the date of that policy varies too, nor when it means other places.
    moved = {"it": lever, "when": {"path": "policies.0.at", "values": ["2010-Q1", "2010-Q2"]}}
    assert design(tmp_path, axes=moved).points == 4
    elsewhere = town(
        tmp_path, "elsewhere", policies=[{"at": "2010-Q1", "in": "cities", "set": {"procurement.growth": 0.1}}]
    )
    assert design(tmp_path, scenarios=[elsewhere], axes={"it": lever}).points == 2
    # In one scenario of two it is worth a remark.
    both = design(tmp_path, scenarios=[elsewhere, town(tmp_path)], axes={"it": lever})
    assert both.notes == ("the axis 'it' does nothing in town: a policy sets it in the first quarter",)


def test_a_path_must_lead_somewhere_in_every_scenario(tmp_path: Path) -> None:
    plain = town(tmp_path, "plain", policies=[])
    axis = {"path": "policies.cut.set.procurement.budget_factor", "values": [0, 1]}
    (message,) = about_axis(tmp_path, axis, scenarios=[town(tmp_path), plain])
    assert message == (
        "axes.it.path: there is no 'cut' in policies, in plain; it is in town; a path must lead somewhere in all that "
        "is run: let the others have it too, or sweep these by themselves"
    )
    (message,) = about_axis(tmp_path, axis, scenarios=[plain])
    assert ", in plain" not in message


def test_a_date_must_lie_within_the_run(tmp_path: Path) -> None:
    axis = {"path": "policies.cut.from", "values": ["2010-Q2", "2013-Q1"]}
    (message,) = about_axis(tmp_path, {"path": "policies.cut.to", "values": ["2011-Q2", "2013-Q1"]})
    assert message.startswith("axes.it: point 1 (it 2013-Q1) is not feasible (1 of 2 points)")
    assert message.endswith("policies[1].to: 2013-Q1 is outside the run; expected 2010-Q1 to 2012-Q4")
    assert about_axis(tmp_path, axis)[0].startswith("axes.it: point 1 (it 2013-Q1) is not feasible")
    (message,) = about_axis(tmp_path, {"path": "policies.cut.from", "values": ["2010-Q2", "2010-Q4"]}, quarters=3)
    assert message.startswith("axes.it: point 1 (it 2010-Q4) is not feasible")
    assert message.endswith("policies[1].from: 2010-Q4 is outside the run; expected 2010-Q1 to 2010-Q3")
    longer = {"path": "policies.cut.to", "values": ["2011-Q2", "2013-Q1"]}
    assert design(tmp_path, axes={"it": longer}, quarters=20).points == 2


def test_values_that_contradict_each_other_are_told_before_the_first_run(tmp_path: Path) -> None:
    axes = {
        "effort": {"path": "rules.strategy.first_effort", "values": [0.1, 0.2]},
        "limit": {"path": "rules.strategy.give_up", "values": [0.01, 0.15]},
    }
    (message,) = messages_of(tmp_path, axes=axes)
    assert message.startswith(
        "axes.effort: point 1 (effort 0.1, limit 0.15) is not feasible (1 of 4 points): "
        "rules.strategy.first_effort: 0.1 is below give_up"
    )


@pytest.mark.parametrize("high", [0.1001, 0.1002])
def test_of_many_points_the_corners_are_looked_at(tmp_path: Path, high: float) -> None:
    """Of 80 000 points, two in a corner are wrong."""
    axes = {
        "other": {"path": "rules.strategy.drive", "low": 0, "high": 1, "steps": 2},
        "effort": {"path": "rules.strategy.first_effort", "low": 0.1, "high": 0.5, "steps": 200},
        "limit": {"path": "rules.strategy.give_up", "low": 0, "high": high, "steps": 200},
    }
    assert f"(other 0, effort 0.1, limit {high}) is not feasible (2 of" in messages_of(tmp_path, axes=axes)[0]


@pytest.mark.parametrize(
    ("points", "messages"),
    [
        ([{"drive": 1}, {"drive": 1.0}], ["design.points[1]: is the same point as number 0"]),
        ([{"drive": 1}, {}], ["design.points[1]: the point has no 'drive'"]),
        ([{"drive": 2}], ["design.points[0].drive: 2 is too large"]),
        ([{"drve": 1, "drive": 1}], ["design.points[0].drve: unknown axis 'drve'"]),
    ],
)
def test_points_of_a_list_are_checked(tmp_path: Path, points: list[dict[str, float]], messages: list[str]) -> None:
    axes = {"drive": {"path": "rules.strategy.drive"}}
    found = messages_of(tmp_path, axes=axes, design={"kind": "list", "points": points})
    assert [line[: len(message)] for line, message in zip(found, messages, strict=True)] == messages


def test_too_many_points_are_not_made(tmp_path: Path) -> None:
    axes = {name: {"path": f"rules.strategy.{name}", "steps": 1000} for name in ("drive", "imitation", "forgetting")}
    assert messages_of(tmp_path, axes=axes)[0].startswith("design: 1,000,000,000 points are too many")


def test_two_policies_of_one_name_are_told(tmp_path: Path) -> None:
    again = [*TOWN["policies"], {"name": "cut", "at": "2011-Q1", "set": {"contract.term": 4}}]
    found = messages_of(tmp_path, scenarios=[town(tmp_path, "again", policies=again)])
    assert any("two policies are named 'cut'" in line for line in found)


DOORS = {
    "wide": {"policies": [{"name": "door", "at": "2010-Q3", "set": {"for_profits.admission": "open"}}]},
    "narrow": {
        "policies": [
            {"at": "2010-Q2", "set": {"contract.term": 2}},
            {"name": "door", "at": "2011-Q1", "set": {"contract.term": 4}},
        ]
    },
}
OPENS = {"opens": {"path": "policies.door.at", "values": ["2010-Q4", "2011-Q2"]}}


def test_what_every_variant_has_may_vary_where_nothing_runs_without(tmp_path: Path) -> None:
    made = design(tmp_path, variants=DOORS, as_is=False, axes=OPENS)
    table = made.table()
    assert table["variant"].to_pylist() == ["wide", "wide", "narrow", "narrow"]
    for point, (place, quarter) in enumerate([(2, "2010-Q4"), (2, "2011-Q2"), (3, "2010-Q4"), (3, "2011-Q2")]):
        assert made.values(made.row(table, point))["policies"][place]["at"] == quarter
        assert str(made.scenario(made.row(table, point)).policies[place].at) == quarter
    assert restored(made.dump()).table().equals(table)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"variants": DOORS},
            "axes.opens.path: there is no 'door' in policies, in town; it is in every variant; "
            "write 'as_is: false' to run no scenario without one",
        ),
        (
            {"variants": DOORS | {"other": {"rules": {"strategy": {"drive": 0.9}}}}, "as_is": False},
            "axes.opens.path: there is no 'door' in policies, in town / other; "
            "it is in town / wide, town / narrow; a path must lead somewhere in all that is run: "
            "let the others have it too, or sweep these by themselves",
        ),
        (
            {"variants": DOORS | {"other": {"rules": {"strategy": {"drive": 0.9}}}}},
            "axes.opens.path: there is no 'door' in policies, in town, town / other; "
            "it is in town / wide, town / narrow; a path must lead somewhere in all that is run: "
            "let the others have it too, or sweep these by themselves",
        ),
        (
            {"as_is": False, "axes": {"drive": DRIVE}},
            "as_is: without variants nothing is left to run; add 'variants', or take it away",
        ),
    ],
)
def test_what_a_part_of_the_variants_has_may_not_vary(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    assert same_messages(messages_of(tmp_path, **({"axes": OPENS} | changes)), [message])


def test_a_broken_variant_does_not_leave_nothing_to_run(tmp_path: Path) -> None:
    found = messages_of(tmp_path, as_is=False, variants={"no name ": 3})
    assert not any("nothing is left" in line for line in found)
    assert found
