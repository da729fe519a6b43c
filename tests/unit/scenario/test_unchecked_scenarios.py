"""Unchecked scenarios: what was copied or put together in Python is checked before it runs, as a file is."""

import pytest

from sim import CompiledScenario, simulate
from sim.model.setup import compiled_scenario
from sim.scenario import Scenario, ScenarioError, as_scenario, load_scenario, scenario_loading


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"quarters": 10**9}, "quarters"),
        ({"quarters": "forty"}, "quarters"),
        ({"fields": {}}, "fields"),
        ({"rules": None}, "rules"),
        ({"agencies": {"Hope": {"city": "Beijing"}}}, "agencies.Hope"),
        ({"sponsors": {}}, "agencies"),
    ],
)
def test_a_copy_with_a_wrong_value_is_refused(change, place):
    broken = load_scenario("beijing-2010").model_copy(update=change)
    with pytest.raises(ScenarioError) as error:
        simulate(broken)
    assert any(problem.key_path.startswith(place) for problem in error.value.problems)


def test_a_scenario_put_together_from_parts_is_checked():
    shipped = load_scenario("beijing-2010")
    parts = {name: getattr(shipped, name) for name in Scenario.model_fields}
    assert as_scenario(Scenario(**parts)) == shipped
    with pytest.raises(ScenarioError):
        as_scenario(Scenario(**(parts | {"associations": {}})))


def test_a_shorter_copy_runs_and_keeps_its_policies():
    shorter = load_scenario("beijing-2010").model_copy(update={"quarters": 2})
    assert CompiledScenario.of(shorter).quarters == 2


def test_a_scenario_is_checked_once(monkeypatch):
    shipped = load_scenario("beijing-2010")
    copied = shipped.model_copy()
    as_scenario(copied)

    def again(*_, **__):
        raise AssertionError("checked again")

    monkeypatch.setattr(scenario_loading, "from_values", again)
    assert as_scenario(copied) is copied
    assert as_scenario(shipped) is shipped
    assert compiled_scenario.as_scenario is scenario_loading.as_scenario


def test_detailed_is_yes_or_no():
    with pytest.raises(TypeError, match="True or False"):
        simulate("beijing-2010", detailed="no", quarters=1)
