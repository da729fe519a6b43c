"""Layers of scenario files: several bases, named policies, later starts, and files that hide shipped ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sim.declarations.state_codes import Stand
from sim.experiment.design.experiment_loading import load_experiment
from sim.experiment.design.file_type import detect_file_type
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import Scenario, ScenarioError, load_scenario, load_scenario_file, make_scenario
from tests.support.busy_town import BUSY
from tests.unit.scenario.scenario_town import TOWN

STEP = {"name": "step", "at": "2010-Q2", "set": {"contract.term": 6}}
CUT = {"name": "cut", "from": "2010-Q3", "for": 2, "set": {"procurement.budget_factor": 0.5}}


@pytest.fixture
def write(tmp_path):
    """Write files by name; the path of the last."""

    def files(**contents: dict[str, Any]) -> Path:
        for name, values in contents.items():
            (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(values, sort_keys=False))
        return tmp_path / f"{[*contents][-1]}.yaml"

    return files


def messages_of(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return [str(problem).partition(" ")[2] for problem in caught.value.problems]


def names_of(scenario: Scenario) -> list[str | None]:
    return [policy.name for policy in scenario.policies]


# --- Several bases -------------------------------------------------------------------------------------------


def test_later_files_are_laid_over_earlier_ones(write):
    a = {"extends": "base", "quarters": 6, "title": "a", "policies": [{**STEP, "name": "a"}]}
    b = {"extends": "base", "title": "b", "policies": [{**CUT, "name": "b"}]}
    path = write(
        base=TOWN | {"policies": [{**STEP, "name": "base", "at": "2010-Q1"}]},
        a=a,
        b=b,
        top={"extends": ["a", "b"], "policies": [{**CUT, "name": "top", "from": "2011-Q1"}]},
    )
    loaded = load_scenario_file(path)
    assert [file.stem for file in loaded.files] == ["base", "a", "b", "top"]
    assert (loaded.scenario.title, loaded.scenario.quarters) == ("b", 6)
    assert names_of(loaded.scenario) == ["base", "a", "b", "top"]
    reverse = load_scenario_file(write(top={"extends": ["b", "a", "base"]}))
    assert [file.stem for file in reverse.files] == ["base", "b", "a", "top"]
    assert names_of(reverse.scenario) == ["base", "b", "a"]
    assert reverse.scenario.title == "a"


def test_bases_that_lead_back_are_an_error(write):
    path = write(base=TOWN, a={"extends": ["base", "b"]}, b={"extends": ["base", "a"]}, top={"extends": ["base", "a"]})
    (message,) = messages_of(path)
    assert "in a circle: " in message


@pytest.mark.parametrize(
    ("extends", "words"),
    [([], "empty list"), ([3], "3 where the name"), (["bas"], "did you mean"), ([["base"]], "a list where the name")],
)
def test_wrong_lists_of_bases(write, extends, words):
    path = write(base=TOWN, top={"extends": extends, "title": "top"})
    assert words in " ".join(messages_of(path)) or (extends == ["bas"] and "no such file" in str(messages_of(path)))


def test_experiments_extend_several_too(write):
    axes = {"axes": {"term": {"lever": "contract.term", "values": [2, 4]}}}
    path = write(
        town=TOWN,
        one={"title": "one", "scenarios": ["town.yaml"], "replications": 2} | axes,
        two={"seed": 5, "replications": 3},
        top={"extends": ["one", "two"], "title": "top"},
    )
    file = load_experiment(path).file
    assert (file.title, file.seed, file.replications) == ("top", 5, 3)
    assert detect_file_type(str(path)) == (False, True)


# --- Policies by name ----------------------------------------------------------------------------------------


def test_a_policy_of_the_name_of_an_inherited_one_takes_its_place(write):
    path = write(
        base=TOWN | {"policies": [STEP, CUT]},
        top={"extends": "base", "policies": [{**STEP, "at": "2010-Q4"}, {**CUT, "name": "further", "from": "2011-Q1"}]},
    )
    scenario = load_scenario(path).scenario
    assert names_of(scenario) == ["step", "cut", "further"]
    assert str(scenario.policies[0].at) == "2010-Q4"


def test_a_policy_is_removed_by_its_name(write):
    path = write(base=TOWN | {"policies": [STEP, CUT]}, top={"extends": "base", "policies": [{"remove": "step"}]})
    assert names_of(load_scenario(path).scenario) == ["cut"]
    path = write(over={"extends": "top", "policies": [{"remove": "cut"}, STEP]})
    assert names_of(load_scenario(path).scenario) == ["step"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"remove": "stepp"}, "no inherited entry is named 'stepp'; expected one of 'step'; did you mean 'step'?"),
        ({"remove": 3}, "no inherited entry is named 3"),
        ({"remove": ["step"]}, "no inherited entry is named a list"),
        ({"remove": "step", "at": "2010-Q2"}, "'at' and 'remove' cannot stand together"),
        ({"remov": "step"}, "did you mean 'remove'?"),
    ],
)
def test_wrong_removals(write, entry, words):
    path = write(base=TOWN | {"policies": [STEP]}, top={"extends": "base", "policies": [entry]})
    assert words in " ".join(messages_of(path))


def test_nothing_is_inherited_that_could_be_removed(write):
    path = write(base=TOWN | {"policies": [{"remove": "step"}]})
    assert "no entry with a name is inherited" in " ".join(messages_of(path))


def test_two_policies_of_one_name_in_one_file_stay_an_error(write):
    path = write(base=TOWN | {"policies": [STEP]}, top={"extends": "base", "policies": [STEP, {**CUT, "name": "step"}]})
    assert "two policies are named 'step'" in " ".join(messages_of(path))


# --- A later start -------------------------------------------------------------------------------------------


def run(values: dict[str, Any]) -> RunResult:
    return simulate(CompiledScenario.of(make_scenario(values)), 1)


def started_later(write: Any, *policies: dict[str, Any], start: str = "2011-Q1") -> RunResult:
    base = BUSY | {"policies": list(policies)}
    path = write(base=base, top={"extends": "base", "start": start, "quarters": 12, "title": "later"})
    return simulate(CompiledScenario.of(load_scenario(path).scenario), 1)


def lever(record: RunResult, name: str, government: int = 1) -> list[float]:
    values: list[float] = record.world.government_panel[name][:, government].tolist()
    return values


def test_a_step_of_before_the_start_holds_from_the_first_quarter(write):
    later = {"at": "2012-Q1", "set": {"contract.term": 3}}
    assert lever(started_later(write, STEP, later), "contract_term") == [6] * 4 + [3] * 8


def test_of_steps_before_the_start_the_last_holds(write):
    record = started_later(write, {**STEP, "at": "2010-Q4"}, {"at": "2010-Q2", "set": {"contract.term": 9}})
    assert lever(record, "contract_term") == [6] * 12


def test_the_rest_of_a_ramp_remains_with_the_value_that_it_has_then(write):
    ramp = {"from": "2010-Q1", "to": "2012-Q1", "ramp": {"payment.delay": 4.75}}
    record = started_later(write, ramp)
    assert lever(record, "payment_delay") == [0.75 + n / 2 for n in range(4, 8)] + [4.75] * 8
    over = started_later(write, ramp | {"to": "2010-Q4"})
    assert lever(over, "payment_delay") == [4.75] * 12
    # It starts from the step that was in force when it began.
    after = started_later(write, {"at": "2010-Q1", "set": {"payment.delay": 2.75}}, ramp | {"from": "2010-Q1"})
    assert lever(after, "payment_delay")[:3] == [3.75, 4.0, 4.25]


def test_the_rest_of_a_pulse_remains(write):
    pulse = {"from": "2010-Q2", "to": "2011-Q2", "set": {"contract.term": 9}}
    assert lever(started_later(write, pulse), "contract_term") == [9, 9, *[4] * 10]
    assert lever(started_later(write, pulse | {"to": "2010-Q4"}), "contract_term") == [4] * 12


def test_triggers_read_from_the_start_on(write):
    trigger = {"when": {"outcome": "agencies", "above": 0}, "set": {"contract.term": 9}}
    record = started_later(write, trigger)
    assert record.world.trigger_panel[:, 0].tolist() == [Stand.OFF, *[Stand.IN_FORCE] * 11]


def test_a_budget_of_before_the_start_grows_from_the_start(write):
    record = started_later(write, {"at": "2010-Q2", "in": "East", "set": {"procurement.budget": 1_000_000}})
    assert record.world.governments[1].grown_budget == pytest.approx(1e8 * 1.3**2)


def test_a_start_in_the_middle_of_a_year(write):
    ramp = {"from": "2010-Q3", "to": "2011-Q3", "in": "East", "ramp": {"procurement.budget": 1_000_000}}
    record = started_later(write, ramp, start="2010-Q4")
    assert record.world.governments[1].grown_budget == pytest.approx(1e8 * 1.3)
    assert lever(record, "procurement_budget")[:2] == [1.75e8, 1.5e8]


def test_a_file_is_blamed_for_its_own_dates_only(write):
    base = TOWN | {"policies": [STEP]}
    path = write(base=base, top={"extends": "base", "start": "2010-Q3", "policies": [{**CUT, "from": "2010-Q1"}]})
    found = messages_of(path)
    assert [message.partition(";")[0] for message in found] == [
        "policies[0].from: 2010-Q1 is outside the run",
        "policies[0].for: 2010-Q2 is outside the run",
    ]
    assert messages_of(write(base=base | {"start": "2010-Q3"}))


def test_an_axis_on_the_start(write):
    path = write(
        town=TOWN | {"policies": [STEP, CUT]},
        experiment={
            "title": "Starts",
            "scenarios": ["town.yaml"],
            "axes": {"start": {"path": "start", "values": ["2009-Q3", "2010-Q1", "2010-Q4", "2011-Q3"]}},
            "replications": 2,
        },
    )
    design = load_experiment(path)
    table = design.table()
    found = [design.compiled(design.row(table, point)) for point in range(4)]
    factors = [np.ravel(simulate(one, 1).world.government_panel["procurement_budget_factor"][:, 0]) for one in found]
    assert [(values == 0.5).sum() for values in factors] == [2, 2, 1, 0]


# --- Files that hide shipped ones ----------------------------------------------------------------------------


def test_a_file_that_hides_a_shipped_scenario_is_named(write, monkeypatch, tmp_path, capsys):
    write(**{"austerity": TOWN, "top": {"extends": "austerity", "title": "top"}})
    monkeypatch.chdir(tmp_path)
    expected = "sim: 'austerity' is the file austerity.yaml, which hides the shipped one of that name\n"
    assert load_scenario("austerity").scenario.title == TOWN["title"]
    assert capsys.readouterr().err == expected
    load_scenario("top.yaml")
    load_scenario("voice")
    load_scenario("./austerity.yaml")
    # Said once in a process.
    assert capsys.readouterr().err == ""
