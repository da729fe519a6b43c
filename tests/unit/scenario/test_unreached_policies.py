"""Unreached policies: a file that shortens the run of its base; what is then too late, and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.experiment.store.provenance import resolved
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import Scenario, ScenarioError, load_scenario, make_scenario
from tests.support.world_reading import differences
from tests.unit.scenario.scenario_town import TOWN

TERM = {"contract.term": 4}
EARLY = {"at": "2010-Q2", "set": TERM}
LATE = {"at": "2011-Q3", "set": {"contract.term": 6}}
RAMP = {"from": "2010-Q2", "to": "2011-Q4", "ramp": {"payment.delay": 3.0}}
PULSE = {"from": "2010-Q4", "for": "3 quarters", "in": "districts", "set": {"procurement.budget_factor": 0.5}}
LATE_RAMP = {"from": "2011-Q1", "to": "2011-Q3", "ramp": {"contract.development": 0.9}}
TRIGGER = {"when": {"outcome": "staff", "above": 5}, "in": "East", "set": {"contract.term": 9}}
PLANNED = [EARLY, LATE, RAMP, PULSE, LATE_RAMP, TRIGGER]


@pytest.fixture
def write(tmp_path):
    """Write layers, base first, each over the one before; the path of the last."""

    def layers(*values: dict[str, Any]) -> Path:
        for n, layer in enumerate(values):
            lower = {"extends": f"{n - 1}.yaml"} if n else {}
            text = yaml.safe_dump(lower | layer, sort_keys=False, default_flow_style=None, width=1000)
            (tmp_path / f"{n}.yaml").write_text(text)
        return tmp_path / f"{len(values) - 1}.yaml"

    return layers


def loaded(path: Path) -> Scenario:
    return load_scenario(path).scenario


def messages_of(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return [f"{Path(problem.file).name} {problem.key_path}: {problem.what}; {problem.allowed}" for problem in
            caught.value.problems]  # fmt: skip


def planned(*entries: dict[str, Any]) -> dict[str, Any]:
    return TOWN | {"policies": list(entries)}


def test_what_never_comes_is_left_out(write):
    scenario = loaded(write(planned(*PLANNED), {"quarters": 4}))
    assert scenario.quarters == 4
    dates = [str(policy.at or policy.from_ or "trigger") for policy in scenario.policies]
    assert dates == ["2010-Q2", "2010-Q2", "2010-Q4", "trigger"]


def test_an_earlier_start_shortens_too(write):
    scenario = loaded(write(planned(*PLANNED), {"start": "2009-Q1"}))
    assert [str(policy.at or policy.from_ or "trigger") for policy in scenario.policies][:1] == ["2010-Q2"]
    assert len(scenario.policies) == 4


def test_a_shortened_run_is_the_beginning_of_the_whole_one(write):
    values = planned(*PLANNED)
    whole = simulate(CompiledScenario.of(make_scenario(values), 4), 1)
    short = simulate(CompiledScenario.of(loaded(write(values, {"quarters": 4}))), 1)
    assert short.sector.tobytes() == whole.sector.tobytes()
    # A ramp goes on at its own pace: a third of its way after two of six quarters.
    delay = short.world.government_panel.payment_delay[:, 0]
    assert delay[3] == pytest.approx(delay[1] + (3.0 - delay[1]) / 3)


def test_a_file_that_lengthens_the_run_again_gets_everything_back(write):
    scenario = loaded(write(planned(*PLANNED), {"quarters": 4}, {"quarters": 8}))
    assert len(scenario.policies) == len(PLANNED)


def test_a_manifest_of_a_shortened_run_can_be_run_again(write):
    scenario = loaded(write(planned(*PLANNED), {"quarters": 4}))
    values = json.loads(json.dumps(resolved(scenario)))
    again = make_scenario(values)
    assert again.policies == scenario.policies
    one, other = (simulate(CompiledScenario.of(each, 4), 1) for each in (scenario, again))
    assert not differences(one.world, other.world)


WITHIN = "is outside the run; expected 2010-Q1 to 2010-Q4"


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([planned(LATE) | {"quarters": 4}], f"0.yaml policies[0].at: 2011-Q3 {WITHIN}"),
        ([planned(RAMP) | {"quarters": 4}], f"0.yaml policies[0].to: 2011-Q4 {WITHIN}"),
        ([planned(LATE) | {"quarters": 4}, {"title": "The same"}], f"0.yaml policies[0].at: 2011-Q3 {WITHIN}"),
        ([planned(LATE) | {"quarters": 5}, {"quarters": 4}], f"0.yaml policies[0].at: 2011-Q3 {WITHIN}"),
        ([TOWN, {"quarters": 4, "policies": [LATE]}], f"1.yaml policies[0].at: 2011-Q3 {WITHIN}"),
        ([TOWN, {"quarters": 4, "policies": [PULSE]}], f"1.yaml policies[0].for: 2011-Q2 {WITHIN}"),
        ([planned(LATE), {"quarters": 4}, {"policies": [RAMP]}], f"2.yaml policies[0].to: 2011-Q4 {WITHIN}"),
        ([planned(EARLY) | {"start": "2010-Q3"}, {"title": "The same"}],
         "0.yaml policies[0].at: 2010-Q2 is outside the run; expected 2010-Q3 to 2012-Q2"),
    ],
)  # fmt: skip
def test_what_is_outside_the_run_of_its_own_file_is_an_error(write, layers, message):
    assert messages_of(write(*layers)) == [message]


def test_mistakes_in_a_late_policy_are_told(write):
    late = LATE | {"after": 2}
    (message,) = messages_of(write(planned(late), {"quarters": 4}))
    assert message.startswith("0.yaml policies[0].after: 'after' needs 'when'")


def test_what_never_comes_contradicts_nothing(write):
    shares = "procurement.shares."
    late = {"at": "2011-Q3", "set": {f"{shares}grants": 0.7}}
    values = planned(late, {"from": "2010-Q2", "to": "2011-Q4", "ramp": {f"{shares}direct_hiring": 0.6}})
    child = {"quarters": 4, "policies": [{"at": "2010-Q2", "set": {f"{shares}grants": 0.6}}]}
    assert len(loaded(write(values, child)).policies) == 2
    assert any("2011-Q4" in message for message in messages_of(write(values, child | {"quarters": 8})))
